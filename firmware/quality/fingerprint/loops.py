"""Which way a print's loop opens: the only thing in which a finger's print is not its own mirror image."""

import math

import cv2
import numpy as np
from numpy.typing import NDArray

Flow = NDArray[np.complex64]

_SPREAD_TILES = 1.5
_NEAREST_TILES, _FARTHEST_TILES = 3.0, 12.0  # from the core: where a loop's legs run
_STEEPNESS = 0.6  # of what counts as below the core
_FEWEST_TILES = 20
_SURE = 0.25  # whorls that show one core only reach 0.3, loops 0.4 to 0.9


def loop_side(ridge_flow: Flow) -> int:
    """1 for a loop that opens to the right of the image, -1 to the left, 0 for no loop or a doubtful one.

    ridge_flow: as in `Minutiae`, tiles of 8 x 8 pixels. A loop has one core, and its legs slant beneath it.
    """
    cores = np.argwhere(_turns(ridge_flow) > 0)
    if len(cores) != 1:
        return 0
    slant = _slant_below(ridge_flow, cores[0] + 0.5)
    return 0 if abs(slant) < _SURE else -int(math.copysign(1, slant))


def _turns(flow: Flow) -> NDArray[np.int_]:
    """Poincare's index between each four tiles, in half turns: 1 at a core, -1 at a delta, else 0."""
    if min(flow.shape) < 2:
        return np.zeros((0, 0), np.int_)
    parts = (flow.real.copy(), flow.imag.copy())
    real, imaginary = (cv2.GaussianBlur(part, (0, 0), _SPREAD_TILES) for part in parts)
    smooth = (real + 1j * imaginary).astype(np.complex64)
    around = [smooth[:-1, :-1], smooth[1:, :-1], smooth[1:, 1:], smooth[:-1, 1:]]
    steps = [
        np.angle(after * before.conj()) for before, after in zip(around, around[1:] + around[:1], strict=True)
    ]
    inside = cv2.erode(
        (flow != 0).astype(np.uint8), np.ones((3, 3)), borderType=cv2.BORDER_CONSTANT, borderValue=(0.0,)
    )
    is_whole = cv2.erode(inside, np.ones((2, 2)), anchor=(0, 0))[:-1, :-1] > 0
    return np.where(is_whole, np.rint(np.sum(steps, axis=0) / (2.0 * np.pi)), 0.0).astype(np.int_)


def _slant_below(flow: Flow, core: NDArray[np.float64]) -> float:
    """How the ridges below the core run: -1 all down to the right, 1 all down to the left."""
    down, across = (grid - at for grid, at in zip(np.indices(flow.shape), core, strict=True))
    distance = np.hypot(down, across)
    is_near = (distance > _NEAREST_TILES) & (distance < _FARTHEST_TILES)
    legs = flow[is_near & (down > _STEEPNESS * np.abs(across))]
    strength = float(np.abs(legs).sum())
    return float(legs.imag.sum()) / strength if np.count_nonzero(legs) >= _FEWEST_TILES else 0.0
