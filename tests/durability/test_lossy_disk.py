"""The file system on which power is cut forgets what was not synced, and nothing else."""

from collections.abc import Generator
from pathlib import Path

import pytest

from firmware.outbox.disk import PosixDisk, rename_durably, write_durably
from tests.durability.power_cut_mount import cut_power, lossy_disk

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path: Path) -> Generator[Path]:
    with lossy_disk(tmp_path / "disk") as mounted:
        yield mounted


def test_what_was_written_durably_outlasts_a_cut(root: Path) -> None:
    disk = PosixDisk()
    for name in ("visits", "outbox"):
        disk.make_folder(root / name)
    disk.make_folder(root / "visits" / "visit-1")
    disk.sync_folder(root / "visits")
    disk.sync_folder(root)
    write_durably(disk, root / "visits" / "visit-1" / "packet", b"sealed" * 5000)
    rename_durably(disk, root / "visits" / "visit-1", root / "outbox" / "record")

    cut_power(root)

    assert list((root / "visits").iterdir()) == []
    assert (root / "outbox" / "record" / "packet").read_bytes() == b"sealed" * 5000


@pytest.mark.parametrize("forgotten", ["file", "folder"])
def test_what_was_not_synced_is_gone(root: Path, forgotten: str) -> None:
    disk = PosixDisk()
    write_durably(disk, root / "packet", b"old")
    if forgotten == "file":
        (root / "packet").write_bytes(b"new")
        disk.sync_folder(root)
    else:
        disk.write(root / "packet.partial", b"new")
        disk.rename(root / "packet.partial", root / "packet")
    assert (root / "packet").read_bytes() == b"new"

    cut_power(root)

    assert [(path.name, path.read_bytes()) for path in root.iterdir()] == [("packet", b"old")]


def test_a_removal_that_was_not_synced_is_taken_back(root: Path) -> None:
    disk = PosixDisk()
    write_durably(disk, root / "packet", b"old")
    disk.remove(root / "packet")
    assert list(root.iterdir()) == []

    cut_power(root)

    assert (root / "packet").read_bytes() == b"old"
