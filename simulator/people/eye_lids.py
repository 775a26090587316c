"""How the lids of an eye lie, and the lashes on them; lengths in radii of the iris, x right, y down."""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from simulator.people.eye_traits import GROWN_UP_YEARS, EyeTraits

Floats: TypeAlias = NDArray[np.float32]

CANTHUS = 2.5  # how far out the lids meet
LOWER_SHARE = 0.35  # of the whole bend that is the lower lid's
FOLD_FROM = 0.75  # how far from the middle an epicanthic fold begins
FOLD_BEND = 0.55
PTOSIS = 0.75  # how far a lid hangs at most
HANG = 0.22  # how far a lash falls over the eye before it turns away, in its lengths
CLUMP = (2, 6)  # lashes that stick together at their tips


@dataclass(frozen=True, slots=True)
class Lids:
    """How the lids lie when the eye is open: heights at the middle, tilt, the fold towards the nose (+-1)."""

    upper: float
    lower: float
    tilt: float
    fold: float = 0.0
    nose: float = 1.0

    def edges(self, openness: float, x: Floats) -> tuple[Floats, Floats]:
        """Heights of the upper and of the lower lid at each `x`; at openness 0 they are one line."""
        opening = self.lower - self.upper
        whole = opening / CANTHUS**2
        lower = self.lower + self.tilt * x - LOWER_SHARE * whole * x**2
        towards_nose = np.maximum(x * self.nose - FOLD_FROM, 0)
        gap = opening - whole * x**2 - FOLD_BEND * self.fold * towards_nose**2
        upper = lower - openness * np.maximum(gap, 0)
        return upper.astype(np.float32), lower.astype(np.float32)


@dataclass(frozen=True, slots=True)
class Lash:
    """One lash: where it is rooted along the lid, where its tip points, its fall, width (pixels) and lid."""

    root: float
    reach: tuple[float, float]
    hang: float
    width: int
    is_upper: bool

    def line(self, lid: float) -> Floats:
        """From the lid's edge first over the eye, then away from it: (7, 2) of x and y."""
        along = np.linspace(0, 1, 7)
        x = self.root + self.reach[0] * along
        y = lid + 4 * self.hang * along * (1 - along) + self.reach[1] * along**2
        return np.stack((x, y), axis=1).astype(np.float32)


def draw_lids(rng: np.random.Generator, traits: EyeTraits, nose: float) -> Lids:
    """Lids of that kind; a child's open less, over an iris that is as large as a grown-up's."""
    is_child = traits.age_years < GROWN_UP_YEARS
    upper = float(rng.uniform(-0.92, -0.72) if is_child else rng.uniform(-1.0, -0.78))
    lower = float(rng.uniform(0.86, 1.0) if is_child else rng.uniform(0.9, 1.08))
    slant = -0.03 * nose * traits.epicanthus  # the outer corner lies higher
    tilt = float(rng.uniform(-0.08, 0.08)) - slant
    return Lids(upper + PTOSIS * traits.ptosis, lower, tilt, traits.epicanthus, nose)


def draw_lashes(rng: np.random.Generator, droop: float) -> tuple[Lash, ...]:
    """Upper lashes fan out in clumps and hang over the eye's edge; lower ones are few and fine."""
    upper = [lash for _ in range(int(rng.integers(26, 50))) for lash in _clump(rng, droop)]
    lower = [_lash(rng, float(rng.uniform(-1.9, 1.9)), 0.0, 0.0) for _ in range(int(rng.integers(15, 40)))]
    return tuple(upper + lower)


def _clump(rng: np.random.Generator, droop: float) -> list[Lash]:
    root, tip = float(rng.uniform(-1.9, 1.9)), float(rng.normal(0, 0.06))
    roots = root + rng.normal(0, 0.05, int(rng.integers(*CLUMP)))
    return [_lash(rng, float(each), root + tip - float(each), droop, is_upper=True) for each in roots]


def _lash(
    rng: np.random.Generator, root: float, together: float, droop: float, *, is_upper: bool = False
) -> Lash:
    """together: how far its tip is drawn aside to those of its clump."""
    length = float(rng.uniform(0.2, 0.5) if is_upper else rng.uniform(0.12, 0.3))
    lean = 0.5 * root + float(rng.normal(0, 0.12 if is_upper else 0.3))
    up = -length * (1 - 0.8 * droop) if is_upper else length
    hang = (HANG + 0.5 * droop) * length * (1 if is_upper else -1)
    width = int(rng.integers(1, 3)) if is_upper else 1
    return Lash(root, (lean * length + 0.8 * together, up), hang, width, is_upper)
