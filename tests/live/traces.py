"""Traces of a person in bytes: facts in every likely spelling, rows of pictures, and whole pictures."""

import base64
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]

ROW_PX = 64
ROWS_A_PICTURE = 1
THUMBNAIL_PX = 24
ALIKE = 0.6  # correlation of two thumbnails; pictures of two different fingers stay below
SMALLEST_PX = 48  # nobody is known again by less; the browser keeps the page's own icon in 16 and 32
CODED = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF....WEBP", re.DOTALL)
IN_BASE64 = re.compile(rb"(?:/9j/|iVBORw0KGgo|UklGR)[A-Za-z0-9+/]{200,}")
LONGEST_CODED = 4 << 20


@dataclass(frozen=True, slots=True, eq=False)
class Traces:
    """What to look for. pieces: bytes by what they are; thumbnails: of every picture of the person."""

    pieces: dict[bytes, str]
    thumbnails: tuple[NDArray[np.float64], ...]

    def in_bytes(self, data: bytes) -> set[str]:
        """What of the person can be read or seen in `data`."""
        found = {what for piece, what in self.pieces.items() if piece in data}
        return found | {"picture" for picture in pictures_in(data) if self._is_known(picture)}

    def in_files(self, root: Path, but: Path | None = None) -> set[tuple[str, str]]:
        """File and trace, for every file below `root`, but not below `but`, and every name of one."""
        found = (path for path in root.rglob("*") if but is None or not path.is_relative_to(but))
        files = [path for path in found if path.is_file() and not path.is_symlink()]
        return {
            (str(path.relative_to(root)), what)
            for path in files
            for what in self.in_bytes(str(path).encode()) | self.in_bytes(contents(path))
        }

    def _is_known(self, picture: Picture) -> bool:
        seen = thumbnail(picture)
        return any(abs(float((seen * known).sum())) > ALIKE for known in self.thumbnails)


def traces(facts: Iterable[str], delivered: Iterable[Picture], shown: Iterable[Picture] = ()) -> Traces:
    """What gives away a person. shown: pictures of which only the look is searched for, no rows."""
    delivered = tuple(delivered)
    pieces = dict[bytes, str]()
    for how, piece in (spelling for fact in facts for spelling in spelled(fact)):
        pieces.setdefault(piece, f"fact in {how}")
    pieces |= {row: "row of a picture" for picture in delivered for row in rows(picture)}
    return Traces(pieces, tuple(thumbnail(picture) for picture in (*delivered, *shown)))


def contents(path: Path) -> bytes:
    """The bytes of a file; none when it has just been removed."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def spelled(fact: str) -> Iterator[tuple[str, bytes]]:
    """A fact as programs write it, and how."""
    forms = {"": unicodedata.normalize("NFC", fact), "parted ": unicodedata.normalize("NFD", fact)}
    for parted, text in forms.items():
        for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
            yield parted + encoding, text.encode(encoding)
        yield "JSON", json.dumps(text)[1:-1].encode()
        for before in range(3):
            yield "base64", in_base64(text.encode(), before)


def in_base64(data: bytes, before: int) -> bytes:
    """`data` as it looks in the base64 of something longer, `before` bytes after a multiple of three."""
    first, end = -(-before * 8 // 6), (before + len(data)) * 8 // 6
    return base64.b64encode(bytes(before) + data)[first:end]


def rows(picture: Picture) -> Iterator[bytes]:
    """The liveliest rows, as they lie in memory; of a colour picture in both orders of its channels."""
    middle = slice(max(0, (picture.shape[1] - ROW_PX) // 2), (picture.shape[1] + ROW_PX) // 2)
    part = np.ascontiguousarray(picture[:, middle])
    grey = part if part.ndim == 2 else part.mean(axis=2)
    for row in np.argsort(grey.std(axis=1))[-ROWS_A_PICTURE:]:
        yield part[row].tobytes()
        if part.ndim == 3:
            yield part[row, :, ::-1].tobytes()


def thumbnail(picture: Picture) -> NDArray[np.float64]:
    """(24, 24), of mean 0 and length 1; nothing but 0 where a picture shows nothing."""
    grey = picture if picture.ndim == 2 else cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (THUMBNAIL_PX, THUMBNAIL_PX), interpolation=cv2.INTER_AREA).astype(np.float64)
    small -= small.mean()
    return small / max(1.0, float(np.linalg.norm(small)))


def pictures_in(data: bytes) -> Iterator[Picture]:
    """Every picture that some program has written into `data`, as a file or in base64."""
    for found in CODED.finditer(data):
        yield from decoded(data[found.start() : found.start() + LONGEST_CODED])
    for found in IN_BASE64.finditer(data):
        text = found[0][: len(found[0]) - (len(found[0]) % 4 == 1)]
        yield from decoded(base64.b64decode(text + b"=" * (-len(text) % 4)))


def decoded(coded: bytes) -> Iterator[Picture]:
    """The picture that `coded` begins with, if it is one, and no icon."""
    try:
        picture = cv2.imdecode(np.frombuffer(coded, np.uint8), cv2.IMREAD_COLOR_RGB)
    except cv2.error:
        return
    if picture is not None and min(picture.shape[:2]) >= SMALLEST_PX:
        yield np.asarray(picture, np.uint8)
