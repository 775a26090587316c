"""How one print lies on another: tried from likely pairs of minutiae, then fitted to all that meet."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firmware.matching.described import Complex, Described

Floats = NDArray[np.floating[Any]]

_TRIALS = 40
_LEAST_SHARED = 0.25  # of the flow around two minutiae, to call them alike or not
_NEAR_PX, _NEAR_A_PIXEL, _FAR_PX = (
    6.0,
    0.06,
    16.0,
)  # skin stretches: tolerance grows with the distance from the first pair
_LEAST_COSINE = float(np.cos(np.radians(28.0)))
_FITS = 2
_MOST_STEPS = 60_000  # OpenBLAS shares complex products from 2^16 multiplications on among threads


@dataclass(frozen=True, slots=True)
class Motion:
    """A turn (complex, of length 1), then a shift (complex, pixels)."""

    turn: complex = field(repr=False)
    shift: complex = field(repr=False)

    def of(self, places: Complex) -> Complex:
        """Places of the one print as the other has them."""
        return (places * np.complex64(self.turn) + np.complex64(self.shift)).astype(np.complex64)

    def back(self, places: Complex) -> Complex:
        """Places of the other print as the one has them."""
        return ((places - np.complex64(self.shift)) * np.complex64(self.turn.conjugate())).astype(
            np.complex64
        )


@dataclass(frozen=True, slots=True, eq=False)
class Alignment:
    """The motion, the minutiae that meet under it, of the one and of the other, and their likeness: (k,)."""

    motion: Motion = field(repr=False)
    ones: NDArray[np.intp] = field(repr=False)
    others: NDArray[np.intp] = field(repr=False)
    likeness: Floats = field(repr=False)


def align(one: Described, other: Described) -> Alignment | None:
    """The best way to lay the one on the other; None where fewer than two minutiae fall together."""
    if min(len(one.places), len(other.places)) < 2:
        return None
    likeness = _likeness(one, other)
    motion = _best_trial(one, other, likeness)
    for _ in range(_FITS):
        ones, others = _together(one, other, motion, likeness, _FAR_PX)
        if len(ones) < 2:
            return None
        motion = _fitted(one.places[ones], other.places[others], motion)
    ones, others = _together(one, other, motion, likeness, 2.0 * _NEAR_PX)
    return Alignment(motion, ones, others, likeness[ones, others]) if len(ones) >= 2 else None


def _likeness(one: Described, other: Described) -> Floats:
    """-1 to 1 for each pair of minutiae: how well the flow around them agrees where both show any."""
    sizes = np.abs(one.surroundings), np.abs(other.surroundings)
    shared = _product(sizes[0], sizes[1].T)
    agreed: Floats = np.real(_product(one.surroundings, other.surroundings.conj().T))
    whole = np.sqrt((sizes[0] ** 2).sum(axis=1)[:, None] * (sizes[1] ** 2).sum(axis=1))
    return np.where(shared > _LEAST_SHARED * whole, agreed / np.maximum(shared, 1e-6), -1.0)


def _product(rows: NDArray[Any], columns: NDArray[Any]) -> NDArray[Any]:
    """The matrix product, a few rows at a time: a large one would wake the BLAS threads, which costs more."""
    at_once = max(_MOST_STEPS // max(columns.size, 1), 1)
    return np.concatenate([rows[at : at + at_once] @ columns for at in range(0, len(rows), at_once)])


def _best_trial(one: Described, other: Described, likeness: Floats) -> Motion:
    """Lay each of the likeliest pairs on each other; the motion under which the most alike fall together."""
    trials = min(_TRIALS, likeness.size)
    first, second = np.unravel_index(
        np.argpartition(-likeness, trials - 1, axis=None)[:trials], likeness.shape
    )
    turns = other.headings[second] * one.headings[first].conj()
    shifts = other.places[second] - turns * one.places[first]
    moved = turns[:, None] * one.places + shifts[:, None]
    tolerance = _NEAR_PX + _NEAR_A_PIXEL * np.abs(one.places - one.places[first][:, None])
    distance = np.abs(moved[:, :, None] - other.places)
    cosine = ((turns[:, None] * one.headings)[:, :, None] * other.headings.conj()).real
    falls = (distance < np.minimum(tolerance, _FAR_PX)[:, :, None]) & (cosine > _LEAST_COSINE)
    weights = np.where(falls, np.maximum(likeness, 0.0), 0.0)
    best = np.minimum(weights.max(axis=2).sum(axis=1), weights.max(axis=1).sum(axis=1)).argmax()
    return Motion(complex(turns[best]), complex(shifts[best]))


def _together(
    one: Described, other: Described, motion: Motion, likeness: Floats, tolerance_px: float
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Pairs of minutiae of which each is the other's nearest, in place, direction and likeness."""
    distance = np.abs(motion.of(one.places)[:, None] - other.places)
    cosine = ((np.complex64(motion.turn) * one.headings)[:, None] * other.headings.conj()).real
    allowed = (distance < tolerance_px) & (cosine > _LEAST_COSINE)
    cost = np.where(allowed, distance / _FAR_PX + (1.0 - cosine) - 0.3 * likeness, np.inf)
    nearest = cost.argmin(axis=1)
    ones = np.arange(len(nearest))
    mutual = (cost.argmin(axis=0)[nearest] == ones) & np.isfinite(cost[ones, nearest])
    return ones[mutual], nearest[mutual]


def _fitted(ones: Complex, others: Complex, motion: Motion) -> Motion:
    """The least squares motion between pairs of places; `motion` where they all coincide."""
    middle, other_middle = ones.mean(), others.mean()
    turn = complex(((others - other_middle) * (ones - middle).conj()).sum())
    if abs(turn) < 1e-6:
        return motion
    turn /= abs(turn)
    return Motion(turn, complex(other_middle) - turn * complex(middle))
