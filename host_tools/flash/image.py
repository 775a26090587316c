"""A card image on this machine's disk: read in chunks, unpacked, and checked before a card is touched."""

import hashlib
import lzma
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from host_tools.flash.devices import SECTOR_BYTES
from host_tools.flash.faults import TargetRefused
from host_tools.flash.manifest import ChunkManifest, read_manifest
from host_tools.flash.watch import Watch
from hw.disk_image.manifest import CHUNK_BYTES, MANIFEST_NAME

_XZ = b"\xfd7zXZ\x00"
_OTHER_PACKERS = {b"\x1f\x8b": "gzip", b"PK\x03\x04": "zip", b"BZh": "bzip2", b"\x28\xb5\x2f\xfd": "zstd"}


@dataclass(frozen=True, slots=True)
class CheckedImage:
    """An image that was read from end to end. size_bytes: unpacked. manifest: what it was compared to."""

    file: Path
    size_bytes: int
    chunk_sha256: tuple[str, ...]
    manifest: Path | None


def check_image(file: Path, manifest: Path | None, limit_bytes: int, watch: Watch) -> CheckedImage:
    """Read `file` whole; TargetRefused when it is damaged, not its manifest's, or larger than the card.

    manifest: None takes the manifest.json beside the image, where there is one.
    """
    beside = file.with_name(MANIFEST_NAME)
    chosen = manifest or (beside if beside.is_file() else None)
    expected = None if chosen is None else read_manifest(chosen)
    size_bytes, hashes = 0, list[str]()
    watch.begin("checking the image", _packed_bytes(file))
    for chunk in read_chunks(file, watch.reach):
        size_bytes += len(chunk)
        hashes.append(hashlib.sha256(chunk).hexdigest())
        _refuse_larger(file, size_bytes, limit_bytes)
        _refuse_altered(file, expected, hashes)
    if size_bytes == 0 or size_bytes % SECTOR_BYTES:
        raise TargetRefused(f"{file} is no card image: {size_bytes} bytes", "fetch the image again")
    if expected is not None and expected.size_bytes != size_bytes:
        raise _altered(f"{file} has {size_bytes} bytes, its manifest {expected.size_bytes}")
    return CheckedImage(file, size_bytes, tuple(hashes), chosen)


def read_chunks(file: Path, reached: Callable[[int], None] | None = None) -> Iterator[bytes]:
    """The unpacked image, CHUNK_BYTES at a time; TargetRefused when it cannot be read.

    reached: told after each chunk how many bytes of the file are read.
    """
    try:
        with file.open("rb") as packed, _unpacked(file, packed) as stream:
            while chunk := stream.read(CHUNK_BYTES):
                yield chunk
                if reached is not None:
                    reached(packed.tell())
    except OSError as error:
        raise TargetRefused(f"{file}: {error.strerror}", "check the path") from error
    except (lzma.LZMAError, EOFError) as error:
        raise TargetRefused(f"{file} cannot be unpacked: {error}", "fetch the image again") from error


def _unpacked(file: Path, packed: BinaryIO) -> AbstractContextManager[BinaryIO]:
    magic = packed.read(len(_XZ))
    packed.seek(0)
    for other, name in _OTHER_PACKERS.items():
        if magic.startswith(other):
            raise TargetRefused(f"{file} is packed with {name}", "give the image itself, or packed with xz")
    return cast("AbstractContextManager[BinaryIO]", lzma.open(packed) if magic == _XZ else packed)


def _refuse_larger(file: Path, size_bytes: int, limit_bytes: int) -> None:
    if size_bytes > limit_bytes:
        reason = f"{file} is larger than the card, which holds {limit_bytes} bytes"
        raise TargetRefused(reason, "use a larger card")


def _refuse_altered(file: Path, expected: ChunkManifest | None, hashes: list[str]) -> None:
    last = len(hashes) - 1
    if expected is not None and expected.chunk_sha256[last : last + 1] != (hashes[last],):
        raise _altered(f"chunk {last} of {file} is not what its manifest says")


def _altered(message: str) -> TargetRefused:
    return TargetRefused(message, "fetch image and manifest again, or name another one by --manifest")


def _packed_bytes(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError as error:
        raise TargetRefused(f"{file}: {error.strerror}", "check the path") from error
