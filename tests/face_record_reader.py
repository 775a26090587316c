"""A reader of ISO/IEC 19794-5:2011 face records, written apart from the product's own."""

from dataclasses import dataclass, field
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """Everything that a record of one representation says; numbers as they stand there."""

    length: int
    representations: int
    certification: int
    temporal: int
    representation_length: int
    taken_at: datetime
    technology: int
    device: tuple[int, int]
    qualities: tuple[tuple[int, int, int], ...]
    landmarks: int
    subject: bytes
    face_kind: int
    coding: int
    size: tuple[int, int]
    sampling: int
    processing: int
    cross_reference: int
    colour: int
    image: bytes = field(repr=False)


class _Bytes:
    """Takes big-endian numbers off the front."""

    def __init__(self, data: bytes) -> None:
        self._left = memoryview(data)

    def take(self, size: int) -> bytes:
        assert len(self._left) >= size, "the record ends too early"
        taken, self._left = bytes(self._left[:size]), self._left[size:]
        return taken

    def number(self, size: int) -> int:
        return int.from_bytes(self.take(size), "big")

    def numbers(self, *sizes: int) -> tuple[int, ...]:
        return tuple(self.number(size) for size in sizes)

    def rest(self) -> bytes:
        return self.take(len(self._left))


def read_face_record(data: bytes) -> ReadRecord:
    """The record, of which every byte must be accounted for."""
    left = _Bytes(data)
    assert left.take(8) == b"FAC\x00030\x00"
    length, representations, certification, temporal, representation_length = left.numbers(4, 2, 1, 2, 4)
    year, month, day, hour, minute, second, millisecond = left.numbers(2, 1, 1, 1, 1, 1, 2)
    technology, *device = left.numbers(1, 2, 2)
    qualities = [left.numbers(1, 2, 2) for _ in range(left.number(1))]
    landmarks = left.number(2)
    subject = left.take(4 + 3 + 2 + 3 + 3)
    left.take(8 * landmarks)
    face_kind, coding, width, height, sampling, processing, cross_reference, colour = left.numbers(
        1, 1, 2, 2, 1, 2, 1, 1
    )
    image_length, image = left.number(4), left.rest()
    assert (length, representation_length, image_length) == (len(data), len(data) - 17, len(image))
    return ReadRecord(
        length=length,
        representations=representations,
        certification=certification,
        temporal=temporal,
        representation_length=representation_length,
        taken_at=datetime(year, month, day, hour, minute, second, millisecond * 1000, UTC),
        technology=technology,
        device=(device[0], device[1]),
        qualities=tuple((score, vendor, algorithm) for score, vendor, algorithm in qualities),
        landmarks=landmarks,
        subject=subject,
        face_kind=face_kind,
        coding=coding,
        size=(width, height),
        sampling=sampling,
        processing=processing,
        cross_reference=cross_reference,
        colour=colour,
        image=image,
    )
