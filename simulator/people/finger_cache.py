"""Invented fingers kept on disk, because growing one takes a good part of a second."""

from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

from simulator.people import kept
from simulator.people.finger_kinds import FingerKind
from simulator.people.fingerprints import GreyImage, finger_master

MOST_FILES = 2000  # two hundred people; about 140 kB each
_GENERATOR = (
    "finger_flow.py",
    "finger_growth.py",
    "finger_kinds.py",
    "finger_print.py",
    "fingerprints.py",
    "smooth_noise.py",
)


def cached_master(seed: int, folder: Path, kind: FingerKind | None = None) -> GreyImage:
    """`finger_master` of a Generator with this seed, from a PNG in `folder` when it was grown before.

    Only invented fingers may be kept like this. A changed generator does not find its old fingers.
    """
    name = sha256(repr((_version(), seed, kind)).encode()).hexdigest()[:24]
    file = folder / f"finger-{name}.png"
    master = kept.read(file)
    if master is None:
        master = finger_master(np.random.default_rng(seed), kind=kind)
        kept.keep(file, master, MOST_FILES)
    return master


@cache
def _version() -> str:
    """A short name of the generator's present code."""
    here = Path(__file__).parent
    return sha256(b"".join((here / name).read_bytes() for name in _GENERATOR)).hexdigest()[:12]
