"""The real system calls come in the order that outlasts a power cut."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import pytest

from firmware.outbox.disk import PosixDisk, rename_durably, write_durably

CALLS = {os.open, os.write, os.fsync, os.close, os.rename}


def calls_of(job: Callable[[], None]) -> list[str]:
    """The system calls that matter here, as `job` made them."""
    calls: list[str] = []

    def note(_frame: FrameType, event: str, function: object) -> None:
        if event == "c_call" and function in CALLS:
            calls.append(getattr(function, "__name__", ""))

    sys.setprofile(note)
    try:
        job()
    finally:
        sys.setprofile(None)
    return calls


def test_a_file_is_synced_before_it_has_its_name_and_its_name_before_the_answer(tmp_path: Path) -> None:
    calls = calls_of(lambda: write_durably(PosixDisk(), tmp_path / "packet", b"sealed"))

    assert calls == ["open", "write", "fsync", "close", "rename", "open", "fsync", "close"]
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("packet", b"sealed")]


def test_a_move_is_synced_in_both_folders(tmp_path: Path) -> None:
    for name in ("visits", "outbox", "visits/visit-1"):
        (tmp_path / name).mkdir()

    calls = calls_of(
        lambda: rename_durably(PosixDisk(), tmp_path / "visits" / "visit-1", tmp_path / "outbox" / "record")
    )

    assert calls == ["rename", "open", "fsync", "close", "open", "fsync", "close"]


def test_nobody_but_the_booth_writes_its_files_and_others_read_nothing(tmp_path: Path) -> None:
    disk = PosixDisk()
    disk.make_folder(tmp_path / "visits")
    disk.write(tmp_path / "visits" / "packet", b"sealed")

    assert (tmp_path / "visits").stat().st_mode & 0o027 == 0
    assert (tmp_path / "visits" / "packet").stat().st_mode & 0o137 == 0


def test_a_packet_is_never_written_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"stays")
    (tmp_path / "packet").symlink_to(tmp_path / "elsewhere")

    with pytest.raises(OSError, match="symbolic"):
        PosixDisk().write(tmp_path / "packet", b"sealed")

    assert (tmp_path / "elsewhere").read_bytes() == b"stays"
