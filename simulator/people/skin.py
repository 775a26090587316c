"""What life has done to a finger: wear of work, scars, creases of age."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.smooth_noise import smooth_noise

GreyImage = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]  # float32

_CRACKS, _CREASES = 70, 100  # at wear 1.0 and creases 1.0
_OLD_YEARS = (50.0, 85.0)  # creases from none to all


@dataclass(frozen=True, slots=True)
class Skin:
    """wear: 0.0 to 1.0, ridges rubbed flat. scars: how many. creases: 0.0 to 1.0, with thin, pale skin."""

    wear: float = 0.0
    scars: int = 0
    creases: float = 0.0


UNHURT = Skin()


def skin_of_age(age_years: float, rng: np.random.Generator) -> Skin:
    """Skin as most people of that age have it, without the wear of hard work."""
    old = float(np.interp(age_years, _OLD_YEARS, (0.0, 1.0)))
    return Skin(creases=old * float(rng.uniform(0.3, 0.9)))


def lived_in(finger: GreyImage, skin: Skin, rng: np.random.Generator) -> GreyImage:
    """`finger` with such skin: of the same shape, uint8, 0 = ridge. Unhurt skin changes no pixel."""
    for _ in range(skin.scars):
        finger = _scarred(finger, rng)
    if skin.wear:
        finger = _worn(finger, skin.wear, rng)
    if skin.creases:
        finger = _creased(finger, skin.creases, rng)
    return finger


def _worn(finger: GreyImage, wear: float, rng: np.random.Generator) -> GreyImage:
    """Ridges so low that skin between them touches too, in patches; and fine cracks."""
    flat = cv2.GaussianBlur(finger, (0, 0), 3.0) + 22.0 * smooth_noise(finger.shape, 3.0, rng)
    share = np.clip(1.5 * wear - 0.35 + 0.45 * smooth_noise(finger.shape, 50.0, rng), 0.0, 0.95)
    share *= cv2.GaussianBlur(finger, (0, 0), 6.0) < 235.0
    rubbed = finger + share * (flat - finger)
    cracks = _lines(finger.shape, round(_CRACKS * wear), (15.0, 60.0), 1.6, rng)
    return np.clip(255.0 - cracks * (255.0 - rubbed), 0.0, 255.0).astype(np.uint8)


def _creased(finger: GreyImage, creases: float, rng: np.random.Generator) -> GreyImage:
    """White lines across the ridges, and a pale, grainy print: old skin is dry and gives little."""
    lines = _lines(finger.shape, round(_CREASES * creases), (30.0, 110.0), 0.6, rng)
    grain = np.clip(creases * (smooth_noise(finger.shape, 3.0, rng) + 0.1), 0.0, 1.0)
    paler = (1.0 - 0.35 * creases * (1.0 + 0.5 * smooth_noise(finger.shape, 60.0, rng))) * (1.0 - grain)
    return np.clip(255.0 - lines * paler * (255.0 - finger), 0.0, 255.0).astype(np.uint8)


def _lines(
    shape: tuple[int, ...], count: int, lengths: tuple[float, float], spread: float, rng: np.random.Generator
) -> Floats:
    """0 on thin, slightly bent lines, 1 elsewhere; they run alike, give or take `spread` radians."""
    picture = np.full(shape, 255, np.uint8)
    common = float(rng.uniform(-0.8, 0.8))
    for _ in range(count):
        steps = np.linspace(0.0, rng.uniform(*lengths), 7)[:, None]
        angle = common + rng.normal(0.0, spread) + rng.normal(0.0, 0.006) * steps
        path = rng.uniform((0, 0), shape[::-1]) + steps * np.hstack([np.cos(angle), np.sin(angle)])
        cv2.polylines(picture, [(8.0 * path).astype(np.int32)], False, 0, 2, cv2.LINE_AA, 3)
    return (cv2.GaussianBlur(picture, (0, 0), 0.8) / 255.0).astype(np.float32)


def _scarred(finger: GreyImage, rng: np.random.Generator) -> GreyImage:
    """A healed cut: ridges on its two sides do not meet any more, and a pale seam lies between."""
    rows, columns = finger.shape
    y, x = np.mgrid[:rows, :columns].astype(np.float32)
    angle, half = float(rng.uniform(0.0, np.pi)), float(rng.uniform(40.0, 100.0))
    x0, y0 = columns * rng.uniform(0.35, 0.65), rows * rng.uniform(0.3, 0.65)
    along = (x - x0) * np.cos(angle) + (y - y0) * np.sin(angle)
    beside = (y - y0) * np.cos(angle) - (x - x0) * np.sin(angle) + 2.0 * smooth_noise(finger.shape, 24.0, rng)
    near = np.exp(-((along / half) ** 4))
    slip = float(rng.uniform(2.5, 5.0)) * np.sign(beside) * np.exp(-np.abs(beside) / 18.0) * near
    torn = cv2.remap(
        finger,
        (x + slip * np.cos(angle)).astype(np.float32),
        (y + slip * np.sin(angle)).astype(np.float32),
        cv2.INTER_LINEAR,
        borderValue=(255,),
    )
    seam = near * np.exp(-((beside / float(rng.uniform(1.5, 4.0))) ** 2))
    return (torn + seam * (255.0 - torn)).astype(np.uint8)
