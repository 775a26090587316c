"""Noise with hills of a wanted width, as skin, water and paper have it."""

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]  # float32


def smooth_noise(shape: tuple[int, ...], size_px: float, rng: np.random.Generator) -> Floats:
    """Noise of unit spread whose hills are about `size_px` wide; drawn coarsely, because it is smooth."""
    step = max(1.0, size_px // 8.0)
    coarse = rng.standard_normal((int(shape[0] / step) + 4, int(shape[1] / step) + 4), dtype=np.float32)
    coarse = cv2.GaussianBlur(coarse, (0, 0), max(size_px / step / 2.0, 0.5))
    fine = cv2.resize(coarse, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return ((fine - fine.mean()) / fine.std()).astype(np.float32)
