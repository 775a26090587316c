"""The near-white frame around a print, which NFIQ 2 removes before it looks."""

import numpy as np
from numpy.typing import NDArray

GreyImage = NDArray[np.uint8]

_LIGHTEST_MEAN = 250.0  # NFIQ 2: a row or column above it belongs to the frame


def inside_near_white_frame(image: GreyImage) -> tuple[slice, slice]:
    """The rows and columns of `image`, (rows, columns) uint8, inside its near-white frame.

    An image that is frame throughout stays whole.
    """
    return _inside(image.mean(axis=1)), _inside(image.mean(axis=0))


def _inside(means: NDArray[np.float64]) -> slice:
    dark = np.flatnonzero(means <= _LIGHTEST_MEAN)
    if dark.size == 0:
        return slice(0, means.size)
    return slice(int(dark[0]), int(dark[-1]) + 1)
