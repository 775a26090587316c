"""Where a wave's phase turns once around a point, one ridge more runs on one side than on the other.

The ridges of each tile are demodulated: filtered around the tile's own wave and freed of it, so that what
is left changes slowly and few samples are enough.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.minutiae.flow import Flow
from firmware.quality.fingerprint.minutiae.minutiae import TILE_PX
from firmware.quality.fingerprint.minutiae.tiles import (
    WAVES_ACROSS,
    WAVES_DOWN,
    WINDOW_PX,
    Floats,
    Tiles,
    Waves,
    phases,
)

_APART_PX = 2.2
# Tiles overlap, as neighbours see a place differently.
_SAMPLES_PX = np.arange(-1.5, TILE_PX + 1.6, _APART_PX).astype(np.float32)
_FILTER_WAVES = 1.6  # cycles a window; in pixels the filter's deviation is 32 / (2 pi 1.6) = 3.2

_TILES_AT_ONCE = (
    96  # what is in between stays in the cache, and complex products below 2^16 wake no BLAS thread
)

Signs = NDArray[np.int8]
Indices = NDArray[np.intp]

_DOWN = np.ascontiguousarray(phases(WAVES_DOWN, -_SAMPLES_PX))
_across = np.ascontiguousarray(phases(WAVES_ACROSS, -_SAMPLES_PX).T)
_ACROSS = np.vstack([_across, np.complex64(1j) * _across]).view(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Residues:
    """down, across: (n,) int, the tile. places: (n, 2) and directions: (n,) float32, as in `Minutiae`."""

    down: NDArray[np.intp]
    across: NDArray[np.intp]
    places: Floats
    directions: Floats


def residues_of(tiles: Tiles, flow: Flow, wanted: NDArray[np.bool_]) -> Residues:
    """Every turn of the phase in the `wanted` tiles, true or false."""
    down, across = np.nonzero(wanted)
    wave_down, wave_across = flow.wave_down[down, across], flow.wave_across[down, across]
    waves = _demodulated(tiles.spectra, down, across, flow)
    tile, row, column, turns = _turns(waves)
    shift = _zero(waves, tile, row, column)
    corner = np.stack(
        [across[tile] * TILE_PX + _SAMPLES_PX[column], down[tile] * TILE_PX + _SAMPLES_PX[row]], axis=1
    )
    angle = np.arctan2(turns * wave_across[tile], turns * wave_down[tile])
    return Residues(down[tile], across[tile], (corner + shift).astype(np.float32), angle.astype(np.float32))


def _demodulated(spectra: Floats, down: Indices, across: Indices, flow: Flow) -> Waves:
    """Filtered around each tile's own wave (by Gabor), which is then taken off: (samples, n, samples)."""
    wave_down, wave_across = flow.wave_down[down, across], flow.wave_across[down, across]
    passing_down, passing_across = _filter(WAVES_DOWN, wave_down).T, _filter(WAVES_ACROSS, wave_across)
    passing_across = np.concatenate([passing_across, passing_across], axis=1)
    waves = np.empty((len(_SAMPLES_PX), len(down), len(_SAMPLES_PX)), np.complex64)
    for first in range(0, len(down), _TILES_AT_ONCE):
        tiles = slice(first, first + _TILES_AT_ONCE)
        some = spectra[:, down[tiles], across[tiles]]
        some *= passing_across[tiles]
        rows = np.matmul(some, _ACROSS).view(np.complex64)
        rows *= passing_down[:, tiles, None]
        waves[:, tiles] = (_DOWN @ rows.reshape(len(WAVES_DOWN), -1)).reshape(waves[:, tiles].shape)
    waves *= _turning(wave_across)
    waves *= _turning(wave_down).T[:, :, None]
    return waves


def _filter(numbers: NDArray[np.int_], waves: Floats) -> Floats:
    """How much of each wave number passes: (n, numbers)."""
    apart = numbers.astype(np.float32) - waves[:, None]
    return np.exp(apart * apart * np.float32(-0.5 / _FILTER_WAVES**2))


def _turning(waves: Floats) -> Waves:
    """What takes a wave off at each sample: (n, samples) complex64."""
    phase = np.outer(waves, _SAMPLES_PX * np.float32(-2.0 * np.pi / WINDOW_PX))
    turning = np.empty(phase.shape, np.complex64)
    turning.real, turning.imag = np.cos(phase), np.sin(phase)
    return turning


def _turns(waves: Waves) -> tuple[Indices, Indices, Indices, Floats]:
    """Tile, row, column and sense (1 clockwise as seen, -1 against) of each square of samples with a turn.

    All along one axis, which is much faster: a row's last sample is followed by the first of another tile,
    and what seems to turn there is left out at the end.
    """
    real, imaginary = waves.real.ravel(), waves.imag.ravel()
    rows, tiles, columns = waves.shape
    below = tiles * columns
    right, down = (_crossings(real, imaginary, step) for step in (1, below))
    turns = np.zeros((rows - 1, tiles, columns), np.int8)
    turns.ravel()[:-1] = right[: len(down) - 1] + down[1:] - right[below:] - down[:-1]
    row, tile, column = np.nonzero(turns[:, :, :-1])
    by_tile = np.argsort(tile, kind="stable")
    row, tile, column = row[by_tile], tile[by_tile], column[by_tile]
    return tile, row, column, turns[row, tile, column].astype(np.float32)


def _crossings(real: Floats, imaginary: Floats, step: int) -> Signs:
    """1 where the straight way to the value `step` on crosses the negative reals downwards, -1 upwards."""
    is_above = imaginary >= 0.0
    changes = is_above[:-step].view(np.int8) - is_above[step:].view(np.int8)
    side = real[:-step] * imaginary[step:]
    side -= imaginary[:-step] * real[step:]
    return changes * ((side > 0.0).view(np.int8) - (side < 0.0).view(np.int8) == changes)


def _zero(waves: Waves, tile: Indices, row: Indices, column: Indices) -> Floats:
    """Where in its square of samples the wave vanishes, by a plane: (n, 2) pixels right and down."""
    a, b = waves[row, tile, column], waves[row, tile, column + 1]
    c, d = waves[row + 1, tile, column], waves[row + 1, tile, column + 1]
    middle, right, down = (a + b + c + d) / 4.0, (b + d - a - c) / 2.0, (c + d - a - b) / 2.0
    area = (right.conj() * down).imag
    area = np.where(np.abs(area) < 1e-6, 1e-6, area)
    shift = np.stack([-(middle.conj() * down).imag, -(right.conj() * middle).imag], axis=1) / area[:, None]
    return (_APART_PX * (np.clip(shift, -0.5, 0.5) + 0.5)).astype(np.float32)
