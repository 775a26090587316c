"""What kind of eye somebody has: the shape of its lids, its age, what is worn on it, what ails it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from firmware.records.samples import EyeSide

GROWN_UP_YEARS = 12
OLD_YEARS = 60
UNLIKE = 0.012  # of the iris: so far the two pupils of a healthy person differ [unverified]


class ContactLens(StrEnum):
    """What lies on the cornea. PATTERNED hides the iris behind a printed one."""

    NONE = "none"
    SOFT = "soft"
    HARD = "hard"
    PATTERNED = "patterned"


@dataclass(frozen=True, slots=True)
class EyeTraits:
    """The kind of an eye; shares run from 0 (none of it) to 1.

    epicanthus: how far a fold of the upper lid covers the inner corner, as in most people of Viet Nam.
    crease: how marked the fold above the upper lid is. droop: how far the lashes hang over the eye. ptosis:
    how far the upper lid hangs. cataract: how white the pupil is. arcus: how white the rim of an old iris is.
    squint_deg: how far the eye stands off, to the picture's right and down. nystagmus_deg: how far it beats.
    blink_every_s: one blink falls into each such time.
    """

    age_years: int = 30
    epicanthus: float = 0.0
    crease: float = 1.0
    droop: float = 0.2
    ptosis: float = 0.0
    cataract: float = 0.0
    arcus: float = 0.0
    lens: ContactLens = ContactLens.NONE
    squint_deg: tuple[float, float] = (0.0, 0.0)
    nystagmus_deg: float = 0.0
    blink_every_s: float = 5.0

    @property
    def usual_ratio(self) -> float:
        """Of the pupil to the iris: 0.40 in 2,655 marked eyes, wider in the young, narrower in the old."""
        return 0.46 if self.age_years < GROWN_UP_YEARS else 0.34 if self.age_years > OLD_YEARS else 0.40


def ordinary_traits(rng: np.random.Generator, age_years: int = 30) -> EyeTraits:
    """A healthy eye as most people of that age in Viet Nam have it; frequencies [unverified]."""
    old = age_years > OLD_YEARS
    return EyeTraits(
        age_years=age_years,
        epicanthus=float(rng.uniform(0.3, 1.0)) if rng.random() < 0.6 else 0.0,
        crease=float(rng.uniform(0.6, 1.0)) if rng.random() < 0.5 else float(rng.uniform(0.0, 0.3)),
        droop=float(rng.uniform(0.0, 0.9)),
        arcus=float(rng.uniform(0.2, 0.8)) if old and rng.random() < 0.5 else 0.0,
    )


def draw_pupils(rng: np.random.Generator, kind: EyeTraits) -> Mapping[EyeSide, float]:
    """Radii of a person's pupils to those of the irises: both widen together."""
    both = float(rng.normal(kind.usual_ratio, 0.055))
    return {side: float(np.clip(both + rng.normal(0, UNLIKE), 0.25, 0.58)) for side in EyeSide}
