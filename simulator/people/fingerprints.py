"""Invented fingerprints: the whole print of a clean finger, from a seed."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.finger_flow import RidgeClass, directions, draw_flow
from simulator.people.finger_growth import PERIOD, grow_ridges
from simulator.people.finger_kinds import FingerKind, draw_kind
from simulator.people.finger_print import printed
from simulator.people.smooth_noise import smooth_noise

GreyImage = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]  # float32

ROWS, COLUMNS = 512, 416
_GRID = 300, 200  # places; what grows, of which the margin is of no use
_HALF_WIDTH_PX = 132.0  # of the patch that a grown man's index finger lays on glass
_HALF_HEIGHT = 1.65  # of its half width


def finger_master(
    rng: np.random.Generator, ridge_class: RidgeClass | None = None, kind: FingerKind | None = None
) -> GreyImage:
    """The print of one finger, (512, 416) uint8 at 500 pixels per inch, 0 = ridge, 255 = bare.

    The same state of `rng` gives the same finger, and with another size of `kind` the same ridges, smaller
    or larger. Without `kind`, a man's right index finger; without `ridge_class`, one as often as it is met.
    """
    drawn = draw_kind(rng)
    kind = kind or drawn
    flow = draw_flow(ridge_class or kind.ridge_class, rng)
    half_width = _HALF_WIDTH_PX * kind.size * kind.breadth
    scale = kind.period_px / PERIOD
    ways = directions(flow, _GRID, half_width / scale) + _wander(rng)
    ridges = _stretched(grow_ridges(ways, rng), scale, rng)
    return printed(ridges, _contact(half_width, rng), rng)


def _wander(rng: np.random.Generator) -> Floats:
    """How the ridges' direction strays from the flow, in radians: in long bends and in short ones."""
    return 0.1 * smooth_noise(_GRID, 70.0, rng) + 0.06 * smooth_noise(_GRID, 24.0, rng)


def _stretched(skin: Floats, scale: float, rng: np.random.Generator) -> Floats:
    """The grown ridges at 500 pixels per inch, stretched unevenly so that their period varies."""
    down, across = np.mgrid[:ROWS, :COLUMNS].astype(np.float32)
    down += 3.0 * scale * smooth_noise((ROWS, COLUMNS), 160.0, rng)
    across += 3.0 * scale * smooth_noise((ROWS, COLUMNS), 160.0, rng)
    middle = [(place - 1) / 2 for place in skin.shape]
    map_y = (down - (ROWS - 1) / 2) / scale + middle[0]
    map_x = (across - (COLUMNS - 1) / 2) / scale + middle[1]
    places = map_x.astype(np.float32), map_y.astype(np.float32)
    return cv2.remap(skin, *places, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT).astype(np.float32)


def _contact(half_width: float, rng: np.random.Generator) -> Floats:
    """How firmly each place touches: 1 in the middle, 0 outside a fingertip's outline."""
    down, across = np.mgrid[:ROWS, :COLUMNS].astype(np.float32)
    x = np.abs(across - (COLUMNS - 1) / 2) / half_width
    y = (down - (ROWS - 1) / 2) / half_width
    above = np.minimum(y + _HALF_HEIGHT - 1.15, 0.0) / 1.15
    below = np.maximum(y - _HALF_HEIGHT + 0.5, 0.0) / 0.5
    distance = np.hypot(x, np.hypot(above, below)) + 0.025 * smooth_noise((ROWS, COLUMNS), 40.0, rng)
    return np.clip((1.0 - distance) / 0.25, 0.0, 1.0).astype(np.float32)
