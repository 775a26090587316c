"""Where the ridges of a print run: one wave a tile, smoothed over its neighbours."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.minutiae.tiles import (
    STRIPS_AT_ONCE,
    WAVES_ACROSS,
    WAVES_DOWN,
    WINDOW_PX,
    Floats,
    Tiles,
)

_SHORTEST_PX, _LONGEST_PX = 4.2, 16.0
_DIRECTION_SPREAD_TILES = 1.2
_PERIOD_SPREAD_TILES = 3.0  # periods change slower than directions
_LOWEST_COHERENCE = 0.2  # white noise stays below
_HOLE = np.ones((3, 3), np.uint8)
_SPECK = np.ones((5, 5), np.uint8)

_down, _across = (grid.astype(np.float32) for grid in np.meshgrid(WAVES_DOWN, WAVES_ACROSS, indexing="ij"))
_radius, _twice = np.hypot(_down, _across), 2.0 * np.arctan2(_down, _across)
_is_half = (_across > 0) | ((_across == 0) & (_down > 0))
_is_ridge = _is_half & (_radius >= WINDOW_PX / _LONGEST_PX) & (_radius <= WINDOW_PX / _SHORTEST_PX)
_moments_of = np.stack([np.cos(_twice), np.sin(_twice), np.ones_like(_twice), _radius], axis=2)
_MOMENTS = (_moments_of * _is_ridge[:, :, None]).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Flow:
    """Figures a tile, (down, across). is_print: bool. coherence: 0 to 1.

    wave_down, wave_across: float32, the wave across the ridges, in cycles a window.
    """

    is_print: NDArray[np.bool_]
    coherence: Floats
    wave_down: Floats
    wave_across: Floats

    @property
    def ridge_flow(self) -> NDArray[np.complex64]:
        """Twice the ridges' angle with its coherence, as in `Minutiae`."""
        across_ridges = np.arctan2(self.wave_down, self.wave_across)
        along = np.exp(-2j * (across_ridges + np.pi / 2))
        return np.where(self.is_print, self.coherence * along, 0.0).astype(np.complex64)


def flow_of(tiles: Tiles) -> Flow:
    """The strongest wave of each tile: squared energies let a clear wave outvote noise."""
    strips = range(0, tiles.spectra.shape[1], STRIPS_AT_ONCE)
    moments = np.concatenate([_moments(tiles.spectra[:, at : at + STRIPS_AT_ONCE]) for at in strips])
    cosine, sine, whole = _spread(moments[..., :3], _DIRECTION_SPREAD_TILES)
    strength, radii = _spread(moments[..., 2:], _PERIOD_SPREAD_TILES)
    coherence = np.hypot(cosine, sine) / np.maximum(whole, 1e-6)
    angle, radius = 0.5 * np.arctan2(sine, cosine), radii / np.maximum(strength, 1e-6)
    is_print = _without_holes_and_specks(tiles.has_contrast & (coherence > _LOWEST_COHERENCE))
    return Flow(is_print, coherence, radius * np.sin(angle), radius * np.cos(angle))


def _moments(spectra: Floats) -> Floats:
    """(down, across, 4) of spectra (WAVES_DOWN, down, across, 2 x WAVES_ACROSS)."""
    squares = spectra * spectra
    energy = squares[..., : len(WAVES_ACROSS)] + squares[..., len(WAVES_ACROSS) :]
    total = energy.sum(axis=0).sum(axis=2, keepdims=True) + np.float32(1e-3)
    energy *= energy
    moments = np.matmul(energy, _MOMENTS[:, None]).sum(axis=0)
    return (moments / total).astype(np.float32)


def _spread(planes: Floats, tiles: float) -> Floats:
    """Each plane smoothed over its neighbours, planes first."""
    return np.moveaxis(cv2.GaussianBlur(planes, (0, 0), tiles).astype(np.float32), 2, 0)


def _without_holes_and_specks(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    closed = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_CLOSE, _HOLE)
    return cv2.morphologyEx(closed, cv2.MORPH_OPEN, _SPECK) > 0
