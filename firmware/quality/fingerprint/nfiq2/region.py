"""The region of interest: where the finger is, found by blurring away its ridges."""

import cv2
import numpy as np

from firmware.quality.fingerprint.nfiq2.blocks import Mask
from firmware.quality.fingerprint.nfiq2.frame import GreyImage

NAME = "ImgProcROIArea_Mean"
_THICKEN_PX = 5
_WHITE = 255
_NO_REGION_MEAN = 255.0

# Halves of OpenCV's own 8-bit Gaussians of 41 and 91 pixels, in parts of 256 (bit-exact since 4.0). Its
# function takes ten times as long, because it also multiplies by the zeros and knows no symmetry.
_BLUR = (16, 15, 15, 15, 13, 11, 11, 8, 8, 6, 5, 3, 3, 2, 2, 1, 1, 0, 1)
_SMOOTHING = (
    8,
    7,
    7,
    7,
    7,
    7,
    7,
    6,
    6,
    6,
    6,
    5,
    5,
    5,
    5,
    4,
    4,
    3,
    3,
    3,
    3,
    2,
    2,
    2,
    2,
    1,
    2,
    1,
    1,
    1,
    0,
    1,
    1,
    0,
    0,
    1,
    0,
    0,
    0,
    1,
)


def region_features(image: GreyImage, region: Mask) -> dict[str, float]:
    """The mean grey of `image` in `region`."""
    return {NAME: float(image[region].mean()) if region.any() else _NO_REGION_MEAN}


def region_of(image: GreyImage) -> Mask:
    """The one dark area of `image` with the largest bounding box, its holes filled; (rows, columns)."""
    thick = cv2.erode(image, np.ones((_THICKEN_PX, _THICKEN_PX), np.uint8)).astype(np.uint8)
    rough = _otsu(_blurred(thick, _BLUR))
    ground = _otsu(_blurred(rough, _SMOOTHING))
    return _largest(_without_holes(ground) == 0)


def _blurred(image: GreyImage, half: tuple[int, ...]) -> GreyImage:
    """Exactly `cv2.GaussianBlur`: sums of whole numbers below 2^24, rounded once at the end."""
    kernel = np.array((*half[:0:-1], *half), np.float32)
    sums = cv2.sepFilter2D(image, cv2.CV_32F, kernel, kernel)
    return ((sums + 32768.0) * (1.0 / 65536.0)).astype(np.uint8)


def _otsu(image: GreyImage) -> GreyImage:
    return cv2.threshold(image, 0.0, _WHITE, cv2.THRESH_OTSU)[1].astype(np.uint8)


def _without_holes(ground: GreyImage) -> GreyImage:
    """`ground` with every white part black that a black one encloses."""
    contours, hierarchy = cv2.findContours(~ground, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    filled = ground.copy()
    for index in range(len(contours)):
        if hierarchy[0][index][3] != -1:
            cv2.drawContours(filled, contours, index, (0.0,), cv2.FILLED, cv2.LINE_8, hierarchy)
    return filled


def _largest(black: Mask) -> Mask:
    return black if _is_one(black) else _with_largest_box(black)


def _is_one(black: Mask) -> bool:
    """Filling from one black pixel reaches all; much faster than naming the areas."""
    area = black.astype(np.uint8)
    row, column = divmod(int(area.argmax()), area.shape[1])
    return cv2.floodFill(area, None, (column, row), (2.0,), flags=4)[0] == np.count_nonzero(black)


def _with_largest_box(black: Mask) -> Mask:
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(black.astype(np.uint8), connectivity=4)
    if count <= 2:
        return black
    areas = boxes[1:, cv2.CC_STAT_WIDTH] * boxes[1:, cv2.CC_STAT_HEIGHT]
    return np.asarray(labels == 1 + int(areas.argmax()))
