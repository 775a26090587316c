"""How NFIQ 2 sums up the local values of one measure: ten bins, mean and standard deviation."""

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
Limits = tuple[float, ...]

BINS = 10


def histogram_names(measure: str) -> tuple[str, ...]:
    """The names of the twelve features of `measure`, in NFIQ 2's order."""
    return (
        *(f"{measure}_Bin10_{index}" for index in range(BINS)),
        f"{measure}_Bin10_Mean",
        f"{measure}_Bin10_StdDev",
    )


def histogram_features(measure: str, limits: Limits, values: Values) -> dict[str, float]:
    """The twelve features of `values`; one on a limit falls above it. Without values all are 0."""
    counts = np.bincount(np.searchsorted(limits, values, side="right"), minlength=BINS)
    mean, spread = (float(values.mean()), float(values.std())) if values.size else (0.0, 0.0)
    return dict(zip(histogram_names(measure), (*counts.astype(float).tolist(), mean, spread), strict=True))
