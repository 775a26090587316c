"""A print cut into tiles of 8 x 8 pixels, each with the spectrum of the window of 32 x 32 around it."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from firmware.quality.fingerprint.minutiae.minutiae import TILE_PX

Floats = NDArray[np.float32]
Waves = NDArray[np.complex64]

WINDOW_PX = 32
_MARGIN_PX = (WINDOW_PX - TILE_PX) // 2
_HIGHEST = 8  # cycles a window: a period of 4 pixels
WAVES_DOWN = np.arange(-_HIGHEST, _HIGHEST + 1)
WAVES_ACROSS = np.arange(-2, _HIGHEST + 1)  # a real image's spectrum is symmetric: half a plane and a margin
WAVES = len(WAVES_DOWN) * len(WAVES_ACROSS)

_LEVEL_PX = 25  # holds two ridges at least: what changes slower is light and pressure
_LOWEST_CONTRAST_LEVELS = 4.0  # sensor noise and the last of 16 grey levels
_LOWEST_CONTRAST_SHARE = 0.08  # of the image's grey range


@dataclass(frozen=True, slots=True, eq=False)
class Tiles:
    """levelled: (rows, columns) float32, ridges below 0, of even contrast. has_contrast: (down, across) bool.

    spectra: (down, across, WAVES) complex64, wave numbers a window, down times across; phases are those
    of each tile's first pixel.
    """

    levelled: Floats
    has_contrast: NDArray[np.bool_]
    spectra: Waves


def tiles_of(image: NDArray[np.uint8]) -> Tiles:
    """Cut `image`, (rows, columns) uint8 of at least 8 x 8; what is left right and below is dropped."""
    whole = image[: image.shape[0] // TILE_PX * TILE_PX, : image.shape[1] // TILE_PX * TILE_PX]
    darkest, lightest = (float(level) for level in np.percentile(whole[::3, ::3], (1.0, 99.0)))
    lowest = max(_LOWEST_CONTRAST_LEVELS, _LOWEST_CONTRAST_SHARE * (lightest - darkest))
    grey = whole.astype(np.float32)
    deviation = (grey - _around(grey)).astype(np.float32)
    contrast = np.sqrt(np.maximum(_around(deviation * deviation), 0.0))  # a running sum may end below 0
    levelled = (deviation / np.maximum(contrast, np.float32(lowest))).astype(np.float32)
    centre = slice(TILE_PX // 2, None, TILE_PX)
    return Tiles(levelled, contrast[centre, centre] > lowest, _spectra(levelled))


def _around(values: Floats) -> Floats:
    return cv2.blur(values, (_LEVEL_PX, _LEVEL_PX), borderType=cv2.BORDER_REPLICATE).astype(np.float32)


def phases(waves: NDArray[np.int_], pixels: NDArray[np.int_ | np.floating[Any]]) -> Waves:
    """exp(-2 pi i wave pixel / window), (pixels, waves)."""
    return np.exp(-2j * np.pi * np.outer(pixels, waves) / WINDOW_PX).astype(np.complex64)


_PIXELS = np.arange(WINDOW_PX) - _MARGIN_PX
_TAPER = np.sqrt(np.hanning(WINDOW_PX + 2)[1:-1]).astype(np.float32)[:, None]
_EVEN = _HIGHEST + 1
_down = (_TAPER * phases(WAVES_DOWN[_HIGHEST:], _PIXELS)).T
_DOWN = np.ascontiguousarray(np.concatenate([_down.real, _down.imag[1:]]))
_ACROSS = np.ascontiguousarray(_TAPER * phases(WAVES_ACROSS, _PIXELS)).view(np.float32)
_STRIPS_AT_ONCE = 4  # what is in between stays in the processor's cache


def _spectra(levelled: Floats) -> Waves:
    """First down in each strip of windows, as cosines and sines, then across: products for BLAS."""
    rows, columns = (side // TILE_PX for side in levelled.shape)
    wide = np.pad(levelled, _MARGIN_PX)
    strips = sliding_window_view(wide, WINDOW_PX, axis=0)[::TILE_PX].transpose(0, 2, 1)
    spectra = np.empty((rows, columns, len(WAVES_DOWN), len(WAVES_ACROSS)), np.complex64)
    for first in range(0, rows, _STRIPS_AT_ONCE):
        some = slice(first, first + _STRIPS_AT_ONCE)
        windows = sliding_window_view(np.matmul(_DOWN, strips[some]), WINDOW_PX, axis=2)[:, :, ::TILE_PX]
        across = np.ascontiguousarray(windows.transpose(0, 2, 1, 3)).reshape(-1, WINDOW_PX) @ _ACROSS
        waves = across.view(np.complex64).reshape(spectra[some].shape)
        even, odd = waves[:, :, 1:_EVEN], waves[:, :, _EVEN:] * np.complex64(1j)
        spectra[some, :, _HIGHEST] = waves[:, :, 0]
        np.add(even, odd, out=spectra[some, :, _EVEN:])
        np.subtract(even, odd, out=spectra[some, :, _HIGHEST - 1 :: -1])
    return spectra.reshape(rows, columns, WAVES)
