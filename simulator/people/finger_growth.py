"""Ridges that grow out of noise along a flow, so that ridge endings and forks appear by themselves.

Source of the idea: SFinGe (Cappelli, Maltoni): a picture is filtered again and again by waves that follow
the local direction, until it is nothing but ridges.
"""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]  # float32

PERIOD = 5.0  # places from ridge to ridge; coarse, because growing costs by the place
_WAVE = 4.75  # places; what grows lies 5 % wider than the wave it grew from
_ROUNDS = 8
_DIRECTIONS = 16
# How far a wave reaches along and across the ridges, in places: longer waves leave fewer minutiae.
_ALONG, _ACROSS = 5.6, 2.6


def grow_ridges(directions: Floats, rng: np.random.Generator) -> Floats:
    """Ridges along `directions` (radians), from -1 (ridge) to 1 (valley), PERIOD places apart.

    What leaves the picture on one side comes back on the other, so that its margin is of no use.
    """
    shares = _shares(directions)
    waves = _waves(*directions.shape)
    skin = rng.standard_normal(directions.shape, dtype=np.float32)
    for _ in range(_ROUNDS):
        grown = np.zeros_like(skin)
        spectrum = np.fft.rfft2(skin)
        for share, wave in zip(shares, waves, strict=True):
            grown += share * np.fft.irfft2(spectrum * wave, s=skin.shape)
        skin = np.tanh(grown * (2.0 / np.abs(grown).mean())).astype(np.float32)
    return skin


def _shares(directions: Floats) -> list[Floats]:
    """How much each of the fixed directions counts at each place; neighbours share by distance."""
    steps = (directions % np.pi) * (_DIRECTIONS / np.pi)
    return [
        np.clip(1.0 - np.abs((steps - k + _DIRECTIONS / 2) % _DIRECTIONS - _DIRECTIONS / 2), 0.0, 1.0).astype(
            np.float32
        )
        for k in range(_DIRECTIONS)
    ]


@cache
def _waves(rows: int, columns: int) -> list[Floats]:
    """Spectra of short trains of ridges, one for each direction, without a constant part."""
    v, u = np.meshgrid(np.fft.fftfreq(rows), np.fft.rfftfreq(columns), indexing="ij")
    return [_wave(u, v, np.pi * k / _DIRECTIONS) for k in range(_DIRECTIONS)]


def _wave(u: Floats, v: Floats, angle: float) -> Floats:
    """The spectrum of a train along `angle`: two hills, at one cycle in _WAVE places to either side."""
    along = 2.0 * np.pi * _ALONG * (u * np.cos(angle) + v * np.sin(angle))
    over = v * np.cos(angle) - u * np.sin(angle)
    hills = (np.exp(-0.5 * (2.0 * np.pi * _ACROSS * (over + way / _WAVE)) ** 2) for way in (-1.0, 1.0))
    return (np.exp(-0.5 * along**2) * sum(hills)).astype(np.float32)
