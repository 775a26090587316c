"""Putting cut-out pictures before a camera."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.master import PortraitMaster
from simulator.people.pose import Pose

Pixels = NDArray[np.uint8]
Matrix = NDArray[np.float64]

FOCAL_SHARE = 1.2  # focal length in lengths of the frame's longer side
EYE_LINE = 0.42  # of the frame's height, for a person who does not stand off the middle
BLUR_A_DIOPTRE = 1.0 / 1280.0  # deviation, of the longer side: a lens of 4.74 mm at f/1.8, a disc's width / 4
SHARPEST_PX = 0.3  # less blur does not show


def focal_px(shape: tuple[int, int]) -> float:
    """Focal length of a camera with frames of (rows, columns)."""
    return FOCAL_SHARE * max(shape)


def placed(
    master: PortraitMaster, pose: Pose, size: tuple[int, int], focal: float, margin_px: int = 0
) -> Pixels:
    """The person in a frame of `size`, (rows, columns, 4) uint8 as in the master.

    focal: of the camera, in pixels. margin_px: of the frame that lies beyond the camera's on each side.
    """
    view = _placement(master, pose, size, focal, margin_px)
    border = cv2.BORDER_REPLICATE
    warped = cv2.warpAffine(master.picture, view, size[::-1], flags=cv2.INTER_LINEAR, borderMode=border)
    return np.asarray(warped, np.uint8)


def over(below: Pixels, layer: Pixels) -> Pixels:
    """A layer, (rows, columns, 4) multiplied by its opacity, over a picture, (rows, columns, 3)."""
    colour, opacity = cv2.cvtColor(layer, cv2.COLOR_RGBA2RGB), layer[:, :, 3]
    shows = cv2.cvtColor(cv2.bitwise_not(opacity), cv2.COLOR_GRAY2RGB)
    return np.asarray(cv2.add(colour, cv2.multiply(below, shows, scale=1.0 / 255.0)), np.uint8)


def blur_of_lens(lens_dioptres: float, distance_m: float, shape: tuple[int, int]) -> float:
    """Standard deviation, in pixels, of what lies out of focus; in quarters, 0 where nobody would see it."""
    blur_px = BLUR_A_DIOPTRE * max(shape) * abs(lens_dioptres - 1.0 / distance_m)
    return round(4.0 * blur_px) / 4.0 if blur_px > SHARPEST_PX else 0.0


def blurred(layer: Pixels, sigma_px: float, smear_px: tuple[int, int] = (0, 0)) -> Pixels:
    """A layer out of focus, or smeared by its motion to the right and down while it was exposed."""
    if sigma_px > 0.0:
        layer = np.asarray(cv2.GaussianBlur(layer, (0, 0), sigma_px), np.uint8)
    length = max(map(abs, smear_px))
    if length > 1:
        layer = np.asarray(cv2.filter2D(layer, -1, _stroke(smear_px, length)), np.uint8)
    return layer


def _stroke(smear_px: tuple[int, int], length: int) -> NDArray[np.float32]:
    """A straight line of that motion, sum 1."""
    stroke = np.zeros((length + 1, length + 1), np.uint8)
    middle = length / 2.0
    half = smear_px[0] / 2.0, smear_px[1] / 2.0
    ends = [(round(middle + sign * half[0]), round(middle + sign * half[1])) for sign in (-1, 1)]
    cv2.line(stroke, ends[0], ends[1], (1,))
    return (stroke / stroke.sum()).astype(np.float32)


def _placement(
    master: PortraitMaster, pose: Pose, size: tuple[int, int], focal: float, margin_px: int
) -> Matrix:
    """From the master's columns and rows to the frame's: (2, 3)."""
    px_per_m = focal / pose.distance_m
    turn = cv2.getRotationMatrix2D(master.between_eyes, -pose.roll_deg, px_per_m / master.pixels_per_m)
    rows, columns = size
    target = (
        0.5 * columns + pose.shift[0] * px_per_m,
        margin_px + EYE_LINE * (rows - 2 * margin_px) + pose.shift[1] * px_per_m,
    )
    turn[:, 2] += np.subtract(target, master.between_eyes)
    return np.asarray(turn, np.float64)
