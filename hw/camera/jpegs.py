"""JPEG pictures out of a stream of bytes; no I/O.

Pictures come one after the other; what lies between them, such as heads of a multipart stream, is skipped.
A picture is walked segment by segment, so a thumbnail inside it does not end it:

    FF D8                  begin
    FF xx  length  ...     segments; length is big-endian and counts itself; FF DA is followed by coded data,
                           in which FF is followed by 00 or D0 to D7
    FF D9                  end
"""

import re
from collections import deque
from dataclasses import dataclass, field
from enum import Enum, auto

MAX_JPEG_BYTES = 8 << 20  # 12 megapixels at quality 95 have less
MOST_MARKS = 4096  # a picture of the greatest size in pieces of 2 kB
_SOI = b"\xff\xd8"
_END, _SCAN, _NOT_SIZES = 0xD9, 0xDA, {0xC4, 0xC8, 0xCC}
_ALONE = {0x01, *range(0xD0, 0xD8)}
_END_OF_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


class _Walk(Enum):
    WHOLE = auto()
    UNDER_WAY = auto()
    BROKEN = auto()


@dataclass(frozen=True, slots=True)
class Jpeg:
    """One whole picture. mark: what the caller said of the bytes in which it began."""

    data: bytes = field(repr=False)
    mark: float


class JpegSplitter:
    """Feed it bytes, get pictures; after damage it finds the next whole one. Holds `limit` bytes at most.

    Every byte is walked once: what a broken picture has been walked over is dropped with it, and so may be a
    picture that began there.
    """

    def __init__(self, limit: int = MAX_JPEG_BYTES) -> None:
        self._limit = limit
        self._buffer = bytearray()
        self._dropped = 0
        self._marks: deque[tuple[int, float]] = deque()  # from which byte of the stream on
        self._at = 0
        self._is_in_scan = self._has_scan = False

    def feed(self, data: bytes, mark: float = 0.0) -> list[Jpeg]:
        """The pictures that end in `data`."""
        self._mark(mark)
        self._buffer += data
        self._forget_marks()
        found: list[Jpeg] = []
        while self._begins():
            match self._walk():
                case _Walk.WHOLE:
                    found.append(Jpeg(bytes(self._buffer[: self._at]), self._marks[0][1]))
                    self._drop(self._at)
                case _Walk.UNDER_WAY if len(self._buffer) <= self._limit:
                    break
                case _:
                    self._drop(self._at)
        return found

    @property
    def held_bytes(self) -> int:
        """How many bytes are kept for a picture that has begun."""
        return len(self._buffer)

    def _begins(self) -> bool:
        """Whether the buffer begins with a picture; drops what lies before."""
        begin = self._buffer.find(_SOI)
        if begin < 0:
            begin = len(self._buffer) - self._buffer.endswith(_SOI[:1])
        if begin:
            self._drop(begin)
        self._at = max(self._at, len(_SOI))
        return self._buffer.startswith(_SOI)

    def _drop(self, count: int) -> None:
        del self._buffer[:count]
        self._dropped += count
        self._at, self._is_in_scan, self._has_scan = 0, False, False
        self._forget_marks()

    def _mark(self, mark: float) -> None:
        """What comes now has this mark, or when there are too many, the last one: it counts as older."""
        is_new = not self._marks or self._marks[-1][1] != mark
        if is_new and len(self._marks) < MOST_MARKS:
            self._marks.append((self._dropped + len(self._buffer), mark))

    def _forget_marks(self) -> None:
        """Keep from the mark of the first byte on."""
        while len(self._marks) > 1 and self._marks[1][0] <= self._dropped:
            self._marks.popleft()

    def _walk(self) -> _Walk:
        """Go on to the end of the picture, or as far as there are bytes."""
        while True:
            if self._is_in_scan and not self._leaves_scan():
                return _Walk.UNDER_WAY
            if len(self._buffer) < self._at + 2:
                return _Walk.UNDER_WAY
            lead, marker = self._buffer[self._at], self._buffer[self._at + 1]
            if lead != 0xFF or marker in {0x00, 0xD8}:
                return _Walk.BROKEN
            if marker == _END:
                self._at += 2
                return _Walk.WHOLE if self._has_scan else _Walk.BROKEN
            if (step := self._step(marker)) is not None:
                return step

    def _leaves_scan(self) -> bool:
        end = _END_OF_SCAN.search(self._buffer, self._at)
        self._at = max(self._at, len(self._buffer) - 1) if end is None else end.start()
        self._is_in_scan = end is None
        return end is not None

    def _step(self, marker: int) -> _Walk | None:
        """Past a marker and its segment; None when that was possible."""
        if marker == 0xFF:  # may fill up before a marker
            self._at += 1
            return None
        if marker in _ALONE:
            self._at += 2
            return None
        length = int.from_bytes(self._buffer[self._at + 2 : self._at + 4])
        if len(self._buffer) < self._at + 4 or len(self._buffer) < self._at + 2 + length:
            return _Walk.UNDER_WAY
        if length < 2:
            return _Walk.BROKEN
        self._at += 2 + length
        if marker == _SCAN:
            self._is_in_scan = self._has_scan = True
        return None


def shape_of(jpeg: bytes) -> tuple[int, int] | None:
    """(rows, columns) that a picture says it has, so that a bomb is not unpacked; None when it says none."""
    at = len(_SOI)
    while at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        marker = jpeg[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker in _ALONE:
            at += 2
        elif 0xC0 <= marker <= 0xCF and marker not in _NOT_SIZES:
            return int.from_bytes(jpeg[at + 5 : at + 7]), int.from_bytes(jpeg[at + 7 : at + 9])
        else:
            at += 2 + int.from_bytes(jpeg[at + 2 : at + 4])
    return None
