"""What can become of a print, each damage seeded: those that NFIQ 2 was tried on, and where a finger lies.

Images are (rows, columns) uint8 at 500 pixels per inch, 0 = ridge. A damage takes an image and chance, and
gives an image of the same size.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

import cv2
import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]
Damage = Callable[[Image, np.random.Generator], Image]

_INK_LEVELS = 40  # darker than the plate by this much
_CUT_PX = 3
_CUTS = 20
_SIDES = ("left", "right", "up", "down")
_OPPOSITE = {"left": "right", "right": "left", "up": "down", "down": "up"}


def bare(image: Image) -> int:
    """The grey of the untouched plate: what only a hundredth of the image is brighter than."""
    return int(np.percentile(image, 99.0))


def contrast(share: float, image: Image, rng: np.random.Generator) -> Image:
    """Fainter towards the bare plate; a tenth is what a finger leaves behind."""
    del rng
    return (255.0 - share * (255.0 - image)).astype(np.uint8)


def darkest(side: int, image: Image, rng: np.random.Generator) -> Image:
    """The darkest of a square around each pixel: valleys fill, as water does."""
    del rng
    return cv2.erode(image, np.ones((side, side), np.uint8)).astype(np.uint8)


def lightest(side: int, image: Image, rng: np.random.Generator) -> Image:
    """The lightest of a square around each pixel: ridges thin out, as dry skin does."""
    del rng
    return cv2.dilate(image, np.ones((side, side), np.uint8)).astype(np.uint8)


def dropout(share: float, image: Image, rng: np.random.Generator) -> Image:
    """This share of all pixels shows the bare plate."""
    return np.where(rng.random(image.shape) < share, np.uint8(255), image)


def blur(sigma_px: float, image: Image, rng: np.random.Generator) -> Image:
    """Out of focus, or moved."""
    del rng
    return cv2.GaussianBlur(image, (0, 0), sigma_px).astype(np.uint8)


def noise(levels: float, image: Image, rng: np.random.Generator) -> Image:
    """Independent noise of this standard deviation on each pixel."""
    return np.clip(image + rng.normal(0.0, levels, image.shape), 0, 255).astype(np.uint8)


def cuts(image: Image, rng: np.random.Generator) -> Image:
    """Twenty straight scars from side to side."""
    scarred, (rows, columns) = image.copy(), image.shape
    for _ in range(_CUTS):
        ends = rng.integers(0, (columns, rows), (2, 2)).tolist()
        cv2.line(scarred, ends[0], ends[1], (bare(image),), _CUT_PX)
    return scarred


def rotated(degrees: float, image: Image, rng: np.random.Generator) -> Image:
    """Turned around the middle of the image."""
    del rng
    rows, columns = image.shape
    turn = cv2.getRotationMatrix2D((columns / 2, rows / 2), degrees, 1.0)
    return cv2.warpAffine(image, turn, (columns, rows), borderValue=(bare(image),)).astype(np.uint8)


def mirrored(image: Image, rng: np.random.Generator) -> Image:
    """As in a looking-glass."""
    del rng
    return np.ascontiguousarray(image[:, ::-1])


def inverted(image: Image, rng: np.random.Generator) -> Image:
    """Ridges light, valleys and plate dark."""
    del rng
    return (255 - image).astype(np.uint8)


def white_noise(image: Image, rng: np.random.Generator) -> Image:
    """No print at all: every grey equally likely."""
    return rng.integers(0, 256, image.shape).astype(np.uint8)


def superposed(image: Image, rng: np.random.Generator) -> Image:
    """The same print once more, turned a quarter and moved: the darker of both."""
    quarter = cv2.resize(np.rot90(image), image.shape[::-1], interpolation=cv2.INTER_LINEAR)
    other = np.roll(quarter, tuple(rng.integers(-20, 21, 2)), axis=(0, 1))
    return np.minimum(image, other).astype(np.uint8)


def partial_print(share: float, image: Image, rng: np.random.Generator) -> Image:
    """This share of the print's ink, cut off along a straight line across or down."""
    return kept(share, str(rng.choice(_SIDES)), image)


def kept(share: float, side: str, image: Image) -> Image:
    """The `side` of the print that holds this share of its ink; the rest is bare plate."""
    ink = (image < bare(image) - _INK_LEVELS).sum(axis=1 if side in {"up", "down"} else 0)
    ink = ink[::-1] if side in {"down", "right"} else ink
    length = int((ink.cumsum() < share * ink.sum()).sum())
    rows, columns = image.shape
    top, left = (rows - length if side == "down" else 0), (columns - length if side == "right" else 0)
    bottom, right = (length if side == "up" else rows), (length if side == "left" else columns)
    part = np.full_like(image, bare(image))
    part[top:bottom, left:right] = image[top:bottom, left:right]
    return part


def beside(share: float, side: str, image: Image, rng: np.random.Generator) -> Image:
    """Laid so far towards `side` that only this share of the print's ink is still on the plate."""
    del rng
    part = kept(share, _OPPOSITE[side], image)
    rows, columns = np.nonzero(part < bare(image) - _INK_LEVELS)
    if not rows.size:
        return part
    down = {"up": -int(rows.min()), "down": image.shape[0] - 1 - int(rows.max())}.get(side, 0)
    across = {"left": -int(columns.min()), "right": image.shape[1] - 1 - int(columns.max())}.get(side, 0)
    return np.roll(part, (down, across), axis=(0, 1))


DAMAGES: Mapping[str, Damage] = MappingProxyType(
    {
        "contrast_50": partial(contrast, 0.5),
        "contrast_25": partial(contrast, 0.25),
        "ghost": partial(contrast, 0.1),
        "wet_3": partial(darkest, 3),
        "wet_5": partial(darkest, 5),
        "wet_7": partial(darkest, 7),
        "thin_3": partial(lightest, 3),
        "thin_5": partial(lightest, 5),
        "dropout_30": partial(dropout, 0.3),
        "dropout_50": partial(dropout, 0.5),
        "blur_1": partial(blur, 1.0),
        "blur_2": partial(blur, 2.0),
        "blur_3": partial(blur, 3.0),
        "noise_20": partial(noise, 20.0),
        "noise_60": partial(noise, 60.0),
        "cuts": cuts,
        "rotated_45": partial(rotated, 45.0),
        "superposed": superposed,
        "partial_60": partial(partial_print, 0.6),
        "partial_40": partial(partial_print, 0.4),
        "mirrored": mirrored,
        "inverted": inverted,
        "white_noise": white_noise,
    }
    | {f"beside_{side}": partial(beside, 0.35, side) for side in _SIDES}
)
