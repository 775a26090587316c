"""Ridge-valley uniformity (RVUP): ratios of neighbouring ridge and valley widths."""

import numpy as np

from firmware.quality.fingerprint.nfiq2.blocks import Grid, Mask
from firmware.quality.fingerprint.nfiq2.histogram import histogram_features
from firmware.quality.fingerprint.nfiq2.profiles import Changes, Profiles
from firmware.quality.fingerprint.nfiq2.slanted import Slanted

MEASURE = "RVUP"
_LIMITS = (0.5, 0.667, 0.8, 1.0, 1.25, 1.5, 2.0, 24.0, 30.0)
_FIRST_WIDTHS = 3  # the part of a width at the edge, the leftmost whole one, and the first to divide by


def uniformity_features(slanted: Slanted) -> dict[str, float]:
    """Of blocks (blocks, 16, 32) uint8, turned off their middle."""
    return histogram_features(MEASURE, _LIMITS, width_ratios(Profiles.of(slanted).is_ridge))


def width_ratios(is_ridge: Mask) -> Grid:
    """Every ratio of neighbouring whole widths, the right one over the left, each second one inverted.

    is_ridge: (blocks, 32). The leftmost whole width is left out, and so is a change into the last column.
    Which ratios are inverted follows from the kind of the leftmost width and the number of widths, as in
    NFIQ 2: they are not always ridge to valley.
    """
    changes = Changes.of(is_ridge[:, 1:-1] != is_ridge[:, :-2])
    right = np.flatnonzero(changes.number >= _FIRST_WIDTHS)
    block = changes.block[right]
    ratios = changes.width[right] / changes.width[right - 1]
    first = np.argmax(is_ridge[:, 1:] != is_ridge[:, :-1], axis=1)
    starts_with_ridge = is_ridge[np.arange(first.size), first + 1]
    from_right = changes.count[block] - 1 - changes.number[right]
    return np.where(from_right % 2 == starts_with_ridge[block], 1.0 / ratios, ratios)
