"""Prints made worse in the ways of a bad presentation, so that a fit sees more than good ones."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.nfiq2.frame import GreyImage

Floats = NDArray[np.float64]


def degraded(image: GreyImage, rng: np.random.Generator) -> GreyImage:
    """`image` with one fault of a strength drawn from `rng`; the same size."""
    worse = FAULTS[rng.integers(len(FAULTS))](image.astype(np.float64), rng)
    return np.clip(worse, 0.0, 255.0).astype(np.uint8)


def _blurred(image: Floats, rng: np.random.Generator) -> Floats:
    return cv2.GaussianBlur(image, (0, 0), rng.uniform(0.5, 2.0)).astype(np.float64)


def _noisy(image: Floats, rng: np.random.Generator) -> Floats:
    return image + rng.normal(0.0, rng.uniform(8.0, 50.0), image.shape)


def _faint(image: Floats, rng: np.random.Generator) -> Floats:
    return 255.0 - (255.0 - image) * rng.uniform(0.3, 0.9)


def _wet(image: Floats, rng: np.random.Generator) -> Floats:
    return cv2.erode(image, np.ones((3, 3))).astype(np.float64)


def _thin(image: Floats, rng: np.random.Generator) -> Floats:
    return cv2.dilate(image, np.ones((3, 3))).astype(np.float64)


def _dry(image: Floats, rng: np.random.Generator) -> Floats:
    noise = rng.normal(size=image.shape)
    skin = cv2.GaussianBlur(noise, (0, 0), rng.uniform(1.0, 3.0)).astype(np.float64)
    return np.where(skin < np.quantile(skin, rng.uniform(0.1, 0.5)), 255.0, image)


def _cut(image: Floats, rng: np.random.Generator) -> Floats:
    worse = image.copy()
    for _ in range(rng.integers(3, 20)):
        begin, end = rng.integers(0, max(image.shape), (2, 2)).tolist()
        cv2.line(worse, begin, end, (255.0,), int(rng.integers(1, 4)))
    return worse


def _partial(image: Floats, rng: np.random.Generator) -> Floats:
    worse = image.copy()
    worse[int(image.shape[0] * rng.uniform(0.4, 0.9)) :] = 255.0
    return worse


def _of_sixteen_levels(image: Floats, rng: np.random.Generator) -> Floats:
    return np.round(image / 17.0) * 17.0


FAULTS: tuple[Callable[[Floats, np.random.Generator], Floats], ...] = (
    _blurred,
    _noisy,
    _faint,
    _wet,
    _thin,
    _dry,
    _cut,
    _partial,
    _of_sixteen_levels,
)
