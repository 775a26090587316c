"""A printed photograph held before the camera, or mounted there: it turns as paper does."""

import functools
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np

from simulator.people.layers import EYE_LINE, Matrix, Pixels, over, placed
from simulator.people.master import PortraitMaster
from simulator.people.pose import Pose

PX_PER_M = 2048.0
PAPER, INK_LIGHT, INK_DEEP = 242, 0.94, 14  # sRGB of bare paper; what a printer makes of white and of black
INK_BLUR_PX = 0.4
OPAQUE = 255


class Paper(StrEnum):
    """HELD: a sheet of A4 in somebody's hand. MOUNTED: a poster whose edges the camera does not see."""

    HELD = "held"
    MOUNTED = "mounted"


@dataclass(frozen=True, slots=True)
class Sheet:
    """width_m, height_m: of the paper. size: of the face on it, 1.0 = life. eye_line: of the height."""

    width_m: float
    height_m: float
    size: float
    eye_line: float


SHEETS = {Paper.HELD: Sheet(0.210, 0.297, 0.80, 0.44), Paper.MOUNTED: Sheet(0.594, 0.841, 1.0, 0.42)}


@functools.lru_cache(4)
def printed(master: PortraitMaster, paper: Paper) -> Pixels:
    """The print: read-only (rows, columns, 4) uint8, opaque; a person before white, printed."""
    sheet = SHEETS[paper]
    rows, columns = round(sheet.height_m * PX_PER_M), round(sheet.width_m * PX_PER_M)
    picture = np.full((rows, columns, 3), PAPER, np.uint8)
    down_m = (sheet.eye_line - EYE_LINE) * sheet.height_m / sheet.size
    pose = Pose(distance_m=1.0, shift=(0.0, down_m))
    picture = over(picture, placed(master, pose, (rows, columns), sheet.size * PX_PER_M))
    inked = INK_DEEP + picture.astype(np.float32) * np.float32(INK_LIGHT - INK_DEEP / 255.0)
    inked = cv2.GaussianBlur(inked, (0, 0), INK_BLUR_PX)
    opaque = np.full((rows, columns), OPAQUE, np.uint8)
    sheet_of = np.dstack([np.clip(inked, 0, 255).astype(np.uint8), opaque])
    sheet_of.flags.writeable = False
    return sheet_of


def turned(
    print_: Pixels, paper: Paper, pose: Pose, size: tuple[int, int], focal: float, margin_px: int
) -> Pixels:
    """The print in a frame of `size`, turned as the pose says: (rows, columns, 4) uint8; as layers.placed."""
    view = _view(SHEETS[paper], pose, size, focal, margin_px)
    return np.asarray(cv2.warpPerspective(print_, view, size[::-1], flags=cv2.INTER_LINEAR), np.uint8)


def _view(sheet: Sheet, pose: Pose, size: tuple[int, int], focal: float, margin_px: int) -> Matrix:
    """From the print's columns and rows to the frame's: (3, 3)."""
    rows, columns = size
    turn = _rotation(pose)
    on_sheet = np.asarray(
        [
            [1.0 / PX_PER_M, 0.0, -0.5 * sheet.width_m],
            [0.0, 1.0 / PX_PER_M, -sheet.eye_line * sheet.height_m],
            [0.0, 0.0, 1.0],
        ]
    )
    held = np.column_stack([turn[:, 0], turn[:, 1], (*pose.shift, pose.distance_m)])
    middle = 0.5 * columns, margin_px + EYE_LINE * (rows - 2 * margin_px)
    lens = np.asarray([[focal, 0.0, middle[0]], [0.0, focal, middle[1]], [0.0, 0.0, 1.0]])
    return np.asarray(lens @ held @ on_sheet, np.float64)


def _rotation(pose: Pose) -> Matrix:
    """Turned to the side, leaned, and tilted: (3, 3)."""
    angles = ([-pose.pitch_deg, 0.0, 0.0], [0.0, -pose.yaw_deg, 0.0], [0.0, 0.0, pose.roll_deg])
    lean, aside, tilt = map(_about, angles)
    return tilt @ aside @ lean


def _about(angles_deg: list[float]) -> Matrix:
    return np.asarray(cv2.Rodrigues(np.radians(angles_deg)[:, None])[0], np.float64)
