"""Medians and quantiles, many times faster than numpy's own for the few values that an eye's edges have."""

import numpy as np
from numpy.typing import NDArray

from firmware.quality.iris.geometry import Floats, GreyImage


def quantile(values: Floats | GreyImage, share: float) -> float:
    """What that share of the values, 0..1, does not exceed, between neighbours in proportion; nan of none."""
    if values.size == 0:
        return float("nan")
    at = share * (values.size - 1)
    below = int(at)
    above = min(below + 1, values.size - 1)
    ordered = np.partition(values.ravel(), (below, above))
    low, high = float(ordered[below]), float(ordered[above])
    return low + (at - below) * (high - low)


def median(values: Floats | GreyImage) -> float:
    """The middle of the values; nan of none."""
    return quantile(values, 0.5)


def median_grey(greys: GreyImage) -> float:
    """The (lower) median of many grey levels in a row, 0 of none."""
    reached: NDArray[np.intp] = np.cumsum(np.bincount(greys, minlength=256))
    return float(np.count_nonzero(2 * reached < reached[-1]))
