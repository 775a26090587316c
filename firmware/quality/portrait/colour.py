"""Light and colour behind the numbers of an sRGB picture."""

import cv2
import numpy as np

from firmware.quality.portrait.detector import Floats, Pixels

_RED_GREEN_BLUE_OF_LUMINANCE = np.array([[0.2126, 0.7152, 0.0722]], np.float32)  # ITU-R BT.709


def _linear_of_srgb() -> Floats:
    """(256,) the light 0..1 behind each sRGB value, IEC 61966-2-1."""
    value = np.arange(256) / 255.0
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


_LINEAR = _linear_of_srgb()


def linear_of(pixels: Pixels) -> Floats:
    """The light 0..1 of each colour, in the shape of `pixels`."""
    return np.asarray(cv2.LUT(np.ascontiguousarray(pixels), _LINEAR), np.float32)


def luminance_of(pixels: Pixels) -> Floats:
    """(rows, columns) linear luminance 0..1 of (rows, columns, 3) uint8 RGB."""
    return np.asarray(cv2.transform(linear_of(pixels), _RED_GREEN_BLUE_OF_LUMINANCE), np.float32)


def lab_of(pixels: Pixels) -> Floats:
    """(rows, columns, 3) CIELAB under D65: L* 0..100, a*, b*."""
    return np.asarray(cv2.cvtColor(pixels.astype(np.float32) / 255.0, cv2.COLOR_RGB2LAB), np.float32)


def darkest_colour(pixels: Pixels) -> Pixels:
    """(rows, columns) the least of the three; twenty times as fast as numpy's minimum over the last axis."""
    return np.minimum(np.minimum(pixels[:, :, 0], pixels[:, :, 1]), pixels[:, :, 2])


def brightest_colour(pixels: Pixels) -> Pixels:
    """(rows, columns) the greatest of the three."""
    return np.maximum(np.maximum(pixels[:, :, 0], pixels[:, :, 1]), pixels[:, :, 2])
