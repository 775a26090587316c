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

_LEVEL_PX = 25  # holds two ridges at least: what changes slower is light and pressure
_LOWEST_CONTRAST_LEVELS = 4.0  # sensor noise and the last of 16 grey levels
_LOWEST_CONTRAST_SHARE = 0.08  # of the image's grey range


@dataclass(frozen=True, slots=True, eq=False)
class Tiles:
    """levelled: (rows, columns) float32, ridges below 0, of even contrast. has_contrast: (down, across) bool.

    spectra: (WAVES_DOWN, down, across, 2 x WAVES_ACROSS) float32, wave numbers a window, real parts before
    imaginary ones; phases are those of each tile's first pixel.
    """

    levelled: Floats
    has_contrast: NDArray[np.bool_]
    spectra: Floats


def tiles_of(image: NDArray[np.uint8]) -> Tiles:
    """Cut `image`, (rows, columns) uint8 of at least 8 x 8; what is left right and below is dropped."""
    whole = image[: image.shape[0] // TILE_PX * TILE_PX, : image.shape[1] // TILE_PX * TILE_PX]
    darkest, lightest = (float(level) for level in np.percentile(whole[::3, ::3], (1.0, 99.0)))
    lowest = max(_LOWEST_CONTRAST_LEVELS, _LOWEST_CONTRAST_SHARE * (lightest - darkest))
    levelled = whole.astype(np.float32)
    levelled -= _around(levelled)
    contrast = _around(levelled * levelled)
    np.sqrt(np.maximum(contrast, 0.0, out=contrast), out=contrast)  # a running sum may end below 0
    levelled /= np.maximum(contrast, np.float32(lowest))
    centre = slice(TILE_PX // 2, None, TILE_PX)
    return Tiles(levelled, contrast[centre, centre] > lowest, _spectra(levelled))


def _around(values: Floats) -> Floats:
    return cv2.blur(values, (_LEVEL_PX, _LEVEL_PX), borderType=cv2.BORDER_REPLICATE).astype(np.float32)


def phases(waves: NDArray[np.int_], pixels: NDArray[np.int_ | np.floating[Any]]) -> Waves:
    """exp(-2 pi i wave pixel / window), (pixels, waves)."""
    return np.exp(-2j * np.pi * np.outer(pixels, waves) / WINDOW_PX).astype(np.complex64)


_PIXELS = np.arange(WINDOW_PX) - _MARGIN_PX
_TAPER = np.sqrt(np.hanning(WINDOW_PX + 2)[1:-1]).astype(np.float32)[:, None]
_down = (_TAPER * phases(WAVES_DOWN[_HIGHEST:], _PIXELS)).T
_EVEN, _ODD = np.ascontiguousarray(_down.real), np.ascontiguousarray(_down.imag[1:])
_across = _TAPER * phases(WAVES_ACROSS, _PIXELS)
_ACROSS, _ACROSS_TURNED = (np.hstack([waves.real, waves.imag]) for waves in (_across, 1j * _across))
STRIPS_AT_ONCE = 4  # what is in between stays in the processor's cache


def _spectra(levelled: Floats) -> Floats:
    """First down in each strip of windows, as cosines and sines, then across.

    In products of less than 2^18 steps: a larger one would wake the BLAS threads, which costs more than
    it saves.
    """
    rows, columns = (side // TILE_PX for side in levelled.shape)
    strips = sliding_window_view(_wide(levelled), WINDOW_PX, axis=0)[::TILE_PX].transpose(0, 2, 1)
    spectra = np.empty((len(WAVES_DOWN), rows, columns, 2 * len(WAVES_ACROSS)), np.float32)
    for first in range(0, rows, STRIPS_AT_ONCE):
        some = slice(first, first + STRIPS_AT_ONCE)
        even = _windows(np.matmul(_EVEN, strips[some])) @ _ACROSS
        odd = _windows(np.matmul(_ODD, strips[some])) @ _ACROSS_TURNED
        spectra[_HIGHEST, some] = even[0]
        np.add(even[1:], odd, out=spectra[_HIGHEST + 1 :, some])
        np.subtract(even[1:], odd, out=spectra[_HIGHEST - 1 :: -1, some])
    return spectra


def _wide(levelled: Floats) -> Floats:
    rows, columns = levelled.shape
    wide = np.zeros((rows + 2 * _MARGIN_PX, columns + 2 * _MARGIN_PX), np.float32)
    wide[_MARGIN_PX:-_MARGIN_PX, _MARGIN_PX:-_MARGIN_PX] = levelled
    return wide


def _windows(downs: Floats) -> Floats:
    """(waves down, strips, columns, pixels) of strips (strips, waves down, pixels)."""
    windows = sliding_window_view(downs, WINDOW_PX, axis=2)[:, :, ::TILE_PX]
    return np.ascontiguousarray(windows.transpose(1, 0, 2, 3))
