"""What a fingerprint sensor delivers, and who watches it arrive."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

Progress = Callable[[float], None]
"""Is told the share of an image that has arrived, 0 to 1; begins again with each repetition."""

GoesOn = Callable[[NDArray[np.uint8]], bool]
"""Is shown the rows that have arrived, (rows so far, columns) uint8; says whether the rest is worth it."""


class Extraction(Enum):
    """What the sensor's own search for features in its image came to."""

    FOUND = auto()
    MESSY = auto()
    TOO_FEW = auto()
    NO_IMAGE = auto()


@dataclass(frozen=True, slots=True, eq=False)
class FingerImage:
    """One impression.

    pixels: (rows, columns) uint8, read-only, 0 = ridge, 255 = bare plate.
    grey_levels: how many of the 256 values the device can deliver.
    """

    pixels: NDArray[np.uint8] = field(repr=False)
    pixels_per_inch: int
    grey_levels: int


def unwatched(share: float) -> None:
    """A `Progress` for nobody."""
    del share


def always(rows: NDArray[np.uint8]) -> bool:
    """A `GoesOn` that wants every image to its end."""
    del rows
    return True
