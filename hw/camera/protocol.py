"""Frames between two processes, as bytes; no I/O.

The reader sends one byte for each frame it wants, never more than one ahead: WANTED, or HELD while exposure,
white balance and focus shall stay as they have settled. From the first HELD to the next WANTED the camera's
process holds them as soon as it can; who never says HELD is served as ever. For each byte the camera's
process sends the next frame that it exposes:

    4  magic "TRMF"                        all numbers big-endian
    1  version 1
    1  channels: 1 grey, 3 RGB; 0x80 is added where this frame's settings are held
    2  rows
    2  columns
    8  begin of the exposure, nanoseconds of CLOCK_MONOTONIC
    2  length of the metadata
    n  metadata: a JSON object of numbers
    m  pixels, rows x columns x channels bytes, row by row
"""

import json
import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

WANTED, HELD = b"\x01", b"\x02"
MAX_SIDE = 8192
MAX_METADATA_BYTES = 4096
_HEAD = struct.Struct(">4sBBHHQH")
HEAD_BYTES = _HEAD.size
_MAGIC, _VERSION, _IS_HELD = b"TRMF", 1, 0x80


class StreamBroken(Exception):
    """The other end does not speak this protocol."""


@dataclass(frozen=True, slots=True)
class FrameHead:
    """What comes before the pixels. exposed_ns: of CLOCK_MONOTONIC. is_held: settings stay."""

    rows: int
    columns: int
    channels: int
    exposed_ns: int
    metadata_bytes: int
    is_held: bool = False

    @property
    def pixel_bytes(self) -> int:
        """Length of the pixels."""
        return self.rows * self.columns * self.channels

    @property
    def shape(self) -> tuple[int, ...]:
        """Of the pixels as an array."""
        return (self.rows, self.columns, 3) if self.channels == 3 else (self.rows, self.columns)

    def encode(self) -> bytes:
        """The head as it travels."""
        sizes = (self.channels | (_IS_HELD if self.is_held else 0), self.rows, self.columns)
        return _HEAD.pack(_MAGIC, _VERSION, *sizes, self.exposed_ns, self.metadata_bytes)


def decode_head(data: bytes | bytearray) -> FrameHead:
    """The head in HEAD_BYTES bytes; StreamBroken for anything that no camera of ours sends."""
    magic, version, flags, rows, columns, exposed_ns, metadata_bytes = _HEAD.unpack(data)
    channels = flags & ~_IS_HELD
    if (magic, version) != (_MAGIC, _VERSION) or channels not in {1, 3}:
        raise StreamBroken("not a frame")
    if not (0 < rows <= MAX_SIDE and 0 < columns <= MAX_SIDE and metadata_bytes <= MAX_METADATA_BYTES):
        raise StreamBroken("a frame of impossible size")
    return FrameHead(rows, columns, channels, exposed_ns, metadata_bytes, bool(flags & _IS_HELD))


def encode_metadata(metadata: Mapping[str, float]) -> bytes:
    """Metadata as it travels."""
    return json.dumps(dict(metadata), allow_nan=False).encode()


def decode_metadata(data: bytes | bytearray) -> dict[str, float]:
    """Metadata from its bytes; StreamBroken unless it is an object of finite numbers."""
    try:
        table: object = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise StreamBroken("metadata is not JSON") from error
    if not isinstance(table, dict):
        raise StreamBroken("metadata is not an object")
    values = cast("dict[str, object]", table)
    return {name: _number(value) for name, value in values.items()}


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise StreamBroken("metadata is not a number")
    try:
        number = float(value)
    except OverflowError as error:
        raise StreamBroken("metadata is no number that a float holds") from error
    if not math.isfinite(number):
        raise StreamBroken("metadata is not a finite number")
    return number
