"""The partition table of an image, checked and read with none of the product's code."""

import struct
import zlib
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Found:
    """One entry of a table. begin, size: in bytes."""

    name: str
    uuid: str
    begin: int
    size: int


def partitions(image: Path) -> list[Found]:
    """The entries in use; both checksums are checked."""
    data = image.read_bytes()
    header = data[512 : 512 + 92]
    checksum, entries_checksum = (
        struct.unpack_from("<I", header, 16)[0],
        struct.unpack_from("<I", header, 88)[0],
    )
    assert zlib.crc32(header[:16] + bytes(4) + header[20:]) == checksum
    first, count, size = struct.unpack_from("<QII", header, 72)
    entries = data[512 * first : 512 * first + count * size]
    assert zlib.crc32(entries) == entries_checksum
    return [
        _entry(entries[at : at + size]) for at in range(0, len(entries), size) if any(entries[at : at + 16])
    ]


def _entry(entry: bytes) -> Found:
    first, last = struct.unpack_from("<QQ", entry, 32)
    name = entry[56:].decode("utf-16-le").rstrip("\0")
    return Found(name, str(UUID(bytes_le=entry[16:32])), 512 * first, 512 * (last - first + 1))
