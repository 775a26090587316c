"""Prints drawn from a formula: the same finger turned and shifted, and other fingers."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.fingerprint.minutiae.minutiae import Minutiae

SHAPE = (260, 260)
_PIXELS_A_MINUTIA = 2600
_PERIOD_PX = 9.0


def drawn(
    finger: int,
    *,
    turn: float = 0.0,
    shift: tuple[float, float] = (0.0, 0.0),
    shape: tuple[int, int] = SHAPE,
) -> NDArray[np.uint8]:
    """Bent ridges with minutiae, turned by radians counter-clockwise, shifted right and up in pixels."""
    rows, columns = shape
    column, row = np.meshgrid(np.arange(columns) - columns / 2.0, rows / 2.0 - np.arange(rows))
    places = (column - shift[0] + 1j * (row - shift[1])) * np.exp(-1j * turn)
    rng = np.random.default_rng(finger)
    middle = complex(rng.uniform(-60, 60), rng.uniform(-160, -100))
    away = places - middle
    phase = 2.0 * np.pi * np.hypot(away.real, rng.uniform(0.6, 0.9) * away.imag) / _PERIOD_PX
    count = rows * columns // _PIXELS_A_MINUTIA
    minutiae = rng.uniform(-0.44, 0.44, (count, 2)) * (columns, rows)
    for turns, (x, y) in zip(rng.choice([-1, 1], count), minutiae, strict=True):
        phase += turns * np.angle(places - complex(x, y))
    return (127.5 + 110.0 * np.cos(phase)).astype(np.uint8)


@cache
def minutiae_of(finger: int, turn: float = 0.0, shift: tuple[float, float] = (0.0, 0.0)) -> Minutiae:
    """The minutiae of a drawn print."""
    return find_minutiae(drawn(finger, turn=turn, shift=shift))
