"""The noise of a colour camera, the same for the same moment."""

import cv2
import numpy as np

from simulator.people.layers import Pixels
from simulator.people.optics import NOMINAL_GAIN

NOISE = 2.0  # standard deviation, of 255, at the nominal gain
MARGIN = 64  # the tile is shifted by up to so many pixels from frame to frame
LOUDEST = 8.0  # of the nominal gain


class SensorNoise:
    """Tiles of noise, one a loudness; louder ones are made when they are needed."""

    def __init__(self, generator: np.random.Generator, shape: tuple[int, int]) -> None:
        size = (shape[0] + MARGIN, shape[1] + MARGIN, 3)
        self._grain = generator.standard_normal(size, dtype=np.float32).astype(np.float16)
        self._tiles: dict[float, tuple[Pixels, Pixels]] = {}

    def on(self, picture: Pixels, at_s: float, gain: float) -> Pixels:
        """The picture with the noise of that moment."""
        rows, columns = picture.shape[:2]
        top, left = (int(at_s * 1e3) * prime % MARGIN for prime in (7, 13))
        more, less = (each[top : top + rows, left : left + columns] for each in self._tile(gain))
        return np.asarray(cv2.subtract(cv2.add(picture, more), less), np.uint8)

    def _tile(self, gain: float) -> tuple[Pixels, Pixels]:
        """What noise adds and takes away: saturating uint8 sums are four times as fast as signed ones."""
        loudness = round(2.0 * min(gain / NOMINAL_GAIN, LOUDEST) ** 0.5) / 2.0
        if loudness not in self._tiles:
            noise = np.rint(NOISE * loudness * self._grain.astype(np.float32))
            self._tiles[loudness] = (
                np.clip(noise, 0, 255).astype(np.uint8),
                np.clip(-noise, 0, 255).astype(np.uint8),
            )
        return self._tiles[loudness]
