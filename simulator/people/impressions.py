"""A finger laid on a sensor's glass: the part it sees, and what water, dryness and a light touch do to it."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.smooth_noise import smooth_noise

GreyImage = NDArray[np.uint8]

PLATE = (288, 256)
_INK_BELOW = 160
_PIXELS_A_MM = 500.0 / 25.4


@dataclass(frozen=True, slots=True)
class Touch:
    """How a finger is laid on; the default shows the finger as it is.

    moisture: 0.0 parched, 0.5 normal, 1.0 dripping. pressure: 0.0 hardly touching, 0.5 normal, 1.0 squashed.
    shift_mm: of the print's centre from the plate's, across and down. rotation_deg: clockwise.
    contrast: 1.0; a print left behind on the glass has about 0.1.
    """

    moisture: float = 0.5
    pressure: float = 0.5
    shift_mm: tuple[float, float] = (0.0, 0.0)
    rotation_deg: float = 0.0
    contrast: float = 1.0


AS_IT_IS = Touch()


def impression(
    finger: GreyImage, rng: np.random.Generator, touch: Touch = AS_IT_IS, plate: tuple[int, int] = PLATE
) -> GreyImage:
    """What the plate sees of `finger`, `plate` uint8 at 500 pixels per inch, 0 = ridge, 255 = bare.

    finger: (rows, columns) uint8 of any size, generated or real. A default touch changes no pixel.
    """
    seen = _laid(finger, touch, plate)
    if touch.pressure < 0.5:
        seen = _light(seen, 1.0 - 2.0 * touch.pressure, rng)
    if wetness := max(2.0 * touch.moisture - 1.0, 0.6 * (2.0 * touch.pressure - 1.0), 0.0):
        seen = _wet(seen, wetness, rng)
    if touch.moisture < 0.5:
        seen = _dry(seen, 1.0 - 2.0 * touch.moisture, rng)
    return (255.0 - touch.contrast * (255.0 - seen)).astype(np.uint8)


def _laid(finger: GreyImage, touch: Touch, plate: tuple[int, int]) -> GreyImage:
    """The part of the finger over the plate; whole pixels unless the finger is turned."""
    across, down = _centre(finger)
    turn = cv2.getRotationMatrix2D((across, down), -touch.rotation_deg, 1.0)
    turn[0, 2] += round(touch.shift_mm[0] * _PIXELS_A_MM) - _begin(across, finger.shape[1], plate[1])
    turn[1, 2] += round(touch.shift_mm[1] * _PIXELS_A_MM) - _begin(down, finger.shape[0], plate[0])
    return cv2.warpAffine(finger, turn, plate[::-1], borderValue=(255,)).astype(np.uint8)


def _begin(centre: float, length: int, seen: int) -> int:
    """First of `seen` places around `centre`, inside `length`; a shorter finger lies in the middle."""
    if length <= seen:
        return -((seen - length) // 2)
    return max(0, min(round(centre - (seen - 1) / 2), length - seen))


def _centre(finger: GreyImage) -> tuple[float, float]:
    """Across and down of the centroid of the inked pixels; the middle where there are none."""
    ink = cv2.moments((finger < _INK_BELOW).astype(np.uint8), binaryImage=True)
    if not ink["m00"]:
        return (finger.shape[1] - 1) / 2, (finger.shape[0] - 1) / 2
    return ink["m10"] / ink["m00"], ink["m01"] / ink["m00"]


def _wet(seen: GreyImage, wetness: float, rng: np.random.Generator) -> GreyImage:
    """Water fills the valleys in patches: first here and there, at last everywhere."""
    ridges_px = 1 + 2 * round(1.0 + 2.0 * wetness)
    flooded = cv2.GaussianBlur(cv2.erode(seen, np.ones((ridges_px, ridges_px))), (0, 0), 1.2)
    share = np.clip(2.0 * wetness - 0.4 + 0.35 * smooth_noise(seen.shape, 50.0, rng), 0.0, 1.0)
    return (seen + share * (flooded.astype(np.float32) - seen)).astype(np.uint8)


def _dry(seen: GreyImage, dryness: float, rng: np.random.Generator) -> GreyImage:
    """Ridges thin out and break where dry skin does not reach the glass."""
    skin = smooth_noise(seen.shape, 3.0, rng) + 0.4 * smooth_noise(seen.shape, 40.0, rng)
    missing = np.clip((skin - 1.5 + 1.9 * dryness) * 3.0, 0.0, 1.0)
    return (seen + missing * (255.0 - seen)).astype(np.uint8)


def _light(seen: GreyImage, lightness: float, rng: np.random.Generator) -> GreyImage:
    """Only the middle of the pad touches."""
    rows, columns = seen.shape
    across, down = _centre(seen)
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    reach = 1.3 - lightness
    distance = np.hypot((x - across) / (0.5 * columns), (y - down) / (0.5 * rows))
    lifted = np.clip((distance + 0.05 * smooth_noise(seen.shape, 8.0, rng) - reach) * 12.0, 0.0, 1.0)
    return (seen + lifted * (255.0 - seen)).astype(np.uint8)
