"""Where a partition of an image begins, as its GUID partition table says (UEFI 2.10, section 5.3)."""

import struct
from pathlib import Path

_SECTOR = 512
_HEADER = struct.Struct("<8s64xQIII")  # signature, first sector of the entries, their number, their size
_ENTRY = struct.Struct("<32xQQ8x72s")  # first and last sector, name
_MOST_ENTRIES, _ENTRY_BYTES = 128, 128


class TableUnreadable(Exception):
    """A file is not an image of a card; the message says why."""


def partition_offset(image: Path, name: str) -> int:
    """Where the partition of that name begins, in bytes."""
    with image.open("rb") as stream:
        stream.seek(_SECTOR)
        header = stream.read(_SECTOR)
        signature, first, count, size, _ = _HEADER.unpack_from(header.ljust(_HEADER.size))
        if signature != b"EFI PART" or size != _ENTRY_BYTES or count > _MOST_ENTRIES:
            raise TableUnreadable(f"{image}: no partition table; give an image from `make image`")
        stream.seek(first * _SECTOR)
        entries = stream.read(count * size)
    for begin, _, found in _ENTRY.iter_unpack(entries):
        if found.decode("utf-16-le", errors="replace").rstrip("\0") == name:
            return begin * _SECTOR
    raise TableUnreadable(f"{image}: no partition named {name}; give an image from `make image`")
