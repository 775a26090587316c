"""What NFIQ 2 says of one image."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Refusal(StrEnum):
    """Why an image gets no score; NFIQ 2 names the first two and fails without a reason on the others."""

    EMPTY = "empty"
    UNIFORM = "uniform"
    TOO_SMALL = "too-small"
    TOO_LARGE = "too-large"
    NO_RIDGES = "no-ridges"


EMPTY_ABOVE_MEAN = 250.0
UNIFORM_BELOW_SPREAD = 1.0
FEWEST_MINUTIAE = 5.0
LEAST_FOREGROUND_PX = 50_000.0


@dataclass(frozen=True, slots=True)
class Actionable:
    """NFIQ 2's four values that a person could act on, under its names, and what its thresholds say of them.

    EmptyImageOrContrastTooLow: mean grey. UniformImage: standard deviation of grey.
    FingerprintImageWithMinutiae: their number. SufficientFingerprintForeground: pixels of the region of
    interest. The last two are 0 for a refused image.
    """

    mean_grey: float
    spread: float
    minutiae: float = 0.0
    foreground_px: float = 0.0

    @property
    def is_empty(self) -> bool:
        """Almost white: nothing there, or hardly any contrast."""
        return self.mean_grey > EMPTY_ABOVE_MEAN

    @property
    def is_uniform(self) -> bool:
        """One grey throughout."""
        return self.spread < UNIFORM_BELOW_SPREAD

    @property
    def has_minutiae(self) -> bool:
        """Enough of them for a fingerprint."""
        return self.minutiae >= FEWEST_MINUTIAE

    @property
    def has_foreground(self) -> bool:
        """Enough of a finger for a full-size sensor; smaller sensors never reach it."""
        return self.foreground_px >= LEAST_FOREGROUND_PX


@dataclass(frozen=True, slots=True)
class Nfiq2Result:
    """Score, features and feedback of one image.

    score: 0 to 100; 0 for a refused image, whose features are empty.
    features: the 69 of NFIQ 2 by its names. is_exact: every one is the original's.
    algorithm: NFIQ 2's own id only where the features are exact.
    """

    score: int
    algorithm: str
    is_exact: bool
    actionable: Actionable
    refusal: Refusal | None = None
    features: Mapping[str, float] = field(default_factory=dict[str, float], repr=False)
