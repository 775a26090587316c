"""After the set-up nothing needs a network; .ci/run shows it of the tests, which all run in such a place."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.live.stage import CHECKOUT

pytestmark = [pytest.mark.slow, pytest.mark.timeout(120)]

OFFLINE = str(CHECKOUT / ".ci" / "offline")


def _offline(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [OFFLINE, *words], cwd=CHECKOUT, check=False, capture_output=True, text=True, timeout=100
    )


def test_without_a_network_the_terminal_starts_and_serves_its_screen(tmp_path: Path) -> None:
    reached = _offline(sys.executable, "-m", "tests.live.offline_stage", str(tmp_path / "run"))
    if "NOT OFFLINE" in reached.stderr:
        pytest.skip("this machine lets nobody make a network namespace")
    assert reached.returncode == 0, reached.stderr
    assert reached.stdout.splitlines() == ["network is gone: True", "Trạm", "Trạm: the stage"]


def test_the_exit_code_of_an_offline_command_is_its_own() -> None:
    assert _offline("sh", "-c", "exit 3").returncode == 3
