"""What is behind the seat."""

import functools
from enum import StrEnum

import cv2
import numpy as np

from simulator.people.layers import Pixels

WHITE = 238
SHELVES, BOOKS = 5, 220
CURTAIN = (120, 150, 186)
FOLDS, FOLD_DEPTH = 17.0, 0.16
STAINS, STAIN_DEPTH = 9, 60


class Backdrop(StrEnum):
    """White as the rules want it; in the shade; soiled; a curtain; or a room."""

    WHITE = "white"
    SHADED = "shaded"
    SOILED = "soiled"
    CURTAIN = "curtain"
    BUSY = "busy"


@functools.lru_cache(4)
def backdrop_picture(backdrop: Backdrop, shape: tuple[int, int]) -> Pixels:
    """The empty seat: read-only (rows, columns, 3) uint8."""
    draw = {
        Backdrop.WHITE: _white,
        Backdrop.SHADED: _shaded,
        Backdrop.SOILED: _soiled,
        Backdrop.CURTAIN: _curtain,
        Backdrop.BUSY: _shelves,
    }[backdrop]
    picture = draw(shape)
    picture.flags.writeable = False
    return picture


def _white(shape: tuple[int, int]) -> Pixels:
    """A white board, a little darker towards its corners."""
    rows, columns = shape
    down, across = np.linspace(-1, 1, rows)[:, None] ** 2, np.linspace(-1, 1, columns)[None, :] ** 2
    grey = WHITE * (1.0 - 0.02 * (down + across))
    return np.repeat(grey[:, :, None], 3, axis=2).astype(np.uint8)


def _shaded(shape: tuple[int, int]) -> Pixels:
    """The board with the shadow of something on its left."""
    across = np.linspace(-1.0, 1.0, shape[1])
    shade = 1.0 - 0.45 / (1.0 + np.exp(14.0 * (across + 0.35)))
    return (_white(shape) * shade[None, :, None]).astype(np.uint8)


def _soiled(shape: tuple[int, int]) -> Pixels:
    """The board after many hands."""
    rows, columns = shape
    generator = np.random.default_rng(STAINS)
    stains = np.zeros(shape, np.uint8)
    for _ in range(STAINS):
        centre = int(generator.integers(columns)), int(generator.integers(rows))
        axes = [int(each) for each in generator.integers(columns // 30, columns // 8, 2)]
        angle = float(generator.uniform(0.0, 180.0))
        cv2.ellipse(stains, centre, axes, angle, 0, 360, (STAIN_DEPTH,), cv2.FILLED)
    soft = np.asarray(cv2.GaussianBlur(stains, (0, 0), columns / 60), np.uint8)
    brownish = np.dstack([soft // 2, soft // 3 * 2, soft])
    return np.asarray(cv2.subtract(_white(shape), brownish), np.uint8)


def _curtain(shape: tuple[int, int]) -> Pixels:
    """A blue curtain in folds."""
    across = np.linspace(0.0, 1.0, shape[1])
    folds = 1.0 + FOLD_DEPTH * np.sin(2.0 * np.pi * FOLDS * across + 1.3 * np.sin(9.0 * across))
    picture = np.asarray(CURTAIN)[None, None, :] * folds[None, :, None]
    return np.broadcast_to(picture, (*shape, 3)).astype(np.uint8)


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
