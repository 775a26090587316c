"""Invented fingerprints: the whole print of a clean finger, from a seed."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.finger_flow import RidgeClass, directions, draw_class, draw_flow
from simulator.people.finger_growth import PERIOD, grow_ridges

GreyImage = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]  # float32

ROWS, COLUMNS = 512, 416
_MARGIN = 8  # places beyond each edge, for the stretching


def finger_master(rng: np.random.Generator, ridge_class: RidgeClass | None = None) -> GreyImage:
    """The print of one finger, (512, 416) uint8 at 500 pixels per inch, 0 = ridge, 255 = bare.

    The same state of `rng` gives the same finger. Without `ridge_class`, one as often as it is met.
    """
    flow = draw_flow(ridge_class or draw_class(rng), rng)
    half_width_px = float(rng.uniform(165.0, 190.0))
    scale = float(rng.normal(9.0, 0.5)) / PERIOD
    grid = (int(ROWS / scale) + 2 * _MARGIN, int(COLUMNS / scale) + 2 * _MARGIN)
    ways = directions(flow, grid, half_width_px / scale) + 0.07 * smooth_noise(grid, 20.0, rng)
    ridges = _stretched(grow_ridges(ways, rng), scale, rng)
    return _printed(ridges, _touch(half_width_px, rng), rng)


def smooth_noise(shape: tuple[int, int], size_px: float, rng: np.random.Generator) -> Floats:
    """Noise of unit spread whose hills are about `size_px` wide; drawn coarsely, because it is smooth."""
    step = max(1.0, size_px // 8.0)
    coarse = rng.standard_normal((int(shape[0] / step) + 4, int(shape[1] / step) + 4)).astype(np.float32)
    coarse = cv2.GaussianBlur(coarse, (0, 0), max(size_px / step / 2.0, 0.5))
    fine = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return ((fine - fine.mean()) / fine.std()).astype(np.float32)


def _stretched(skin: Floats, scale: float, rng: np.random.Generator) -> Floats:
    """The grown ridges at 500 pixels per inch, stretched unevenly so that their period varies."""
    down, across = np.mgrid[:ROWS, :COLUMNS].astype(np.float32)
    down += 5.0 * smooth_noise((ROWS, COLUMNS), 160.0, rng)
    across += 5.0 * smooth_noise((ROWS, COLUMNS), 160.0, rng)
    middle = [(place - 1) / 2 for place in skin.shape]
    map_y = (down - (ROWS - 1) / 2) / scale + middle[0]
    map_x = (across - (COLUMNS - 1) / 2) / scale + middle[1]
    places = map_x.astype(np.float32), map_y.astype(np.float32)
    return cv2.remap(skin, *places, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT).astype(np.float32)


def _touch(half_width_px: float, rng: np.random.Generator) -> Floats:
    """How firmly each place touches: 1 in the middle, 0 outside a fingertip's outline."""
    down, across = np.mgrid[:ROWS, :COLUMNS].astype(np.float32)
    x = np.abs(across - (COLUMNS - 1) / 2) / half_width_px
    y = (down - ROWS * 0.46) / (half_width_px * 1.25)
    tip = np.hypot(x, np.minimum(y, 0.0))
    side = x * (1.0 + 0.06 * np.clip(y, 0.0, 1.0) ** 2)
    distance = np.maximum(tip, side) + 0.02 * smooth_noise((ROWS, COLUMNS), 40.0, rng)
    return np.clip((1.0 - distance) / 0.12, 0.0, 1.0).astype(np.float32)


def _printed(ridges: Floats, touch: Floats, rng: np.random.Generator) -> GreyImage:
    """Skin on glass: uneven pressure widens and narrows ridges; rough skin and wrinkles stay light."""
    shape = ridges.shape[0], ridges.shape[1]
    roughness = float(rng.uniform(0.3, 1.1))
    grain = roughness * smooth_noise(shape, 2.0, rng)
    pressure = 0.2 * smooth_noise(shape, 120.0, rng) + 0.2 * roughness * smooth_noise(shape, 5.0, rng)
    height = ridges - pressure + 0.5 * grain + 1.2 * (1.0 - touch)
    inked = 1.0 / (1.0 + np.exp(4.5 * height))
    dark = inked * (0.82 + 0.1 * smooth_noise(shape, 90.0, rng) + 0.25 * grain)
    dark *= _wrinkles(shape, rng) * (touch > 0.0)
    return np.clip(255.0 * (1.0 - dark), 0.0, 255.0).astype(np.uint8)


def _wrinkles(shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    """0 on a few thin white wrinkles, 1 elsewhere."""
    lines = np.full(shape, 255, np.uint8)
    for _ in range(int(rng.integers(0, 4))):
        steps = np.linspace(0.0, rng.uniform(40.0, 130.0), 9)[:, None]
        angle = rng.normal(0.0, 0.5) + rng.normal(0.0, 0.006) * steps
        begin = rng.uniform((60, 120), (COLUMNS - 160, ROWS - 40))
        path = begin + steps * np.hstack([np.cos(angle), np.sin(angle)])
        cv2.polylines(lines, [path.astype(np.int32)], False, 0, int(rng.integers(1, 3)), cv2.LINE_AA)
    return (cv2.GaussianBlur(lines, (0, 0), 0.9) / 255.0).astype(np.float32)
