"""Invented fingers kept on disk, because growing one takes a good part of a second."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from simulator.people import kept
from simulator.people.fingerprints import GreyImage, finger_master

MOST_FILES = 2000  # two hundred people; about 140 kB each
_GENERATOR = ("finger_flow.py", "finger_growth.py", "fingerprints.py")


def cached_master(seed: int, folder: Path) -> GreyImage:
    """`finger_master` of a Generator with this seed, from a PNG in `folder` when it was grown before.

    Only invented fingers may be kept like this. A changed generator does not find its old fingers.
    """
    file = folder / f"finger-{_version()}-{seed}.png"
    master = kept.read(file)
    if master is None:
        master = finger_master(np.random.default_rng(seed))
        kept.keep(file, master, MOST_FILES)
    return master


@cache
def _version() -> str:
    """A short name of the generator's present code."""
    here = Path(__file__).parent
    return sha256(b"".join((here / name).read_bytes() for name in _GENERATOR)).hexdigest()[:12]
