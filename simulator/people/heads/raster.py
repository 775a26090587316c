"""Which face of a mesh each pixel shows, and values of the mesh at each pixel."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.heads.mesh import Floats, Numbers

Shape = tuple[int, int]  # rows, columns

NOTHING = -1
SUB_PIXEL_BITS = 4


def faces_seen(
    points: Floats, quads: Numbers, drawn: NDArray[np.bool_], both_sided: NDArray[np.bool_], shape: Shape
) -> NDArray[np.int32]:
    """The quad that each pixel of (rows, columns) shows, NOTHING where there is none.

    points: (n, 3): column, row, and nearness; nearer quads hide others. drawn, both_sided: (m,) which
    quads are drawn at all, and which of them also when they turn their back.
    """
    corners = points[quads]
    numbers = np.flatnonzero(drawn & (both_sided | _is_facing(corners)) & _is_inside(corners, shape))
    numbers = numbers[np.argsort(corners[numbers, :, 2].mean(axis=1), kind="stable")]
    fixed = np.round(corners[numbers, :, :2] * (1 << SUB_PIXEL_BITS)).astype(np.int32)
    seen = np.full(shape, NOTHING, np.int32)
    for number, outline in zip(numbers.tolist(), fixed, strict=True):
        cv2.fillConvexPoly(seen, outline, number, shift=SUB_PIXEL_BITS)
    return seen


def _is_facing(corners: Floats) -> NDArray[np.bool_]:
    """Which quads, (m, 4, 3), turn their front to the viewer."""
    one = corners[:, 2, :2] - corners[:, 0, :2]
    other = corners[:, 3, :2] - corners[:, 1, :2]
    return one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0] < 0.0


def _is_inside(corners: Floats, shape: Shape) -> NDArray[np.bool_]:
    """Which quads lie on the picture at least in part."""
    size = np.asarray([shape[1], shape[0]], np.float32)
    return ((corners[:, :, :2].max(axis=1) > 0) & (corners[:, :, :2].min(axis=1) < size)).all(axis=1)


def values_at(
    seen: NDArray[np.int32], points: Floats, quads: Numbers, values: Floats, pixels: NDArray[np.int64]
) -> Floats:
    """Values of the mesh's points, (n, k), at pixels given by their flat numbers: (k, pixels).

    Within a quad values change evenly, by their differences along its diagonals.
    """
    faces, quads = _numbered_anew(seen.ravel()[pixels], quads)
    row, column = np.divmod(pixels, seen.shape[1])
    centre = points[quads].mean(axis=1)
    right, down = _slopes(points[quads], values[quads])
    across = column.astype(np.float32) - centre[faces, 0]
    below = row.astype(np.float32) - centre[faces, 1]
    middle = values[quads].mean(axis=1)
    planes = [
        middle[faces, k] + right[faces, k] * across + down[faces, k] * below for k in range(values.shape[1])
    ]
    return np.stack(planes)


def _numbered_anew(faces: NDArray[np.int32], quads: Numbers) -> tuple[NDArray[np.int64], Numbers]:
    """Only the quads that are seen, and the faces by their place among them."""
    used = np.flatnonzero(np.bincount(faces, minlength=len(quads)))
    number = np.zeros(len(quads), np.int64)
    number[used] = np.arange(len(used))
    return number[faces], quads[used]


def _slopes(corners: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Change of each quad's values, (m, k), for a pixel to the right and a pixel down."""
    one, other = corners[:, 2, :2] - corners[:, 0, :2], corners[:, 3, :2] - corners[:, 1, :2]
    by_one, by_other = values[:, 2] - values[:, 0], values[:, 3] - values[:, 1]
    area = one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]
    share = np.where(np.abs(area) > 0.5, 1.0 / np.where(area == 0, 1, area), 0.0)[:, None]
    right = (by_one * other[:, 1:] - by_other * one[:, 1:]) * share
    down = (by_other * one[:, :1] - by_one * other[:, :1]) * share
    return right.astype(np.float32), down.astype(np.float32)
