"""Blocks of 32 pixels: their grey levels, which of them show ridges, and how their gradients run.

Everything here is a sum of whole numbers that float64 (and, down one block, float32) holds exactly, so no
order of summing matters.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.nfiq2.frame import GreyImage

Grid = NDArray[np.float64]
Mask = NDArray[np.bool_]
Plane = NDArray[np.float32]

BLOCK_PX = 32
INSET_PX = 2  # the inner blocks lie this far in, so that 36 pixels around each can be turned
_RIDGE_SPREAD = 0.1  # NFIQ 2: of the image's own standard deviation


def block_edges(side: int) -> NDArray[np.intp]:
    """Where the blocks along a side begin, and its end; the last block may be cut."""
    return np.append(np.arange(0, side, BLOCK_PX), side)


def block_areas(shape: tuple[int, ...]) -> NDArray[np.intp]:
    """Pixels of each block of an image of `shape`."""
    rows, columns = (np.diff(block_edges(side)) for side in shape)
    return rows[:, None] * columns


def block_sums(values: Plane) -> Grid:
    """(block rows, block columns): sums of `values`, whole numbers below 2^19 in size, cut blocks too."""
    rows, columns = (-(-side // BLOCK_PX) for side in values.shape)
    missing = (rows * BLOCK_PX - values.shape[0], columns * BLOCK_PX - values.shape[1])
    if any(missing):  # np.pad would cost as much again as the sums
        whole = np.zeros((rows * BLOCK_PX, columns * BLOCK_PX), np.float32)
        whole[: values.shape[0], : values.shape[1]] = values
        values = whole
    down = values.reshape(rows, BLOCK_PX, columns * BLOCK_PX).sum(axis=1, dtype=np.float32)
    return down.reshape(rows, columns, BLOCK_PX).sum(axis=2, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class Greys:
    """The grey levels of an image and of its blocks from the corner on, cut ones too.

    mean, spread: of all pixels, spread as standard deviation. block_means, block_spreads: (block rows,
    block columns).
    """

    mean: float
    spread: float
    block_means: Grid
    block_spreads: Grid

    @classmethod
    def of(cls, image: GreyImage) -> "Greys":
        """Of `image`, (rows, columns) uint8."""
        values = image.astype(np.float32)
        plain, squared, areas = block_sums(values), block_sums(values * values), block_areas(image.shape)
        mean = float(plain.sum()) / image.size
        spread = max(float(squared.sum()) / image.size - mean * mean, 0.0) ** 0.5
        means = plain / areas
        return cls(mean, spread, means, np.sqrt(np.maximum(squared / areas - means * means, 0.0)))


def inner(image: GreyImage) -> GreyImage:
    """The whole inner blocks of `image`; empty where it holds none."""
    rows, columns = (_inner_blocks(side) * BLOCK_PX for side in image.shape)
    return image[INSET_PX : INSET_PX + rows, INSET_PX : INSET_PX + columns]


def _inner_blocks(side: int) -> int:
    return max(side - 2 * INSET_PX, 0) // BLOCK_PX


def ridge_blocks(image: GreyImage, greys: Greys) -> Mask:
    """Which of the inner blocks of `image` reach into no block without ridges.

    NFIQ 2 segments in blocks from the corner and measures in inner blocks: each of the latter lies on
    four of the former.
    """
    clear = greys.block_spreads > _RIDGE_SPREAD * greys.spread
    whole = clear[:-1, :-1] & clear[1:, :-1] & clear[:-1, 1:] & clear[1:, 1:]
    return whole[: _inner_blocks(image.shape[0]), : _inner_blocks(image.shape[1])]


@dataclass(frozen=True, slots=True, eq=False)
class Gradients:
    """Sums over each block of the doubled gradients' products, (block rows, block columns).

    across: squares along the columns. down: squares along the rows. mixed: their products.
    """

    across: Grid
    down: Grid
    mixed: Grid

    @classmethod
    def of(cls, image: GreyImage) -> "Gradients":
        """Of all blocks from the corner of `image` on; a gradient never looks beyond its block."""
        grey = image.astype(np.float32)
        across, down = _doubled_slopes(grey), _doubled_slopes(grey.T).T
        return cls(block_sums(across * across), block_sums(down * down), block_sums(across * down))

    def angles(self) -> Grid:
        """The angle of the line across each block's ridges, radians.

        NFIQ 2 takes half the angle of (across - down, mixed), without the factor of two of the true main
        axis.
        """
        return np.arctan2(self.mixed, self.across - self.down) / 2.0


def _doubled_slopes(grey: Plane) -> Plane:
    """Twice the change along each row: central in a block, one-sided on its edges, 0 in one of one pixel."""
    slopes = np.zeros_like(grey)
    slopes[:, 1:-1] = grey[:, 2:] - grey[:, :-2]
    edges = block_edges(grey.shape[1])
    first, last = edges[:-1], edges[1:] - 1
    slopes[:, last] = 2.0 * (grey[:, last] - grey[:, np.maximum(last - 1, first)])
    slopes[:, first] = 2.0 * (grey[:, np.minimum(first + 1, last)] - grey[:, first])
    return slopes
