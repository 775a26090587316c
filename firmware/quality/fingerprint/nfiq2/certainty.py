"""Orientation certainty (OCL): how much stronger grey changes across a block's ridges than along."""

import numpy as np

from firmware.quality.fingerprint.nfiq2.blocks import BLOCK_PX, Gradients, Grid
from firmware.quality.fingerprint.nfiq2.histogram import histogram_features

MEASURE = "OCL"
_LIMITS = (0.337, 0.479, 0.579, 0.655, 0.716, 0.766, 0.81, 0.852, 0.898)


def certainty_features(gradients: Gradients, shape: tuple[int, ...]) -> dict[str, float]:
    """Of the uncut blocks of an image of `shape` in which grey changes; `gradients` of all its blocks."""
    values = certainty(gradients)[: shape[0] // BLOCK_PX, : shape[1] // BLOCK_PX]
    return histogram_features(MEASURE, _LIMITS, values[np.isfinite(values)])


def certainty(gradients: Gradients) -> Grid:
    """1 - least / greatest eigenvalue of each block's gradient covariance; nan where nothing changes."""
    scale = 4.0 * BLOCK_PX**2
    a, b, c = (part / scale for part in (gradients.across, gradients.down, gradients.mixed))
    root = np.sqrt((a - b) ** 2 + 4.0 * c**2)
    greatest, least = (a + b + root) / 2.0, (a + b - root) / 2.0
    return 1.0 - least / np.where(greatest > 0.0, greatest, np.nan)
