"""Invented fingers kept on disk, because growing one takes a good part of a second."""

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

import cv2
import numpy as np

from simulator.people.fingerprints import GreyImage, finger_master

_GENERATOR = ("finger_flow.py", "finger_growth.py", "fingerprints.py")


def cached_master(seed: int, folder: Path) -> GreyImage:
    """`finger_master` of a Generator with this seed, from a PNG in `folder` when it was grown before.

    Only invented fingers may be kept like this. A changed generator does not find its old fingers.
    """
    file = folder / f"finger-{_version()}-{seed}.png"
    if file.exists():
        return np.asarray(cv2.imread(str(file), cv2.IMREAD_GRAYSCALE), np.uint8)
    master = finger_master(np.random.default_rng(seed))
    _write(file, cv2.imencode(".png", master)[1].tobytes())
    return master


@cache
def _version() -> str:
    """A short name of the generator's present code."""
    here = Path(__file__).parent
    return sha256(b"".join((here / name).read_bytes() for name in _GENERATOR)).hexdigest()[:12]


def _write(file: Path, content: bytes) -> None:
    """At once, so that another process never reads half a file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(content)
    unfinished.replace(file)
