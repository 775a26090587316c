"""Which pixel around an eye belongs to what."""

from dataclasses import dataclass

import cv2
import numpy as np

from firmware.quality.iris.geometry import Circle, GreyImage, Mask
from firmware.quality.iris.ranks import median_grey
from firmware.quality.iris.segmentation import Segmentation

SATURATED = 250  # grey; what JPEG leaves of 255
FOREIGN = 4.0  # spreads from the iris' median grey: lash, glint, skin
LEAST_FOREIGN = 35.0  # grey levels
LASH_EDGE = (3, 3)  # px: what a lash blurs
RIM = 0.93  # of the radius: beyond it the limbus is soft, and brightness is no sign of anything foreign


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """The eye cut out of its image, and which pixel belongs to what.

    grey: (rows, columns) uint8. The masks have its shape. pupil: within 0.8 of its radius. iris: the whole
    ring, seen or not; bare: the part between the lids; usable: of that, what shows iris; inner and outer:
    halves of that, as 6.2.3 and 6.2.2 want them; sclera: beside the limbus, between the lids.
    """

    grey: GreyImage
    pupil: Mask
    iris: Mask
    bare: Mask
    usable: Mask
    inner: Mask
    outer: Mask
    sclera: Mask


def zones(image: GreyImage, eye: Segmentation) -> Zones:
    """Cut the eye with 1.25 iris radii around its centre out of the image."""
    grey, left, top = _cut(image, eye.iris.circle)
    x = np.arange(left, left + grey.shape[1], dtype=np.float32)[None, :]
    y = np.arange(top, top + grey.shape[0], dtype=np.float32)[:, None]
    out, core = eye.iris.reach(x, y), eye.pupil.reach(x, y)
    iris = (out <= 1) & (core > 1)
    between = eye.between_lids(x, y)
    lateral = np.abs(y - eye.iris.y) < 0.5 * np.abs(x - eye.iris.x)
    sclera = (out > 1.1) & (out < 1.2) & lateral & between
    dark, bright = _foreign(grey, iris & between & lateral)
    dark = cv2.dilate(dark.astype(np.uint8), np.ones(LASH_EDGE, np.uint8)) > 0
    foreign = dark | (bright & (out < RIM)) | (grey >= SATURATED)
    usable = iris & between & ~foreign
    ratio = np.float32(eye.pupil.r / eye.iris.r)
    inner = usable & (core > 1.1) & (core < (1 + 1 / ratio) / 2)
    outer = usable & (out > (1 + ratio) / 2) & (out < 0.9)
    return Zones(grey, core < 0.8, iris, iris & between, usable, inner, outer, sclera & ~dark)


def _cut(image: GreyImage, iris: Circle) -> tuple[GreyImage, int, int]:
    rows, columns = image.shape
    left, right = (int(np.clip(iris.x + side * 1.25 * iris.r, 0, columns)) for side in (-1, 1))
    top, bottom = (int(np.clip(iris.y + side * 1.25 * iris.r, 0, rows)) for side in (-1, 1))
    return image[top:bottom, left:right], left, top


def _foreign(grey: GreyImage, sample: Mask) -> tuple[Mask, Mask]:
    """Pixels much darker and much brighter than the iris' sides: lashes, and glints or skin."""
    if not sample.any():
        return np.ones_like(sample), np.ones_like(sample)
    middle = median_grey(grey[sample])
    spread = 1.48 * median_grey(np.abs(grey[sample] - np.int16(middle)).astype(np.uint8))
    beside = grey - np.float32(middle)
    limit = max(FOREIGN * spread, LEAST_FOREIGN)
    return beside < -limit, beside > limit
