"""A lossy tree as a file system for real processes, whose power goes with one of their calls.

Making the folder `.fail-N` in its root lets the N-th change from then on kill the process that asks for it,
and all changes after it fail; removing the file `.cut` brings the power back.

python -m tests.durability.power_cut_mount MOUNT_POINT
"""

import errno
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import mfusepy

from tests.durability.lossy_tree import LossyFile, LossyFolder, LossyTree

CUT = "/.cut"
FAIL = "/.fail-"
PROJECT = Path(__file__).parents[2]


class PowerCutOperations(mfusepy.Operations):
    """FUSE's calls in terms of the tree; a handle is a number."""

    use_ns = True

    def __init__(self) -> None:
        self._tree = LossyTree()
        self._handles: dict[int, LossyFile] = {}
        self._numbers = count(1)
        self._changes_left = -1

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        node = self._handles[fh] if fh in self._handles else self._node(path)
        own = {"st_uid": os.getuid(), "st_gid": os.getgid(), "st_mtime": node.changed, "st_nlink": 1}
        if isinstance(node, LossyFolder):
            return {**own, "st_mode": stat.S_IFDIR | 0o750, "st_size": 0}
        return {**own, "st_mode": stat.S_IFREG | 0o640, "st_size": len(node.data)}

    def readdir(self, path: str, fh: int) -> list[str]:
        return [".", "..", *self._tree.folder(path).entries]

    def create(self, path: str, mode: int, fi: Any = None) -> int:
        self._change()
        return self._handle(self._tree.make_file(path))

    def open(self, path: str, flags: int) -> int:
        file = self._tree.file(path)
        if flags & os.O_TRUNC:
            self._change()
            self._tree.truncate(file, 0)
        return self._handle(file)

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        return bytes(self._handles[fh].data[offset : offset + size])

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._change()
        self._tree.write(self._handles[fh], data, offset)
        return len(data)

    def truncate(self, path: str, length: int, fh: int | None = None) -> int:
        self._tree.truncate(self._tree.file(path), length)
        return 0

    def release(self, path: str, fh: int) -> int:
        del self._handles[fh]
        return 0

    def fsync(self, path: str, datasync: int, fh: int) -> int:
        self._change()
        self._tree.sync_file(self._handles[fh])
        return 0

    def fsyncdir(self, path: str, datasync: int, fh: int) -> int:
        self._change()
        self._tree.sync_folder(self._tree.folder(path))
        return 0

    def mkdir(self, path: str, mode: int) -> int:
        if path.startswith(FAIL):
            self._changes_left = int(path.removeprefix(FAIL))
            raise OSError(errno.EEXIST, os.strerror(errno.EEXIST))
        self._change()
        self._tree.make_folder(path)
        return 0

    def rmdir(self, path: str) -> int:
        self._change()
        self._tree.remove(path)
        return 0

    def unlink(self, path: str) -> int:
        if path == CUT:
            self._changes_left = -1
            self._tree.cut()
            return 0
        return self.rmdir(path)

    def rename(self, old: str, new: str) -> int:
        self._change()
        self._tree.rename(old, new)
        return 0

    def statfs(self, path: str) -> dict[str, int]:
        blocks = dict.fromkeys(("f_blocks", "f_bfree", "f_bavail"), 1 << 24)
        return {**blocks, "f_bsize": 4096, "f_frsize": 4096, "f_namemax": 255}

    def _change(self) -> None:
        """Count a change, and fail it when the power is gone."""
        if self._changes_left == 1:
            os.kill(mfusepy.fuse_get_context()[2], signal.SIGKILL)
        if self._changes_left in (0, 1):
            self._changes_left = 0
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        self._changes_left -= 1

    def _node(self, path: str) -> LossyFile | LossyFolder:
        return LossyFile(0) if path == CUT else self._tree.node(path)

    def _handle(self, file: LossyFile) -> int:
        number = next(self._numbers)
        self._handles[number] = file
        return number


@contextmanager
def lossy_disk(mount_point: Path) -> Generator[Path]:
    """A file system of a process of its own at `mount_point`, as long as the context lasts."""
    mount_point.mkdir()
    words = [sys.executable, "-m", "tests.durability.power_cut_mount", str(mount_point)]
    with subprocess.Popen(words, cwd=PROJECT, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            if process.stdout.read(1) != b"m":
                raise OSError(errno.ENODEV, "FUSE is not to be had on this machine")
            yield mount_point
        finally:
            subprocess.run(["fusermount3", "-u", "-z", str(mount_point)], check=False, timeout=20)
            process.terminate()


def fail_after(mount_point: Path, changes: int) -> None:
    """Let the power go with that change from now on, and the process that makes it."""
    with suppress(FileExistsError):
        (mount_point / f"{FAIL.strip('/')}{changes}").mkdir()


def cut_power(mount_point: Path) -> None:
    """Take from the disk whatever was not synced, and let it work again."""
    (mount_point / CUT.strip("/")).unlink()


def sync_everything(folder: Path) -> None:
    """Make all that is there durable."""
    for path in (folder, *folder.rglob("*")):
        descriptor = os.open(path, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


class _Announced(PowerCutOperations):
    """Says when the file system is there."""

    def init(self, path: str) -> None:
        sys.stdout.write("m")
        sys.stdout.flush()


if __name__ == "__main__":
    mfusepy.FUSE(
        _Announced(),
        sys.argv[1],
        foreground=True,
        nothreads=True,
        attr_timeout=0,
        entry_timeout=0,
        negative_timeout=0,
        hard_remove=True,
    )
