"""A booth that is killed loses an unsaved visit and never a saved one."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from firmware.outbox.disk import PosixDisk
from firmware.outbox.sweep import Swept, sweep
from host_tools.keys import make_demo_keys, read_centre_key
from host_tools.sealed_record import check_record, open_record
from tests.sealing_world import NOON, SMALL

PROJECT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("moment", "said", "records"),
    [
        ("after_keep", "", 0),
        ("before_commit", "", 0),
        ("after_commit", "", 1),
        ("after_save", "saved\n", 1),
    ],
)
def test_a_killed_booth_leaves_a_whole_record_or_none(
    tmp_path: Path, moment: str, said: str, records: int
) -> None:
    make_demo_keys(tmp_path / "centre", tmp_path / "state" / "keys")
    state = tmp_path / "state"

    words = [sys.executable, "-m", "tests.durability.killed_visit", str(state), moment]
    ended = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, timeout=50, check=False)
    swept = sweep(state, PosixDisk(), NOON)

    assert (ended.returncode, ended.stdout, ended.stderr) == (-signal.SIGKILL, said, "")
    assert swept == Swept(visits=1 - records)
    folders = list((state / "outbox").iterdir())
    assert len(folders) == records
    for folder in folders:
        opened = open_record(check_record(folder), read_centre_key(tmp_path / "centre" / "private.pem"))
        assert len(opened.artefacts) == len(SMALL)
