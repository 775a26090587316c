"""An open card: written through to the medium, read back past the machine's cache."""

import errno
import mmap
import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from host_tools.flash.faults import TargetRefused
from hw.disk_image.manifest import CHUNK_BYTES

ALIGNED_BYTES = 4096  # O_DIRECT wants whole sectors, and no card has larger ones

_HINTS = {
    errno.EBUSY: "unmount it, and close what else uses it",
    errno.EACCES: "run this as root",
    errno.EPERM: "run this as root",
    errno.EROFS: "slide the lock of the card or its adapter back",
    errno.ENOMEDIUM: "put a card into the reader",
    errno.ENOENT: "`host_tools flash --list` shows the cards; a file to practise on: truncate -s 64M FILE",
}


class Card:
    """A block device, or for practice a file, that nobody else writes to while it is open.

    reads_past_cache: False where the file system refuses O_DIRECT; what is read back then proves little.
    """

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self.size_bytes = os.lseek(descriptor, 0, os.SEEK_END)
        self._descriptor = descriptor
        self._direct = _open_direct(path)
        self.reads_past_cache = self._direct is not None
        self._aligned = mmap.mmap(-1, CHUNK_BYTES)

    def write(self, offset: int, data: bytes | memoryview) -> None:
        """Put `data` on the medium; OSError when the medium does not take it."""
        self.write_unsynced(offset, data)
        self.sync()

    def write_unsynced(self, offset: int, data: bytes | memoryview) -> None:
        """Hand `data` to the machine's cache; `sync` brings it to the medium."""
        rest = memoryview(data)
        while rest:
            written = os.pwrite(self._descriptor, rest, offset)
            rest, offset = rest[written:], offset + written

    def sync(self) -> None:
        """Return when the medium says that it has everything; OSError when it does not."""
        os.fdatasync(self._descriptor)

    def read_back(self, offset: int, size: int) -> bytes:
        """`size` bytes, at most CHUNK_BYTES, from the medium; offset: a multiple of ALIGNED_BYTES."""
        if self._direct is None:
            os.posix_fadvise(self._descriptor, offset, size, os.POSIX_FADV_DONTNEED)
        descriptor = self._descriptor if self._direct is None else self._direct
        with memoryview(self._aligned) as buffer:
            got = 0
            while got < size:
                end = -(-size // ALIGNED_BYTES) * ALIGNED_BYTES
                read = os.preadv(descriptor, [buffer[got:end]], offset + got)
                if read == 0:
                    raise OSError(errno.EIO, "the card ends early")
                got += read
            return bytes(buffer[:size])

    def close(self) -> None:
        """Give the device back."""
        self._aligned.close()
        os.close(self._descriptor)
        if self._direct is not None:
            os.close(self._direct)


@contextmanager
def open_card(path: Path) -> Generator[Card]:
    """The card at `path` for this process alone; TargetRefused when it cannot be had."""
    try:
        # Without O_CREAT, O_EXCL claims a block device: the kernel refuses what is mounted or held.
        descriptor = os.open(path, os.O_RDWR | os.O_EXCL | os.O_CLOEXEC)
    except OSError as error:
        hint = _HINTS.get(error.errno or 0, "check the path")
        raise TargetRefused(f"{path}: {error.strerror}", hint) from error
    if not (stat.S_ISBLK(mode := os.fstat(descriptor).st_mode) or stat.S_ISREG(mode)):
        os.close(descriptor)
        raise TargetRefused(f"{path} is neither a block device nor a file", _HINTS[errno.ENOENT])
    card = Card(path, descriptor)
    try:
        yield card
    finally:
        card.close()


def _open_direct(path: Path) -> int | None:
    try:
        return os.open(path, os.O_RDONLY | os.O_DIRECT | os.O_CLOEXEC)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        return None
