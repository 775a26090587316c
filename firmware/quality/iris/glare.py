"""Whether spectacles mirror the lamps: compact patches of full white, larger than a glint on the eye."""

import cv2
import numpy as np

from firmware.quality.iris.geometry import GreyImage, resized

COLUMNS = 160
WHITE = 250
SHARES = (0.002, 0.1)  # of the picture: glints are smaller, skin that is too bright is larger
LEAST_FILL = 0.5  # of the patch's upright box; an ellipse fills 0.79


def is_mirroring(image: GreyImage) -> bool:
    """Whether a patch of glare is in the picture. image: (rows, columns) uint8.

    Limits: a bright spot of that size on the skin passes for glare, so ask only where no eye is clearly seen.
    """
    if min(image.shape) < 2:
        return False
    small = resized(image, COLUMNS / image.shape[1])
    _, _, patches, _ = cv2.connectedComponentsWithStats((small >= WHITE).astype(np.uint8))
    shares = patches[1:, cv2.CC_STAT_AREA] / small.size
    boxes = patches[1:, cv2.CC_STAT_WIDTH] * patches[1:, cv2.CC_STAT_HEIGHT]
    fills = patches[1:, cv2.CC_STAT_AREA] / boxes
    return bool(((shares > SHARES[0]) & (shares < SHARES[1]) & (fills > LEAST_FILL)).any())
