"""What an iris image has to reach; the figures are data in firmware/capture/policy/iris.toml."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Scale:
    """How good a measured value is. Values run from `fatal` over `accept` to `best`, upwards or downwards."""

    fatal: float
    accept: float
    best: float

    def score(self, value: float) -> float:
        """0 at `fatal` or worse, ACCEPTED at `accept`, 100 at `best` or better."""
        sign = 1.0 if self.best > self.fatal else -1.0
        known = sign * np.array((self.fatal, self.accept, self.best))
        return float(np.interp(sign * value, known, (0.0, ACCEPTED, 100.0)))

    def passes(self, value: float) -> bool:
        """Whether `value` is at least as good as `accept`."""
        return value >= self.accept if self.best > self.fatal else value <= self.accept


ACCEPTED = 60.0  # the score at the threshold: MOSIP's iris threshold


@dataclass(frozen=True, slots=True)
class IrisLimits:
    """One scale for each measure; two where it can be too small and too large.

    focused_diameters_px: smallest and largest iris that people show at the distance the lens is focused at.
    """

    confidence: Scale
    iris_diameter_px: Scale
    largest_diameter_px: Scale
    focused_diameters_px: tuple[float, float]
    margin_percent: Scale
    saturated_percent: Scale
    noise_grey: Scale
    usable_percent: Scale
    concentricity_percent: Scale
    gaze_deg: Scale
    smallest_pupil_percent: Scale
    largest_pupil_percent: Scale
    darkest_grey: Scale
    brightest_grey: Scale
    iris_sclera_percent: Scale
    iris_pupil_percent: Scale
    sharpness: Scale
    pupil_edge_px: Scale
