"""What ridges leave on glass: uneven pressure, pores, rough edges, thin ridges between ridges, wrinkles."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.smooth_noise import smooth_noise

GreyImage = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]  # float32

_PORES_SHARE = 0.012  # of the pixels


def printed(ridges: Floats, contact: Floats, rng: np.random.Generator) -> GreyImage:
    """The print of `ridges` (-1 ridge to 1 valley) where `contact` (0 none to 1 firm), uint8, 0 = ridge."""
    shape = ridges.shape[0], ridges.shape[1]
    roughness = float(np.clip(rng.normal(1.15, 0.22), 0.65, 1.55))
    dryness = float(rng.normal(0.0, 0.2))
    grain = roughness * smooth_noise(shape, 2.0, rng)
    patches = smooth_noise(shape, 90.0, rng)
    firmness = 0.35 * patches + 0.45 * roughness * smooth_noise(shape, 5.0, rng)
    height = ridges + dryness - firmness + 0.5 * grain + 1.6 * (1.0 - contact)
    inked = 1.0 / (1.0 + np.exp(4.0 * height))
    inked += _between(ridges, rng) * contact
    dark = inked * (0.8 + 0.14 * smooth_noise(shape, 60.0, rng) + 0.2 * grain)
    dark *= _pores(shape, rng) * _wrinkles(shape, rng) * (contact > 0.0)
    return cv2.GaussianBlur(np.clip(255.0 * (1.0 - dark), 0.0, 255.0), (0, 0), 0.6).astype(np.uint8)


def _between(ridges: Floats, rng: np.random.Generator) -> Floats:
    """Incipient ridges: thin broken lines in the middle of valleys, in a patch of some fingers."""
    shape = ridges.shape[0], ridges.shape[1]
    amount = max(0.0, float(rng.normal(-0.2, 0.4)))
    patch = np.clip(smooth_noise(shape, 90.0, rng) - 0.5, 0.0, 1.0)
    broken = np.clip(smooth_noise(shape, 6.0, rng), 0.0, 1.0)
    return amount * patch * broken * np.clip((ridges - 0.97) / 0.03, 0.0, 1.0)


def _pores(shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    """0 in the middle of a pore, 1 elsewhere."""
    pores = (rng.random(shape, dtype=np.float32) < _PORES_SHARE).astype(np.float32)
    return np.clip(1.0 - 5.0 * cv2.GaussianBlur(pores, (0, 0), 0.9), 0.0, 1.0)


def _wrinkles(shape: tuple[int, int], rng: np.random.Generator) -> Floats:
    """0 on a few thin white wrinkles, 1 elsewhere."""
    lines = np.full(shape, 255, np.uint8)
    for _ in range(int(rng.integers(0, 7))):
        steps = np.linspace(0.0, rng.uniform(40.0, 130.0), 9)[:, None]
        angle = rng.normal(0.0, 0.5) + rng.normal(0.0, 0.006) * steps
        begin = rng.uniform((100, 120), (shape[1] - 180, shape[0] - 80))
        path = begin + steps * np.hstack([np.cos(angle), np.sin(angle)])
        cv2.polylines(lines, [path.astype(np.int32)], False, 0, int(rng.integers(1, 3)), cv2.LINE_AA)
    return (cv2.GaussianBlur(lines, (0, 0), 0.9) / 255.0).astype(np.float32)
