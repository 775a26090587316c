"""Where the lids cut the iris: the two parabolas that best part iris from what is not iris."""

from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.iris.geometry import Circle, Ellipse, Floats, GreyImage, Lid
from firmware.quality.iris.ranks import median, quantile

GRID = 64  # the square around the iris is looked at in so many rows and columns
HEIGHTS = np.linspace(-1.0, 0.5, 31)  # of the lid's middle, in iris radii: from wide open to nearly shut
SLOPES = np.linspace(-0.3, 0.3, 5)
BENDS = np.linspace(0.0, 0.45, 5)  # per iris radius; a lid never sags in the middle
LEAST_SHARE = 0.01  # of the square: less evidence than this is no lid
LEAST_CONTRAST = 10.0  # grey levels
LEAST_COVERED = 0.1  # radii above the middle: below is where the iris' own grey is looked for


def find_lids(soft: GreyImage, pupil: Ellipse, iris: Ellipse) -> tuple[Lid | None, Lid | None]:
    """The upper and the lower lid, each None where it leaves the iris free.

    soft: (rows, columns) uint8. Lashes that lie over the iris do not count as lid.
    """
    evidence = _foreign(soft, pupil, iris)
    upper = _upper_lid(evidence)
    lower = _upper_lid(evidence[::-1])
    return (
        None if upper is None else _placed(upper, iris.circle, 1.0),
        None if lower is None else _placed(lower, iris.circle, -1.0),
    )


def _foreign(soft: GreyImage, pupil: Ellipse, iris: Ellipse) -> Floats:
    """How unlike iris and pupil each cell of the iris' square is: -1 (alike) to 1; 0 at edges and outside.

    Darker than iris says nothing: it is a lash, or the lid's shadow.
    """
    cells = _cells() * np.float32(iris.r)
    columns, rows = np.meshgrid(np.float32(iris.x) + cells, np.float32(iris.y) + cells)
    patch = cv2.remap(soft, columns, rows, cv2.INTER_LINEAR).astype(np.float32)
    out, core = iris.reach(columns, rows), pupil.reach(columns, rows)
    ring, inside = (out < 0.95) & (core > 1.15), (core < 0.85) & (out < 0.95)
    free = patch[ring & (rows > iris.y - LEAST_COVERED * iris.r) & (rows < iris.y + 0.7 * iris.r)]
    if free.size == 0 or not inside.any():
        return np.zeros_like(patch)
    middle, black = median(free), quantile(patch[inside], 0.2)
    spread = max(3.0 * 1.48 * median(np.abs(free - np.float32(middle))), LEAST_CONTRAST)
    tissue = np.clip(np.abs(patch - middle) / spread - 1, -1, patch >= middle) * ring
    skin = np.clip(2 * (patch - black) / max(middle - black, LEAST_CONTRAST) - 1, -1, 1) * inside
    return (tissue + skin).astype(np.float32)


def _upper_lid(evidence: Floats) -> tuple[float, float, float] | None:
    """Height, slope and bend, in iris radii, of the curve with the most foreign evidence above it."""
    curves, rows = _curves()
    above = np.vstack((np.zeros((1, GRID), np.float32), np.cumsum(evidence, axis=0)))
    gain = above[rows, np.arange(GRID)].sum(axis=1)
    best = int(np.argmax(gain))
    if gain[best] < LEAST_SHARE * GRID * GRID:
        return None
    height, slope, bend = (float(value) for value in curves[best])
    return height, slope, bend


@cache
def _cells() -> Floats:
    """Middles of the grid's cells along one side, from -1 to 1."""
    return np.linspace(1 / GRID - 1, 1 - 1 / GRID, GRID, dtype=np.float32)


@cache
def _curves() -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Every curve's height, slope and bend, and below which row of the grid it runs at each column."""
    curves = np.array([(h, s, b) for h in HEIGHTS for s in SLOPES for b in BENDS], np.float64)
    height, slope, bend = (curves[:, column, None] for column in range(3))
    y = height + slope * _cells() + bend * _cells() ** 2
    return curves, np.clip(np.rint((y + 1) * GRID / 2), 0, GRID).astype(np.intp)


def _placed(curve: tuple[float, float, float], iris: Circle, sign: float) -> Lid:
    height, slope, bend = curve
    return Lid(iris.x, iris.y + sign * height * iris.r, sign * slope, sign * bend / iris.r)
