"""The glass plate of a fingerprint sensor: what lies on it, and what an exposure sees of it."""

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.profiles import SensorProfile

GreyImage = NDArray[np.uint8]

BARE = 255
INK_BELOW = 160  # grey under which a pixel counts as part of the print


class FingerPlate:
    """A plate of the profile's size; a seeded Generator gives each exposure its own noise.

    noise_levels: standard deviation of the noise, in grey levels of 256.
    """

    def __init__(self, profile: SensorProfile, rng: np.random.Generator, noise_levels: float) -> None:
        self._shape = (profile.rows, profile.columns)
        self._rng = rng
        self._noise_levels = noise_levels
        self._lying: GreyImage | None = None

    def present(self, finger: GreyImage) -> None:
        """Lay a finger on. finger: (rows, columns) uint8 of any size at 500 ppi, 0 = ridge, 255 = bare."""
        self._lying = _window(finger, self._shape)

    def lift(self) -> None:
        """Take the finger away."""
        self._lying = None

    def expose(self) -> GreyImage | None:
        """What the plate shows now, (rows, columns) uint8; None when no finger lies on it."""
        if self._lying is None or not self._noise_levels:
            return self._lying
        noise = self._rng.normal(0.0, self._noise_levels, self._shape)
        return np.clip(np.rint(self._lying + noise), 0, 255).astype(np.uint8)


def _window(finger: GreyImage, shape: tuple[int, int]) -> GreyImage:
    """The part of `finger` that the plate covers: around the print's centroid, bare where it ends."""
    ink = finger < INK_BELOW
    vertical = _span(ink.sum(axis=1), shape[0])
    horizontal = _span(ink.sum(axis=0), shape[1])
    seen = finger[vertical, horizontal]
    plate = np.full(shape, BARE, np.uint8)
    top, left = (shape[0] - seen.shape[0]) // 2, (shape[1] - seen.shape[1]) // 2
    plate[top : top + seen.shape[0], left : left + seen.shape[1]] = seen
    return plate


def _span(ink: NDArray[np.integer], size: int) -> slice:
    """`size` places around the centroid of `ink`, moved inside; all places when there are fewer."""
    total = int(ink.sum())
    centre = float(ink @ np.arange(len(ink))) / total if total else (len(ink) - 1) / 2
    begin = round(centre - (size - 1) / 2)
    begin = max(0, min(begin, len(ink) - size))
    return slice(begin, begin + size)
