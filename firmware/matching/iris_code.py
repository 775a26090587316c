"""An iris as 4,096 bits, and how many of them differ between two.

Phases of a one-dimensional log-Gabor filter along rings of the unrolled iris (after Daugman 2004 and Masek
2003). Limits: made for the eyes of one visit and an earlier record, not for a search in a register; the two
eyes of one person differ as those of strangers do, so a code says nothing of the side.
"""

from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from firmware.quality.iris.geometry import Floats, Mask
from firmware.quality.iris.unrolled import Unrolled

RINGS, ANGLES = 8, 256
OUTERMOST = 0.92  # of the way to the limbus, which is soft
WAVELENGTH, SIGMA = 18.0, 0.5  # samples; bandwidth relative to the centre frequency
SHIFTS = 12  # samples to either side: a head turned by 17 degrees
LEAST_SEEN = 0.6  # of what a sample is the mean of
WEAK = 0.25  # of the median amplitude: phases of less are chance
LEAST_BITS = 1000  # in common: fewer say nothing
UNKNOWN = 1.0  # the distance of codes with too little in common

Words = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class IrisCode:
    """Personal data. bits, known: (2 * SHIFTS + 1, words) uint64, a row for each shift from -SHIFTS on."""

    bits: Words = field(repr=False)
    known: Words = field(repr=False)


def encode(iris: Unrolled) -> IrisCode:
    """The code of an unrolled iris."""
    grey, seen = _rings(iris)
    shares = seen.mean(axis=1, keepdims=True)
    mean = np.where(seen, grey, 0).mean(axis=1, keepdims=True) / np.maximum(shares, 1e-6)
    phases = np.fft.ifft(np.fft.fft(np.where(seen, grey - mean, 0), axis=1) * _log_gabor(), axis=1)
    strength = np.abs(phases)
    strong = strength > WEAK * np.median(strength[seen]) if seen.any() else seen
    bits = np.stack((phases.real > 0, phases.imag > 0))
    known = np.broadcast_to(seen & strong, bits.shape)
    return IrisCode(_shifted(bits & known), _shifted(known))


def distance(one: IrisCode, other: IrisCode) -> float:
    """Share of the bits known in both that differ, 0 to 1, in the turn in which fewest do.

    About 0.14 for one eye, 0.45 for two; UNKNOWN where too few are known in both.
    """
    middle = SHIFTS
    known = one.known & other.known[middle]
    common = np.bitwise_count(known).sum(axis=1, dtype=np.int64)
    differing = np.bitwise_count((one.bits ^ other.bits[middle]) & known).sum(axis=1, dtype=np.int64)
    shares = np.where(common >= LEAST_BITS, differing / np.maximum(common, 1), UNKNOWN)
    return float(shares.min())


def _rings(iris: Unrolled) -> tuple[Floats, Mask]:
    """Means of what is seen in each of RINGS x ANGLES fields, and where enough is seen."""
    rows = int(OUTERMOST * iris.grey.shape[0]) // RINGS * RINGS
    shape = RINGS, rows // RINGS, ANGLES, iris.grey.shape[1] // ANGLES
    seen = iris.seen[:rows].reshape(shape)
    shares = seen.mean(axis=(1, 3), dtype=np.float32)
    sums = np.where(seen, iris.grey[:rows].reshape(shape), 0).mean(axis=(1, 3), dtype=np.float32)
    return (sums / np.maximum(shares, np.float32(1e-6))).astype(np.float32), shares >= LEAST_SEEN


@cache
def _log_gabor() -> NDArray[np.float64]:
    """The filter's answer to each frequency; none to negative ones, so that its output has a phase."""
    frequency = np.fft.fftfreq(ANGLES)
    answer = np.zeros(ANGLES)
    above = frequency > 0
    octaves = np.log(frequency[above] * WAVELENGTH) / np.log(SIGMA)
    answer[above] = np.exp(-np.square(octaves) / 2)
    return answer


def _shifted(bits: Mask) -> Words:
    """(2, RINGS, ANGLES) turned by every shift, packed: one row each."""
    turns = (np.arange(ANGLES) - np.arange(-SHIFTS, SHIFTS + 1)[:, None]) % ANGLES
    turned = np.moveaxis(bits[:, :, turns], 2, 0).reshape(2 * SHIFTS + 1, -1)
    return np.packbits(turned, axis=1).view(np.uint64)
