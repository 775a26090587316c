"""The iris unrolled between pupil and limbus, so that it looks the same however wide the pupil is."""

from dataclasses import dataclass, field

import cv2
import numpy as np

from firmware.quality.iris.geometry import Floats, GreyImage, Mask, directions
from firmware.quality.iris.ranks import median
from firmware.quality.iris.segmentation import Segmentation
from firmware.quality.iris.zones import RIM, SATURATED

ROWS, COLUMNS = 64, 512  # from the pupil outwards, and once around from +x towards +y
FOREIGN = 3.5  # spreads from the grey of the iris' sides
LEAST_FOREIGN = 30.0
GROWN = (5, 9)  # rows and columns around something foreign that are left out


@dataclass(frozen=True, slots=True, eq=False)
class Unrolled:
    """Personal data. grey: (ROWS, COLUMNS) float32. seen: the same shape, False under lids, lashes, lamps."""

    grey: Floats = field(repr=False)
    seen: Mask = field(repr=False)


def unroll(image: GreyImage, eye: Segmentation) -> Unrolled:
    """Stretch the ring between the two ellipses to a rectangle. image: (rows, columns) uint8."""
    cosine, sine = directions(COLUMNS)
    share = ((np.arange(ROWS, dtype=np.float32) + 0.5) / np.float32(ROWS))[:, None]
    inner, outer = eye.pupil.edge(cosine, sine), eye.iris.edge(cosine, sine)
    x = (1 - share) * (eye.pupil.x + inner * cosine) + share * (eye.iris.x + outer * cosine)
    y = (1 - share) * (eye.pupil.y + inner * sine) + share * (eye.iris.y + outer * sine)
    x, y = x.astype(np.float32), y.astype(np.float32)
    grey = cv2.remap(image, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT).astype(np.float32)
    return Unrolled(grey, _seen(grey, eye.between_lids(x, y), share))


def _seen(grey: Floats, between: Mask, share: Floats) -> Mask:
    """Iris: neither lid nor far from the grey of what lies around it; the shade of a lid is no reason."""
    if not between.any():
        return between
    middle = np.float32(median(grey[between]))
    spread = 1.48 * median(np.abs(grey[between] - middle))
    beside = grey - middle
    limit = max(FOREIGN * float(spread), LEAST_FOREIGN)
    foreign = (beside < -limit) | ((beside > limit) & (share < RIM)) | (grey >= SATURATED) | ~between
    around = np.concatenate((foreign[:, -GROWN[1] :], foreign, foreign[:, : GROWN[1]]), axis=1)
    grown = cv2.dilate(around.astype(np.uint8), np.ones(GROWN, np.uint8))[:, GROWN[1] : -GROWN[1]]
    return grown == 0
