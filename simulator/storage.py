"""The terminal's disk, which can be filled."""

import errno
from pathlib import Path

from firmware.outbox.disk import PosixDisk

PLENTY_BYTES = 32 << 30


class SimulatedDisk:
    """A firmware.outbox.disk.Disk on real files that can be filled; what is removed then makes room again."""

    def __init__(self) -> None:
        self._disk = PosixDisk()
        self._room_bytes = PLENTY_BYTES

    def fill(self) -> None:
        """Leave no room."""
        self._room_bytes = 0

    def clear(self) -> None:
        """Make plenty of room, as a technician would."""
        self._room_bytes = PLENTY_BYTES

    def free_bytes(self, path: Path) -> int:
        """What is free where `path` is."""
        del path
        return self._room_bytes

    def make_folder(self, path: Path) -> None:
        """As PosixDisk."""
        self._disk.make_folder(path)

    def write(self, path: Path, data: bytes) -> None:
        """As PosixDisk, while there is room."""
        if len(data) > self._room_bytes:
            raise OSError(errno.ENOSPC, "no space left on the simulated disk")
        self._disk.write(path, data)
        self._room_bytes -= len(data)

    def rename(self, old: Path, new: Path) -> None:
        """As PosixDisk."""
        self._disk.rename(old, new)

    def remove(self, path: Path) -> None:
        """As PosixDisk; a file's room is free again."""
        self._room_bytes += path.stat().st_size if path.is_file() else 0
        self._disk.remove(path)

    def sync_folder(self, path: Path) -> None:
        """As PosixDisk."""
        self._disk.sync_folder(path)
