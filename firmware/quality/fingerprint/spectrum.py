"""The wave that a window of ridges is: how pure, how long, and whether a second one crosses it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

_SIDE = 32
_HIGHEST = 8  # cycles a window: a period of 4 pixels
_SHORTEST_PX, _LONGEST_PX = 4.5, 16.0

_taper = np.hanning(_SIDE + 2)[1:-1].astype(np.float32)
_TAPER = np.outer(_taper, _taper)

# A real image's spectrum is symmetric, so half a plane and one wave number around it are enough.
_ALONG = np.arange(-_HIGHEST - 1, _HIGHEST + 2)
_ACROSS = np.arange(-1, _HIGHEST + 2)
_RADIUS = np.hypot(_ALONG[:, None], _ACROSS[None, :]).astype(np.float32)
_INNER_RADIUS = _RADIUS[1:-1, 1:-1]
_IN_BAND = (_INNER_RADIUS >= _SIDE / _LONGEST_PX) & (_INNER_RADIUS <= _SIDE / _SHORTEST_PX)


_RIVAL_DEGREES = 30.0  # ridges that bend turn less than this within a window
_WAVES = np.dstack(np.meshgrid(_ALONG[1:-1], _ACROSS[1:-1], indexing="ij")).reshape(-1, 2).astype(np.float32)
_LENGTHS = np.maximum(np.hypot(*_WAVES.T), 1e-6)
_COSINES = np.abs(_WAVES @ _WAVES.T) / np.outer(_LENGTHS, _LENGTHS)
_IS_RIVAL = (np.cos(np.radians(_RIVAL_DEGREES)) > _COSINES) & _IN_BAND.reshape(-1)


def _fourier(wave_numbers: NDArray[np.int_]) -> NDArray[np.complex64]:
    phases = -2j * np.pi * np.outer(np.arange(_SIDE), wave_numbers) / _SIDE
    return np.exp(phases).astype(np.complex64)


_FOURIER_ALONG = np.ascontiguousarray(_fourier(_ALONG).T)
_FOURIER_ACROSS = _fourier(_ACROSS).view(np.float32)  # real and imaginary parts as neighbouring columns


@dataclass(frozen=True, slots=True, eq=False)
class RidgeWaves:
    """The strongest wave of each window, (count,) float32.

    concentration: its share of the window's energy, 0 to 1: parallel ridges 0.4 to 0.9, white noise 0.04.
    frequency: cycles a pixel. rival: energy of the strongest wave in another direction against it, 0 to 1.
    """

    concentration: Floats
    frequency: Floats
    rival: Floats


def ridge_waves(windows: Floats) -> RidgeWaves:
    """Look for waves with periods from 4.5 to 16 pixels in `windows`, (count, 32, 32) float32."""
    waves = (windows - _weighted_means(windows)) * _TAPER
    energy = _energy(waves)
    around = _sum_of_neighbours(energy)
    peak = np.where(_IN_BAND, around, 0.0).reshape(len(windows), -1).argmax(axis=1)[:, None]
    at_peak = _at(peak, around)
    total = np.maximum(np.einsum("nij,nij->n", waves, waves) * (_SIDE * _SIDE), 1e-3)
    radius = _at(peak, _sum_of_neighbours(energy * _RADIUS)) / np.maximum(at_peak, 1e-3)
    others = np.where(_IS_RIVAL[peak[:, 0]], around.reshape(len(windows), -1), 0.0).max(axis=1)
    return RidgeWaves(
        np.minimum(2.0 * at_peak / total, 1.0), radius / _SIDE, others / np.maximum(at_peak, 1e-3)
    )


def _weighted_means(windows: Floats) -> Floats:
    """The grey that leaves no constant part under the taper."""
    return np.einsum("nij,ij->n", windows, _TAPER / _TAPER.sum())[:, None, None]


def _energy(waves: Floats) -> Floats:
    """Squared size of each wave number, (count, along, across).

    Window by window: one large product would wake the BLAS threads, which costs more than it saves.
    """
    both = _FOURIER_ALONG @ (waves @ _FOURIER_ACROSS).view(np.complex64)
    return both.real**2 + both.imag**2


def _sum_of_neighbours(planes: Floats) -> Floats:
    """Each inner value with the eight around it: the main lobe of the taper."""
    across = planes[:, :, :-2] + planes[:, :, 1:-1] + planes[:, :, 2:]
    return across[:, :-2] + across[:, 1:-1] + across[:, 2:]


def _at(peak: NDArray[np.intp], planes: Floats) -> Floats:
    return np.take_along_axis(planes.reshape(len(planes), -1), peak, axis=1)[:, 0]
