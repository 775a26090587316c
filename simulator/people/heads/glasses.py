"""Dark glasses, drawn over a finished picture."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.heads.mesh import Floats

DARK = (18, 17, 16, 255)
LENS_WIDTH, LENS_HEIGHT = 0.40, 0.30  # half of a lens, in distances between the eyes
BRIDGE = 0.06
SUB_PIXEL_BITS = 4


def draw_sunglasses(picture: NDArray[np.uint8], eyes: Floats) -> None:
    """Cover both eyes. eyes: (2, >=2) column and row of each."""
    distance = float(np.linalg.norm(eyes[1, :2] - eyes[0, :2]))
    one, other = (_fixed(eye[:2]) for eye in eyes)
    half = _fixed(np.asarray([LENS_WIDTH * distance, LENS_HEIGHT * distance], np.float32))
    for centre in (one, other):
        cv2.ellipse(picture, centre, half, 0.0, 0.0, 360.0, DARK, cv2.FILLED, cv2.LINE_AA, SUB_PIXEL_BITS)
    cv2.line(picture, one, other, DARK, round(BRIDGE * distance), cv2.LINE_AA, SUB_PIXEL_BITS)


def _fixed(point: Floats) -> tuple[int, int]:
    column, row = np.round(point * (1 << SUB_PIXEL_BITS)).astype(int).tolist()
    return column, row
