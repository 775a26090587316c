"""The manifest of an image, which `hw.disk_image.manifest` writes beside it: the hash of each chunk.

{"format": "tram-image-1", "chunk_bytes": 4194304, "size": bytes unpacked, "sha256": [hex of each chunk]}
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from host_tools.flash.faults import TargetRefused
from hw.disk_image.manifest import CHUNK_BYTES, FORMAT

LARGEST_BYTES = 16 << 20  # hashes of a terabyte


@dataclass(frozen=True, slots=True)
class ChunkManifest:
    """What an image must be. size_bytes: unpacked; chunk_sha256: hex, one for each CHUNK_BYTES."""

    size_bytes: int
    chunk_sha256: tuple[str, ...]


def read_manifest(file: Path) -> ChunkManifest:
    """The manifest in `file`; TargetRefused when it is none."""
    try:
        with file.open("rb") as stream:
            document = json.loads(stream.read(LARGEST_BYTES))
    except OSError as error:
        raise TargetRefused(f"{file}: {error.strerror}", "check the path") from error
    except ValueError as error:
        raise _no_manifest(file, "not JSON") from error
    match document:
        case {"format": name, "chunk_bytes": int(chunk), "size": int(size), "sha256": [*hashes]} if (
            name == FORMAT
        ):
            chunk_sha256 = tuple(str(each) for each in cast("list[object]", hashes))
        case _:
            raise _no_manifest(file, f"not of the format {FORMAT}")
    if chunk != CHUNK_BYTES or len(chunk_sha256) != -(-size // CHUNK_BYTES):
        raise _no_manifest(file, "its chunks do not make up its size")
    return ChunkManifest(size, chunk_sha256)


def _no_manifest(file: Path, why: str) -> TargetRefused:
    return TargetRefused(
        f"{file} is no manifest of an image: {why}", "fetch it again with its image, or name it by --manifest"
    )
