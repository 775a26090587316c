"""Where a finger comes to lie on the glass, and how its skin stretches there."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

GreyImage = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]  # float32

INK_BELOW = 160
_PIXELS_A_MM = 500.0 / 25.4
_STICKING_PX = (55.0, 70.0)  # halves of the ellipse that sticks to the glass, across and down
_TRANSITION = 1.5  # width of the skin that stretches around it, in the ellipse's size


@dataclass(frozen=True, slots=True)
class Placing:
    """Shift and turn of the whole finger, then of the finger around the skin that sticks; as in Touch."""

    shift_mm: tuple[float, float]
    rotation_deg: float
    drag_mm: tuple[float, float]
    twist_deg: float


def laid(finger: GreyImage, placing: Placing, plate: tuple[int, int]) -> GreyImage:
    """The part of the finger over the plate; whole pixels unless the finger is turned or stretched."""
    turn = _turn(finger, placing, plate)
    if not placing.twist_deg and placing.drag_mm == (0.0, 0.0):
        return cv2.warpAffine(finger, turn, plate[::-1], borderValue=(255,)).astype(np.uint8)
    back = cv2.invertAffineTransform(turn)
    across, down = _unstretched(placing, plate)
    places = [(row[0] * across + row[1] * down + row[2]).astype(np.float32) for row in back]
    seen = cv2.remap(finger, places[0], places[1], cv2.INTER_LINEAR, borderValue=(255,))
    return seen.astype(np.uint8)


def centre_of(print_: GreyImage) -> tuple[float, float]:
    """Across and down of the centroid of the inked pixels; the middle where there are none."""
    ink = cv2.moments((print_ < INK_BELOW).astype(np.uint8), binaryImage=True)
    if not ink["m00"]:
        return (print_.shape[1] - 1) / 2, (print_.shape[0] - 1) / 2
    return ink["m10"] / ink["m00"], ink["m01"] / ink["m00"]


def _turn(finger: GreyImage, placing: Placing, plate: tuple[int, int]) -> NDArray[np.float64]:
    """From the finger's pixels to the plate's."""
    across, down = centre_of(finger)
    turn = cv2.getRotationMatrix2D((across, down), -placing.rotation_deg, 1.0)
    turn[0, 2] += round(placing.shift_mm[0] * _PIXELS_A_MM) - _begin(across, finger.shape[1], plate[1])
    turn[1, 2] += round(placing.shift_mm[1] * _PIXELS_A_MM) - _begin(down, finger.shape[0], plate[0])
    return np.asarray(turn, np.float64)


def _begin(centre: float, length: int, seen: int) -> int:
    """First of `seen` places around `centre`, inside `length`; a shorter finger lies in the middle."""
    if length <= seen:
        return -((seen - length) // 2)
    return max(0, min(round(centre - (seen - 1) / 2), length - seen))


def _unstretched(placing: Placing, plate: tuple[int, int]) -> tuple[Floats, Floats]:
    """Where the skin over each pixel of the plate would lie, had the finger not moved on.

    Source: plastic distortion of Cappelli, Maio and Maltoni (2001): an ellipse of skin sticks, what is
    around it moves with the finger, and the skin between the two stretches along half a cosine.
    """
    down, across = np.mgrid[: plate[0], : plate[1]].astype(np.float32)
    x, y = across - (plate[1] - 1) / 2, down - (plate[0] - 1) / 2
    beyond = np.clip((np.hypot(x / _STICKING_PX[0], y / _STICKING_PX[1]) - 1.0) / _TRANSITION, 0.0, 1.0)
    moves = 0.5 - 0.5 * np.cos(np.pi * beyond)
    cosine, sine = np.cos(np.radians(placing.twist_deg)), np.sin(np.radians(placing.twist_deg))
    drag_px = [way * _PIXELS_A_MM for way in placing.drag_mm]
    shift = (cosine - 1.0) * x - sine * y + drag_px[0], sine * x + (cosine - 1.0) * y + drag_px[1]
    return across - moves * shift[0], down - moves * shift[1]
