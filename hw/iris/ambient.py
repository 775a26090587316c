"""What of a lit frame is our light: the ambient light of dark frames taken away. Pure."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

SATURATED = 255


def without_ambient(
    lit: NDArray[np.uint8], dark: Sequence[NDArray[np.uint8]], exposure_ratio: float = 1.0
) -> NDArray[np.uint8]:
    """A lit frame less the mean of the dark ones; (rows, columns) uint8, read-only; unchanged without any.

    exposure_ratio: exposure of the lit frame by that of the dark ones. What was saturated stays so, since
    nobody knows how bright it was; where light and ambient differ by motion, the difference ends at 0.
    """
    if not dark:
        return lit
    total = np.zeros(lit.shape, np.float32)
    for frame in dark:
        total += frame
    ambient = total * np.float32(exposure_ratio / len(dark))
    rest = np.clip(np.rint(lit - ambient), 0, SATURATED).astype(np.uint8)
    rest[lit == SATURATED] = SATURATED
    rest.setflags(write=False)
    return rest
