"""What is behind the seat."""

import functools
from enum import StrEnum

import cv2
import numpy as np

from simulator.people.layers import Pixels

WHITE = 238
SHELVES, BOOKS = 5, 220


class Backdrop(StrEnum):
    """White as the rules want it, or a room."""

    WHITE = "white"
    BUSY = "busy"


@functools.lru_cache(4)
def backdrop_picture(backdrop: Backdrop, shape: tuple[int, int]) -> Pixels:
    """The empty seat: read-only (rows, columns, 3) uint8."""
    picture = _white(shape) if backdrop is Backdrop.WHITE else _shelves(shape)
    picture.flags.writeable = False
    return picture


def _white(shape: tuple[int, int]) -> Pixels:
    """A white board, a little darker towards its corners."""
    rows, columns = shape
    down, across = np.linspace(-1, 1, rows)[:, None] ** 2, np.linspace(-1, 1, columns)[None, :] ** 2
    grey = WHITE * (1.0 - 0.02 * (down + across))
    return np.repeat(grey[:, :, None], 3, axis=2).astype(np.uint8)


def _shelves(shape: tuple[int, int]) -> Pixels:
    """Shelves with files of many colours, out of focus."""
    rows, columns = shape
    generator = np.random.default_rng(SHELVES)
    picture = np.full((rows, columns, 3), (150, 132, 110), np.uint8)
    for _ in range(BOOKS):
        shelf = int(generator.integers(1, SHELVES + 1)) * rows // SHELVES
        left, wide = int(generator.integers(columns)), int(generator.integers(14, 40))
        tall = int(generator.integers(rows // 10, rows // 6))
        colour = generator.integers(30, 220, 3).tolist()
        cv2.rectangle(picture, (left, shelf - tall), (left + wide, shelf - 8), colour, cv2.FILLED)
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 3.0), np.uint8)
