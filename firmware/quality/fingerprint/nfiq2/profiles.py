"""The grey profile across the ridges of a turned block, and where it changes between ridge and valley."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.nfiq2.blocks import Grid, Mask
from firmware.quality.fingerprint.nfiq2.slanted import Slanted

Counts = NDArray[np.intp]

_DECIMALS = 1e10  # NFIQ 2 rounds the fitted line, so that every machine agrees on what lies on it


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """Of each block: the level that parts ridge from valley, and which columns are ridge.

    levels: (blocks, 32) float64, a line fitted to the columns' means. is_ridge: (blocks, 32), darker than it.
    """

    levels: Grid
    is_ridge: Mask

    @classmethod
    def of(cls, slanted: Slanted) -> "Profiles":
        """Of blocks (blocks, 16, 32) uint8 whose ridges stand upright."""
        means = slanted.sum(axis=1, dtype=np.int32) / slanted.shape[1]
        columns = np.arange(1.0, means.shape[1] + 1.0)
        centred = columns - columns.mean()
        slope = means @ centred / (centred @ centred)
        intercept = means.mean(axis=1) - slope * columns.mean()
        levels = columns * _rounded(slope)[:, None] + _rounded(intercept)[:, None]
        return cls(levels, means < levels)

    def changes(self) -> "Changes":
        """Where ridge and valley meet."""
        return Changes.of(self.is_ridge[:, 1:] != self.is_ridge[:, :-1])


def _rounded(values: Grid) -> Grid:
    return np.rint(values * _DECIMALS) / _DECIMALS


@dataclass(frozen=True, slots=True, eq=False)
class Changes:
    """Every change between ridge and valley, block by block, from left to right.

    block, column: where it is, before the change. number: which of its block's changes it is, from 0.
    width: columns since the change before it, for the first one since column 0. count: changes a block.
    """

    block: Counts
    column: Counts
    number: Counts
    width: Counts
    count: Counts

    @classmethod
    def of(cls, differs: Mask) -> "Changes":
        """Of `differs`, (blocks, columns): the column and the next one differ."""
        block, column = np.nonzero(differs)
        count = np.count_nonzero(differs, axis=1)
        number = np.arange(block.size) - (np.cumsum(count) - count)[block]
        width = np.where(number == 0, column, np.diff(column, prepend=0))
        return cls(block, column, number, width, count)
