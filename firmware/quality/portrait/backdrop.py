"""What is behind the person, or the scene without one: its light, its colour, how plain it is."""

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.portrait.colour import darkest_colour, lab_of, luminance_of
from firmware.quality.portrait.detector import Floats, Pixels
from firmware.quality.portrait.patch import shrunk

_ROWS = 354  # of the aligned picture in which ISO/IEC 29794-5 7.3.2 takes the gradient
_PERSON_FROM = 0.1  # how surely a pixel is a person's to be left out; the rest is certain backdrop
_MARGIN_PX = 9  # of the small picture, kept clear of the person: hair and soft edges
_CLIPPED_FROM = 250
_LEAST_SHARE = 0.05  # of the frame; less backdrop than this says nothing
Mask = NDArray[np.bool_]


def backdrop_of(pixels: Pixels, person: Floats | None = None) -> dict[str, float]:
    """Values of everything that is not a person; none of them when hardly anything is.

    pixels: (rows, columns, 3) uint8 RGB. person: (256, 256) how surely a person, None where there is none.

    luminance: linear 0..1, median. difference: of the left and the right half, as a share of the brighter
    one's. cast: distance from grey in CIELAB. gradient: mean of Sobel on linear luminance 0..255. spread:
    standard deviation of L*. clipped: share at the end of the camera's scale.
    """
    rows, columns = pixels.shape[:2]
    size = round(columns * _ROWS / rows), _ROWS
    small = shrunk(pixels, size)
    mask = _mask(person, size)
    if mask.mean() < _LEAST_SHARE:
        return {}
    luminance, lab = luminance_of(small), lab_of(small)
    green_red, blue_yellow = np.median(lab[mask][:, 1:], axis=0)
    return {
        "luminance": float(np.median(luminance[mask])),
        "difference": _difference(luminance, mask),
        "cast": float(np.hypot(green_red, blue_yellow)),
        "gradient": _gradient(luminance, mask),
        "spread": float(lab[:, :, 0][mask].std()),
        "clipped": float((darkest_colour(small)[mask] >= _CLIPPED_FROM).mean()),
    }


def _mask(person: Floats | None, size: tuple[int, int]) -> Mask:
    if person is None:
        return np.ones(size[::-1], np.bool_)
    surely = (cv2.resize(person, size, interpolation=cv2.INTER_LINEAR) > _PERSON_FROM).astype(np.uint8)
    kernel = np.ones((_MARGIN_PX, _MARGIN_PX), np.uint8)
    return cv2.dilate(surely, kernel) == 0


def _difference(luminance: Floats, mask: Mask) -> float:
    middle = luminance.shape[1] // 2
    left, right = luminance[:, :middle][mask[:, :middle]], luminance[:, middle:][mask[:, middle:]]
    if not left.size or not right.size:
        return 0.0
    means = float(left.mean()), float(right.mean())
    return abs(means[0] - means[1]) / max(*means, 1e-6)


def _gradient(luminance: Floats, mask: Mask) -> float:
    scaled = luminance * 255
    across, down = (cv2.Sobel(scaled, cv2.CV_32F, *order) for order in ((1, 0), (0, 1)))
    return float(cv2.magnitude(across, down)[mask].mean())
