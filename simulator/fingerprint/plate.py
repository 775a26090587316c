"""The glass plate of a fingerprint sensor: what lies on it, and what an exposure sees of it."""

import hashlib

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.profiles import SensorProfile
from simulator.fingerprint.faults import SOUND, SensorFaults

GreyImage = NDArray[np.uint8]

BARE, BLACK = 255, 0
INK_BELOW = 160  # grey under which a pixel counts as part of the print


class FingerPlate:
    """A plate of the profile's size; a seeded Generator gives each exposure its own noise.

    noise_levels: standard deviation of the noise, in grey levels of 256.
    identity: of the finger that lies or lay on it.
    """

    def __init__(self, profile: SensorProfile, rng: np.random.Generator, noise_levels: float) -> None:
        self.identity = ""
        self._shape = (profile.rows, profile.columns)
        self._rng = rng
        self._noise_levels = noise_levels
        self._lying: GreyImage | None = None
        self._before = np.full(self._shape, BARE, np.uint8)  # what the last finger showed

    def present(self, finger: GreyImage, identity: str | None = None) -> None:
        """Lay a finger on. finger: (rows, columns) uint8 of any size at 500 ppi, 0 = ridge, 255 = bare.

        identity: whose finger it is; without one, the same picture is the same finger.
        """
        self.lift()
        self._lying = _window(finger, self._shape)
        self.identity = identity or hashlib.sha256(finger.tobytes()).hexdigest()

    def lift(self) -> None:
        """Take the finger away."""
        self._before = self._before if self._lying is None else self._lying
        self._lying = None

    def expose(self, faults: SensorFaults = SOUND) -> GreyImage | None:
        """What the plate shows now, (rows, columns) uint8; None when no finger seems to lie on it."""
        seen = _with_ghost(self._lying, self._before, faults.ghost)
        if seen is None:
            return None
        if self._noise_levels:
            noise = self._rng.normal(0.0, self._noise_levels, self._shape)
            seen = np.clip(np.rint(seen + noise), 0, 255).astype(np.uint8)
        if faults.dead_columns:
            seen = seen.copy()
            seen[:, list(faults.dead_columns)] = BLACK
        return seen


def _with_ghost(lying: GreyImage | None, before: GreyImage, ghost: float) -> GreyImage | None:
    """The finger over the grease that the one before left; the grease alone looks like a faint finger."""
    if not ghost or (lying is None and before.min() == BARE):
        return lying
    grease = (BARE - ghost * (BARE - before.astype(np.float32))).astype(np.uint8)
    return grease if lying is None else np.minimum(lying, grease)


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
