"""Whether a finger was left lying between two exposures."""

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.cells import GreyImage

RIDGES_PX = 5.0  # blurred by so much ridges are gone, and what is left is only where the finger lies
CREEP_PX = 12  # a fingertip creeps while it lies; a finger that is laid on anew is seldom as near as 0.6 mm


def likeness(before: GreyImage, now: GreyImage) -> float:
    """How well the ridges of `now` fit on those of `before` within CREEP_PX, 0 to 1; 0 where nothing lies.

    Both (rows, columns) uint8 of the same size at 500 pixels per inch.
    """
    middle = now[CREEP_PX:-CREEP_PX, CREEP_PX:-CREEP_PX]
    if before.shape != now.shape or not middle.std() or not before.std():
        return 0.0
    fits = cv2.matchTemplate(_ridges(before), _ridges(middle), cv2.TM_CCOEFF_NORMED)
    return float(np.clip(fits.max(), 0.0, 1.0))


def _ridges(image: GreyImage) -> NDArray[np.float32]:
    """What changes faster than the print as a whole: two flooded prints are alike in nothing else."""
    grey = image.astype(np.float32)
    return (grey - cv2.GaussianBlur(grey, (0, 0), RIDGES_PX)).astype(np.float32)
