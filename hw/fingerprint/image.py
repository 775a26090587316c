"""What a fingerprint sensor delivers."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class FingerImage:
    """One impression.

    pixels: (rows, columns) uint8, read-only, 0 = ridge, 255 = bare plate.
    grey_levels: how many of the 256 values the device can deliver.
    """

    pixels: NDArray[np.uint8] = field(repr=False)
    pixels_per_inch: int
    grey_levels: int
