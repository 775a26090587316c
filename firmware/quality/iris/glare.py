"""What a picture in which no eye is found shows all the same: spectacles that mirror, lashes, half an eye."""

import cv2
import numpy as np

from firmware.quality.iris.geometry import Circle, GreyImage, Mask, is_strip, resized
from firmware.quality.iris.ranks import median

COLUMNS = 160
WHITE = 250
SOLID = 254  # a mirrored lamp is far beyond white; noise leaves darker pixels in skin that is just too bright
SHARES = (0.002, 0.1)  # of the picture: glints are smaller, skin that is too bright is larger
BRIGHTEST_AROUND = 195.0  # grey: glare lies over the eye, skin that shines among bright skin
WASHED_OUT = 0.65  # of the picture; 0.1 to 0.2 in good pictures of real eyes
LASH_SHARES, LASH_DARKNESS, LIT = (0.004, 0.25), 0.5, 60.0  # of the picture, of its middle grey, grey
SIDE, SIDE_SHARE = 8, 0.1  # columns at 160, and how much of them a pupil that is half outside darkens
LEAST_FILL = 0.4  # of the patch's upright box; an ellipse fills 0.79, two that touch less


def mirrors(image: GreyImage) -> list[Circle]:
    """The patches of glare in the picture, each as large as it is. image: (rows, columns) uint8.

    Limits: a bright spot of that size on the skin passes for glare, so ask only where no eye is clearly seen
    or something lies over it.
    """
    if min(image.shape) < 2 or is_strip(image):
        return []
    factor = COLUMNS / image.shape[1]
    small = resized(image, factor)
    solid = resized((image >= SOLID).astype(np.uint8) * np.uint8(255), factor) >= WHITE
    _, labels, patches, middles = cv2.connectedComponentsWithStats(solid.astype(np.uint8))
    shares = patches[:, cv2.CC_STAT_AREA] / small.size
    boxes = patches[:, cv2.CC_STAT_WIDTH] * patches[:, cv2.CC_STAT_HEIGHT]
    fills = patches[:, cv2.CC_STAT_AREA] / np.maximum(boxes, 1)
    compact = np.flatnonzero((shares > SHARES[0]) & (shares < SHARES[1]) & (fills > LEAST_FILL))
    return [
        Circle(float(x), float(y), float(np.sqrt(patches[patch, cv2.CC_STAT_AREA] / np.pi))).scaled(
            1 / factor
        )
        for patch, (x, y) in zip(compact, middles[compact], strict=True)
        if patch > 0 and _stands_out(small, labels == patch)
    ]


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
    if min(image.shape) < 2 or is_strip(image):
        return False
    small = resized(image, COLUMNS / image.shape[1])
    middle = median(small)
    share = float((small < LASH_DARKNESS * middle).mean())
    return middle > LIT and LASH_SHARES[0] < share < LASH_SHARES[1]


def is_at_side(image: GreyImage) -> bool:
    """Whether something dark and large is cut off by the picture's left or right edge."""
    if min(image.shape) < 2 or is_strip(image):
        return False
    small = resized(image, COLUMNS / image.shape[1])
    dark = small < LASH_DARKNESS * median(small)
    return max(float(dark[:, :SIDE].mean()), float(dark[:, -SIDE:].mean())) > SIDE_SHARE
