"""A face turned, scaled and placed as ISO/IEC 29794-5 wants it before light and colour are measured."""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.portrait.colour import luminance_of
from firmware.quality.portrait.detector import Floats, Pixels
from firmware.quality.portrait.features import Features

_SIDE = 616
# Where the eyes, the tip of the nose and the corners of the mouth lie in the aligned picture.
_PLACES = np.array([[251, 272], [364, 272], [308, 336], [262, 402], [355, 402]], np.float32)
_NOSE_TIP = 1
# The outline of the face without the forehead: from temple to temple along the jaw, and the upper edges of
# the brows; the standard's 98 points have the same outline.
_OUTLINE = np.array(
    [
        *(127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152),
        *(377, 400, 378, 379, 365, 397, 288, 361, 323, 454, 356),
        *(70, 63, 105, 66, 107, 336, 296, 334, 293, 300),
    ]
)
_CHEEK_OF_EYE_DISTANCE = 0.3  # side of the square, 7.3.3


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """pixels: (616, 616, 3) uint8 RGB. luminance: (616, 616) linear, 0..1. face: (616, 616), True inside.

    points: (478, 2) the landmarks in its pixels.
    cheeks: the squares half way between an eye and its corner of the mouth, the person's right one first.
    """

    pixels: Pixels = field(repr=False)
    luminance: Floats = field(repr=False)
    face: NDArray[np.bool_] = field(repr=False)
    points: Floats = field(repr=False)
    cheeks: tuple[tuple[slice, slice], tuple[slice, slice]]


def aligned_face(pixels: Pixels, landmarks: Floats, features: Features) -> Aligned | None:
    """From (478, 3) landmarks in pixels of the frame; None when the points say no place."""
    points = np.concatenate([features.eyes, landmarks[None, _NOSE_TIP, :2], features.mouth])
    found, _ = cv2.estimateAffinePartial2D(points, _PLACES, method=cv2.LMEDS)
    turn = np.asarray(found, np.float32)
    if turn.shape != (2, 3):
        return None
    aligned = np.asarray(cv2.warpAffine(pixels, turn, (_SIDE, _SIDE)), np.uint8)
    eyes, mouth = (np.rint(_moved(turn, each)) for each in (features.eyes, features.mouth))
    moved = _moved(turn, landmarks[:, :2])
    return Aligned(
        aligned, luminance_of(aligned), _inside(np.rint(moved[_OUTLINE])), moved, _cheeks(eyes, mouth)
    )


def _moved(turn: Floats, points: Floats) -> Floats:
    return (points @ turn[:, :2].T + turn[:, 2]).astype(np.float32)


def _cheeks(eyes: Floats, mouth: Floats) -> tuple[tuple[slice, slice], tuple[slice, slice]]:
    """From points in whole pixels, as the standard's program has them."""
    side = _CHEEK_OF_EYE_DISTANCE * float(np.hypot(*(eyes[1] - eyes[0])))
    right, left = (eyes + mouth) / 2
    return _square(right, side), _square(left, side)


def _inside(outline: Floats) -> NDArray[np.bool_]:
    mask = np.zeros((_SIDE, _SIDE), np.uint8)
    hull = cv2.convexHull(outline.astype(np.int32))
    return cv2.fillConvexPoly(mask, hull, (1,)).astype(bool)


def _square(centre: Floats, side: float) -> tuple[slice, slice]:
    column, row = (int(np.clip(each - side / 2, 0, _SIDE - 1)) for each in centre)
    return slice(row, row + max(round(side), 1)), slice(column, column + max(round(side), 1))
