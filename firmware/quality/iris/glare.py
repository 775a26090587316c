"""What a picture in which no eye is found shows all the same: spectacles that mirror the lamps, or lashes."""

import cv2
import numpy as np

from firmware.quality.iris.geometry import GreyImage, Mask, resized
from firmware.quality.iris.ranks import median

COLUMNS = 160
WHITE = 250
SHARES = (0.002, 0.1)  # of the picture: glints are smaller, skin that is too bright is larger
BRIGHTEST_AROUND = 175.0  # grey: glare lies over the eye, skin that shines among bright skin
WASHED_OUT = 0.65  # of the picture; 0.1 to 0.2 in good pictures of real eyes
LASH_SHARES, LASH_DARKNESS, LIT = (0.004, 0.25), 0.5, 60.0  # of the picture, of its middle grey, grey
LEAST_FILL = 0.5  # of the patch's upright box; an ellipse fills 0.79


def is_mirroring(image: GreyImage) -> bool:
    """Whether a patch of glare is in the picture. image: (rows, columns) uint8.

    Limits: a bright spot of that size on the skin passes for glare, so ask only where no eye is clearly seen.
    """
    if min(image.shape) < 2:
        return False
    small = resized(image, COLUMNS / image.shape[1])
    _, labels, patches, _ = cv2.connectedComponentsWithStats((small >= WHITE).astype(np.uint8))
    shares = patches[:, cv2.CC_STAT_AREA] / small.size
    boxes = patches[:, cv2.CC_STAT_WIDTH] * patches[:, cv2.CC_STAT_HEIGHT]
    fills = patches[:, cv2.CC_STAT_AREA] / boxes
    compact = np.flatnonzero((shares > SHARES[0]) & (shares < SHARES[1]) & (fills > LEAST_FILL))
    return any(_stands_out(small, labels == patch) for patch in compact[compact > 0])


def _stands_out(small: GreyImage, patch: Mask) -> bool:
    """Whether it is much darker around the patch: skin that is too bright shades off, glare ends."""
    near, far = (cv2.dilate(patch.astype(np.uint8), np.ones((size, size), np.uint8)) > 0 for size in (3, 7))
    return median(small[far & ~near]) < BRIGHTEST_AROUND


def is_washed_out(image: GreyImage) -> bool:
    """Whether most of the picture is white: too near the lamps."""
    return image.size > 0 and float((image >= WHITE).mean()) > WASHED_OUT


def shows_lashes(image: GreyImage) -> bool:
    """Whether something narrow and dark lies on something bright. image: (rows, columns) uint8.

    Limits: a brow passes for lashes.
    """
    if min(image.shape) < 2:
        return False
    small = resized(image, COLUMNS / image.shape[1])
    middle = median(small)
    share = float((small < LASH_DARKNESS * middle).mean())
    return middle > LIT and LASH_SHARES[0] < share < LASH_SHARES[1]
