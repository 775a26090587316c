"""Whether a finger was left lying between two exposures."""

import cv2
import numpy as np

from firmware.quality.fingerprint.cells import GreyImage

CREEP_PX = 12  # a fingertip creeps while it lies; a finger that is laid on anew is seldom as near as 0.6 mm


def likeness(before: GreyImage, now: GreyImage) -> float:
    """How well `now` fits on `before` within CREEP_PX, 0 to 1; 0 where nothing lies on either.

    Both (rows, columns) uint8 of the same size at 500 pixels per inch.
    """
    middle = now[CREEP_PX:-CREEP_PX, CREEP_PX:-CREEP_PX]
    if before.shape != now.shape or not middle.std() or not before.std():
        return 0.0
    fits = cv2.matchTemplate(before, middle, cv2.TM_CCOEFF_NORMED)
    return float(np.clip(fits.max(), 0.0, 1.0))
