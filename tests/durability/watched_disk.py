"""The machine's own disk, with somebody told before and after each operation."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firmware.outbox.disk import PosixDisk


@dataclass(frozen=True)
class Step:
    """One operation. path: what it makes or changes; for a move the new place. data: what it writes."""

    verb: str
    path: Path
    data: bytes = b""


Watch = Callable[[Step], None]


def ignore(step: Step) -> None:
    """Let it pass."""
    del step


class WatchedDisk:
    """A firmware.outbox.disk.Disk. before, after: may raise, or end the process."""

    def __init__(self, before: Watch = ignore, after: Watch = ignore) -> None:
        self._before = before
        self._after = after
        self._disk = PosixDisk()

    def make_folder(self, path: Path) -> None:
        self._watched(Step("make_folder", path), lambda: self._disk.make_folder(path))

    def write(self, path: Path, data: bytes) -> None:
        self._watched(Step("write", path, data), lambda: self._disk.write(path, data))

    def rename(self, old: Path, new: Path) -> None:
        self._watched(Step("rename", new), lambda: self._disk.rename(old, new))

    def remove(self, path: Path) -> None:
        self._watched(Step("remove", path), lambda: self._disk.remove(path))

    def sync_folder(self, path: Path) -> None:
        self._watched(Step("sync_folder", path), lambda: self._disk.sync_folder(path))

    def _watched(self, step: Step, work: Callable[[], None]) -> None:
        self._before(step)
        work()
        self._after(step)
