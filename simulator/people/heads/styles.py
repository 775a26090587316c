"""Ways to wear hair, and where it begins."""

from dataclasses import dataclass
from enum import StrEnum


class HairStyle(StrEnum):
    """What the hair of a head is like; LONG falls behind the ears, OVER_EARS in front of them."""

    CROPPED = "cropped"
    SHORT = "short"
    FRINGE = "fringe"
    TIED = "tied"
    LONG = "long"
    OVER_EARS = "over_ears"
    RECEDING = "receding"
    BALD = "bald"


@dataclass(frozen=True, slots=True)
class Cut:
    """One style in numbers.

    front: of the hairline at 0, 25, 48 and 62 degrees from straight ahead, metres above the eyes. lift_m: how
    far hair stands off on top. strand_m: length of loose strands. crown: whether the top is covered.
    """

    front: tuple[float, float, float, float] = (0.067, 0.068, 0.056, 0.030)
    lift_m: float = 0.014
    strand_m: float = 0.013
    crown: bool = True


CUTS = {
    HairStyle.CROPPED: Cut((0.064, 0.066, 0.055, 0.030), 0.005, 0.006),
    HairStyle.SHORT: Cut(),
    HairStyle.FRINGE: Cut((0.040, 0.040, 0.040, 0.024), 0.017, 0.020),
    HairStyle.TIED: Cut((0.070, 0.068, 0.054, 0.028), 0.008, 0.012),
    HairStyle.LONG: Cut((0.066, 0.064, 0.050, 0.026), 0.016, 0.022),
    HairStyle.OVER_EARS: Cut((0.066, 0.058, 0.040, 0.010), 0.017, 0.030),
    HairStyle.RECEDING: Cut((0.078, 0.094, 0.082, 0.036), 0.007, 0.010),
    HairStyle.BALD: Cut((0.120, 0.120, 0.090, 0.034), 0.004, 0.006, crown=False),
}
