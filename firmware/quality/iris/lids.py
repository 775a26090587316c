"""Where the lids cut the iris: the two parabolas that best part iris from what is not iris."""

import cv2
import numpy as np

from firmware.quality.iris.geometry import Circle, Floats, GreyImage, Lid

REACH = np.linspace(
    -1.0, 0.35, 28
)  # of the iris radius from its centre: from a wide-open eye to one nearly shut
SLOPES = np.linspace(-0.3, 0.3, 5)
BENDS = (0.0, 0.15, 0.3, 0.45)  # per iris radius
LEAST_SHARE = 0.01  # of the iris' square: less evidence than this is no lid
LEAST_CONTRAST = 10.0  # grey levels


def find_lids(soft: GreyImage, pupil: Circle, iris: Circle) -> tuple[Lid | None, Lid | None]:
    """The upper and the lower lid, each None where it leaves the iris free.

    soft: (rows, columns) uint8. Lashes that lie densely over the iris count as lid.
    """
    evidence = _foreign(soft, pupil, iris)
    upper = _upper_lid(evidence)
    lower = _upper_lid(evidence[::-1])
    return (
        None if upper is None else _placed(upper, iris, 1.0),
        None if lower is None else _placed(lower, iris, -1.0),
    )


def _foreign(soft: GreyImage, pupil: Circle, iris: Circle) -> Floats:
    """How unlike the iris each pixel of the iris' square is: -1 (alike) to 1; 0 in the pupil and outside."""
    size = max(16, round(2 * iris.r))
    grid = (np.arange(size, dtype=np.float32) + 0.5) * np.float32(2 / size) - 1
    across, down = np.meshgrid(grid, grid)
    x, y = np.float32(iris.x) + across * iris.r, np.float32(iris.y) + down * iris.r
    patch = cv2.remap(soft, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR).astype(np.float32)
    out = np.hypot(across, down)
    in_iris = (out < 0.95) & (np.hypot(x - pupil.x, y - pupil.y) > 1.15 * pupil.r)
    sides = patch[in_iris & (np.abs(down) < 0.5 * np.abs(across))]
    if sides.size == 0:
        return np.zeros_like(patch)
    middle = np.median(sides)
    spread = max(3.0 * 1.48 * float(np.median(np.abs(sides - middle))), LEAST_CONTRAST)
    return (np.clip(np.abs(patch - middle) / spread - 1, -1, 1) * in_iris).astype(np.float32)


def _upper_lid(evidence: Floats) -> tuple[float, float, float] | None:
    """Height, slope and bend, in iris radii, of the curve with the most foreign evidence above it."""
    size = int(evidence.shape[0])
    above = np.vstack((np.zeros((1, size), np.float32), np.cumsum(evidence, axis=0)))
    curves = np.array([(h, s, b) for h in REACH for s in SLOPES for b in BENDS], np.float64)
    height, slope, bend = curves[:, 0], curves[:, 1], curves[:, 2]
    across = np.linspace(1 / size - 1, 1 - 1 / size, size)
    curve = height[:, None] + slope[:, None] * across + bend[:, None] * across**2
    rows = np.clip(np.rint((curve + 1) * size / 2), 0, size).astype(np.intp)
    gain = above[rows, np.arange(size)].sum(axis=1)
    best = int(np.argmax(gain))
    if gain[best] < LEAST_SHARE * size * size:
        return None
    return float(height[best]), float(slope[best]), float(bend[best])


def _placed(curve: tuple[float, float, float], iris: Circle, sign: float) -> Lid:
    height, slope, bend = curve
    return Lid(iris.x, iris.y + sign * height * iris.r, sign * slope, sign * bend / iris.r)
