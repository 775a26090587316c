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
    WAVES,
    WAVES_ACROSS,
    WAVES_DOWN,
    WINDOW_PX,
    Floats,
    Tiles,
    Waves,
    phases,
)

_APART_PX = 2.2
_SAMPLES_PX = np.arange(
    -1.5, TILE_PX + 1.6, _APART_PX
)  # tiles overlap, as neighbours see a place differently
_FILTER_WAVES = 1.6  # cycles a window; in pixels the filter's deviation is 32 / (2 pi 1.6) = 3.2

_TILES_AT_ONCE = 128  # what is in between stays in the processor's cache

Signs = NDArray[np.int8]
Indices = NDArray[np.intp]

_SYNTHESIS = (
    np.einsum("rd,ca->darc", phases(WAVES_DOWN, -_SAMPLES_PX), phases(WAVES_ACROSS, -_SAMPLES_PX))
    .reshape(WAVES, -1)
    .astype(np.complex64)
)


@dataclass(frozen=True, slots=True, eq=False)
class Residues:
    """down, across: (n,) int, the tile. places: (n, 2) and directions: (n,) float32, as in `Minutiae`."""

    down: NDArray[np.intp]
    across: NDArray[np.intp]
    places: Floats
    directions: Floats


def residues_of(tiles: Tiles, flow: Flow) -> Residues:
    """Every turn of the phase inside the print, true or false."""
    down, across = np.nonzero(flow.is_print)
    wave_down, wave_across = flow.wave_down[down, across], flow.wave_across[down, across]
    waves = _demodulated(tiles.spectra, down, across, flow)
    tile, row, column, turns = _turns(waves)
    shift = _zero(waves, tile, row, column)
    corner = np.stack(
        [across[tile] * TILE_PX + _SAMPLES_PX[column], down[tile] * TILE_PX + _SAMPLES_PX[row]], axis=1
    )
    angle = np.arctan2(turns * wave_across[tile], turns * wave_down[tile])
    return Residues(down[tile], across[tile], (corner + shift).astype(np.float32), angle.astype(np.float32))


def _demodulated(spectra: Waves, down: Indices, across: Indices, flow: Flow) -> Waves:
    """Filtered around each tile's own wave (by Gabor), which is then taken off: (n, samples, samples)."""
    waves = np.empty((len(down), len(_SAMPLES_PX), len(_SAMPLES_PX)), np.complex64)
    for first in range(0, len(down), _TILES_AT_ONCE):
        tiles = slice(first, first + _TILES_AT_ONCE)
        place = down[tiles], across[tiles]
        waves[tiles] = _freed(spectra[place], flow.wave_down[place], flow.wave_across[place])
    return waves


def _freed(spectra: Waves, wave_down: Floats, wave_across: Floats) -> Waves:
    """Spectra (n, WAVES), filtered around a wave each and freed of it."""
    down, across = (
        np.exp(-((numbers - wave[:, None]) ** 2) / (2.0 * _FILTER_WAVES**2)).astype(np.float32)
        for numbers, wave in ((WAVES_DOWN, wave_down), (WAVES_ACROSS, wave_across))
    )
    weights = (down[:, :, None] * across[:, None, :]).reshape(-1, WAVES)
    samples = len(_SAMPLES_PX)
    waves = ((spectra * weights) @ _SYNTHESIS).reshape(-1, samples, samples)
    off = np.complex64(-2j * np.pi / WINDOW_PX)
    rows, columns = (np.exp(off * np.outer(wave, _SAMPLES_PX)) for wave in (wave_down, wave_across))
    return (waves * rows[:, :, None] * columns[:, None, :]).astype(np.complex64)


def _turns(waves: Waves) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp], Floats]:
    """Tile, row, column and sense (1 clockwise as seen, -1 against) of each square of samples with a turn."""
    real, imaginary = np.ascontiguousarray(waves.real), np.ascontiguousarray(waves.imag)
    right = _crossings(real[:, :, :-1], imaginary[:, :, :-1], real[:, :, 1:], imaginary[:, :, 1:])
    down = _crossings(real[:, :-1], imaginary[:, :-1], real[:, 1:], imaginary[:, 1:])
    turns = right[:, :-1] + down[:, :, 1:] - right[:, 1:] - down[:, :, :-1]
    tile, row, column = np.nonzero(turns)
    return tile, row, column, turns[tile, row, column].astype(np.float32)


def _crossings(real: Floats, imaginary: Floats, next_real: Floats, next_imaginary: Floats) -> Signs:
    """1 where the straight way to the next value crosses the negative real axis downwards, -1 upwards."""
    is_above, is_next_above = imaginary >= 0.0, next_imaginary >= 0.0
    side = real * next_imaginary - imaginary * next_real
    downwards = is_above & ~is_next_above & (side > 0.0)
    return downwards.view(np.int8) - (~is_above & is_next_above & (side < 0.0)).view(np.int8)


def _zero(waves: Waves, tile: NDArray[np.intp], row: NDArray[np.intp], column: NDArray[np.intp]) -> Floats:
    """Where in its square of samples the wave vanishes, by a plane: (n, 2) pixels right and down."""
    a, b = waves[tile, row, column], waves[tile, row, column + 1]
    c, d = waves[tile, row + 1, column], waves[tile, row + 1, column + 1]
    middle, right, down = (a + b + c + d) / 4.0, (b + d - a - c) / 2.0, (c + d - a - b) / 2.0
    area = (right.conj() * down).imag
    area = np.where(np.abs(area) < 1e-6, 1e-6, area)
    shift = np.stack([-(middle.conj() * down).imag, -(right.conj() * middle).imag], axis=1) / area[:, None]
    return (_APART_PX * (np.clip(shift, -0.5, 0.5) + 0.5)).astype(np.float32)
