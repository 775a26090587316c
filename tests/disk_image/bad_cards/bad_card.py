"""A card with chosen faults: one file in a FUSE file system of its own process, to put a loop device on.

    python -m tests.disk_image.bad_cards.bad_card MOUNTPOINT MEMORY FAULTS

MEMORY is the file that plays the chips: its size is what the card truly holds. FAULTS is JSON, see `Faults`.
The file is served with direct_io, so that nothing on this side of the loop device remembers what was written.
"""

import errno
import json
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import mfusepy

NAME = "card"


@dataclass(frozen=True, slots=True)
class Faults:
    """All offsets in bytes of the card.

    claims_bytes: what it says it holds; None: what MEMORY holds. Beyond its memory a card wraps, or forgets.
    flipped: bytes whose lowest bit is read wrong. unreadable, unwritable: bytes whose access fails.
    pulled_after_bytes: from so many written bytes on, everything fails.
    """

    claims_bytes: int | None = None
    forgets: bool = False
    flipped: Sequence[int] = ()
    unreadable: Sequence[int] = ()
    unwritable: Sequence[int] = ()
    pulled_after_bytes: int | None = None


def to_json(faults: Faults) -> str:
    """FAULTS of the command line."""
    return json.dumps(asdict(faults))


class BadCard(mfusepy.Operations):
    """One file, whose bytes come from MEMORY by way of the faults."""

    use_ns = True

    def __init__(self, memory: Path, faults: Faults) -> None:
        self._memory = os.open(memory, os.O_RDWR | os.O_CLOEXEC)
        self._memory_bytes = os.fstat(self._memory).st_size
        self._faults = faults
        self._written_bytes = 0

    def init(self, path: str) -> None:
        """Mounted: tell who waits for it."""
        sys.stdout.write("mounted\n")
        sys.stdout.flush()

    def getattr(self, path: str, fh: int | None = None) -> dict[str, Any]:
        if path == "/":
            return {"st_mode": stat.S_IFDIR | 0o700, "st_nlink": 2}
        if path != f"/{NAME}":
            raise mfusepy.FuseOSError(errno.ENOENT)
        size = self._faults.claims_bytes or self._memory_bytes
        return {"st_mode": stat.S_IFREG | 0o600, "st_nlink": 1, "st_size": size}

    def read(self, path: str, size: int, offset: int, fh: int) -> bytes:
        self._fail_when_pulled()
        self._fail_among(self._faults.unreadable, offset, size)
        data = bytearray(b"".join(self._recall(*run) for run in self._runs(offset, size)))
        for place in self._faults.flipped:
            if offset <= place < offset + size:
                data[place - offset] ^= 1
        return bytes(data)

    def write(self, path: str, data: bytes, offset: int, fh: int) -> int:
        self._written_bytes += len(data)
        self._fail_when_pulled()
        self._fail_among(self._faults.unwritable, offset, len(data))
        for begin, size in self._runs(offset, len(data)):
            if self._is_kept(begin):
                os.pwrite(self._memory, data[begin - offset :][:size], begin % self._memory_bytes)
        return len(data)

    def _recall(self, begin: int, size: int) -> bytes:
        return (
            os.pread(self._memory, size, begin % self._memory_bytes) if self._is_kept(begin) else bytes(size)
        )

    def _is_kept(self, begin: int) -> bool:
        return begin < self._memory_bytes or not self._faults.forgets

    def _runs(self, offset: int, size: int) -> Iterator[tuple[int, int]]:
        """A request in runs that do not cross the end of the memory: where on the card, how long."""
        while size:
            run = min(size, self._memory_bytes - offset % self._memory_bytes)
            yield offset, run
            offset, size = offset + run, size - run

    def _fail_when_pulled(self) -> None:
        limit = self._faults.pulled_after_bytes
        if limit is not None and self._written_bytes > limit:
            raise mfusepy.FuseOSError(errno.EIO)

    def _fail_among(self, places: Sequence[int], offset: int, size: int) -> None:
        if any(offset <= place < offset + size for place in places):
            raise mfusepy.FuseOSError(errno.EIO)


def main(mountpoint: str, memory: str, faults: str) -> None:
    """Serve until unmounted."""
    card = BadCard(Path(memory), Faults(**json.loads(faults)))
    mfusepy.FUSE(card, mountpoint, foreground=True, nothreads=True, direct_io=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
