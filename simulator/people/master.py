"""A person as cut out of a picture, ready to be put before a camera."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class PortraitMaster:
    """One person in one pose, upright; roll, shift and distance are left to the camera.

    picture: read-only (rows, columns, 4) uint8: RGB already multiplied by opacity, and opacity, 255 = solid.
    between_eyes: column and row. pixels_per_m: at the distance of the eyes.
    """

    picture: NDArray[np.uint8] = field(repr=False)
    between_eyes: tuple[float, float]
    pixels_per_m: float
