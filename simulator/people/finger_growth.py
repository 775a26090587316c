"""Ridges that grow out of noise along a flow, so that ridge endings and forks appear by themselves.

Source of the idea: SFinGe (Cappelli, Maltoni): a picture is filtered again and again by waves that follow
the local direction, until it is nothing but ridges.
"""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]  # float32

PERIOD = 5.0  # places from ridge to ridge; coarse, because growing costs by the place
_ROUNDS = 7
_DIRECTIONS = 12
_REACH = 7


def grow_ridges(directions: Floats, rng: np.random.Generator) -> Floats:
    """Ridges along `directions` (radians), from -1 (ridge) to 1 (valley), PERIOD places apart."""
    shares = _shares(directions)
    skin = rng.standard_normal(directions.shape).astype(np.float32)
    for _ in range(_ROUNDS):
        grown = np.zeros_like(skin)
        for share, wave in zip(shares, _WAVES, strict=True):
            grown += share * cv2.filter2D(skin, cv2.CV_32F, wave, borderType=cv2.BORDER_REFLECT)
        skin = np.tanh(grown * (2.0 / np.abs(grown).mean())).astype(np.float32)
    return skin


def _shares(directions: Floats) -> list[Floats]:
    """How much each of the fixed directions counts at each place; neighbours share by distance."""
    steps = (directions % np.pi) * (_DIRECTIONS / np.pi)
    below = np.floor(steps).astype(np.int32)
    beyond = (steps - below).astype(np.float32)
    return [
        np.where(below % _DIRECTIONS == k, 1.0 - beyond, 0.0).astype(np.float32)
        + np.where((below + 1) % _DIRECTIONS == k, beyond, 0.0).astype(np.float32)
        for k in range(_DIRECTIONS)
    ]


def _wave(angle: float) -> Floats:
    """A short train of ridges along `angle`, without a constant part."""
    down, across = np.mgrid[-_REACH : _REACH + 1, -_REACH : _REACH + 1].astype(np.float32)
    along = across * np.cos(angle) + down * np.sin(angle)
    over = down * np.cos(angle) - across * np.sin(angle)
    hill = np.exp(-0.5 * ((along / 3.0) ** 2 + (over / 2.2) ** 2))
    train = hill * np.cos(2.0 * np.pi * over / PERIOD)
    train -= hill * (train.sum() / hill.sum())
    return (train / np.abs(train).sum()).astype(np.float32)


_WAVES = [_wave(np.pi * k / _DIRECTIONS) for k in range(_DIRECTIONS)]
