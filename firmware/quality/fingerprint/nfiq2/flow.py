"""Orientation flow (OF): how smoothly the ridges' direction goes from block to block."""

import math

import numpy as np

from firmware.quality.fingerprint.nfiq2.blocks import Grid, Mask
from firmware.quality.fingerprint.nfiq2.histogram import histogram_features

MEASURE = "OF"
_LIMITS = (1.715e-2, 3.5e-2, 5.57e-2, 8.1e-2, 1.15e-1, 1.718e-1, 2.569e-1, 4.758e-1, 7.48e-1)
_LEAST_CHANGE = math.radians(4.0)
_CHANGE_RANGE = math.radians(90.0 - 4.0)


def flow_features(angles: Grid, mask: Mask) -> dict[str, float]:
    """Of the angles of all inner blocks, and which of them show ridges, (block rows, block columns)."""
    return histogram_features(MEASURE, _LIMITS, flow(angles, mask))


def flow(angles: Grid, mask: Mask) -> Grid:
    """Mean change to the eight neighbours, less four degrees, in parts of 86; where all nine are in `mask`.

    Changes up to four degrees are left out. Angles are compared as numbers, as NFIQ 2 does, not on a circle.
    """
    if min(angles.shape) < 3:
        return np.zeros(0)
    around = np.lib.stride_tricks.sliding_window_view(angles, (3, 3))
    change = np.abs(around - around[:, :, 1:2, 1:2]).sum(axis=(2, 3)) / 8.0
    whole = np.lib.stride_tricks.sliding_window_view(mask, (3, 3)).all(axis=(2, 3))
    return (change[whole & (change > _LEAST_CHANGE)] - _LEAST_CHANGE) / _CHANGE_RANGE
