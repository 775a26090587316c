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


def focal_px(shape: tuple[int, int]) -> float:
    """Focal length of a camera with frames of (rows, columns)."""
    return FOCAL_SHARE * max(shape)


def placed(master: PortraitMaster, pose: Pose, shape: tuple[int, int], sway_px: int) -> Pixels:
    """The person in a frame, (rows, columns, 4) uint8 as in the master; sway_px: to the right."""
    return np.asarray(
        cv2.warpAffine(
            master.picture,
            _placement(master, pose, shape, sway_px),
            (shape[1], shape[0]),
            flags=cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )


def over(below: Pixels, layer: Pixels) -> Pixels:
    """A layer, (rows, columns, 4) multiplied by its opacity, over a picture, (rows, columns, 3)."""
    colour, opacity = cv2.cvtColor(layer, cv2.COLOR_RGBA2RGB), layer[:, :, 3]
    shows = cv2.cvtColor(cv2.bitwise_not(opacity), cv2.COLOR_GRAY2RGB)
    return np.asarray(cv2.add(colour, cv2.multiply(below, shows, scale=1.0 / 255.0)), np.uint8)


def _placement(master: PortraitMaster, pose: Pose, shape: tuple[int, int], sway_px: int) -> Matrix:
    """From the master's columns and rows to the frame's: (2, 3)."""
    px_per_m = focal_px(shape) / pose.distance_m
    turn = cv2.getRotationMatrix2D(master.between_eyes, -pose.roll_deg, px_per_m / master.pixels_per_m)
    rows, columns = shape
    target = (
        0.5 * columns + pose.shift[0] * px_per_m + sway_px,
        EYE_LINE * rows + pose.shift[1] * px_per_m,
    )
    turn[:, 2] += np.subtract(target, master.between_eyes)
    return np.asarray(turn, np.float64)
