"""The hashes of an image, chunk by chunk, for whoever writes it to a card and reads it back."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

FORMAT = "tram-image-1"
CHUNK_BYTES = 4 * 1024 * 1024
MANIFEST_NAME = "manifest.json"


def write_manifest(image: Path) -> None:
    """Write the manifest of an image beside it; to be done again after each change of the image."""
    contents = {
        "format": FORMAT,
        "chunk_bytes": CHUNK_BYTES,
        "size": image.stat().st_size,
        "sha256": list(_hashes(image)),
    }
    image.with_name(MANIFEST_NAME).write_text(json.dumps(contents, indent=1) + "\n", "utf-8")


def _hashes(image: Path) -> Iterator[str]:
    with image.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            yield hashlib.sha256(chunk).hexdigest()
