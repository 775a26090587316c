"""One moment before the portrait camera, and its picture under even light."""

import functools
from dataclasses import dataclass, replace
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people import paper
from simulator.people.backdrops import Backdrop, backdrop_picture
from simulator.people.card import CardHeld, card_layer
from simulator.people.layers import Pixels, blurred, focal_px, over, placed
from simulator.people.master import PortraitMaster
from simulator.people.pose import Pose

SWAY_MARGIN_PX = 12
SAMPLED = 16  # every so many pixels of a row and a column are enough to meter
BRIGHTEST_PERCENTILE = 98.0
SIDE_SHADE = 0.85  # of the light that a one-sided lamp takes from the far side
LUMINANCE = np.asarray([0.2126, 0.7152, 0.0722], np.float32)

Shift = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cutout:
    """A person, or a print of one, in a frame. sway_px, smear_px: to the right and down."""

    master: PortraitMaster
    pose: Pose
    sway_px: Shift
    smear_px: Shift
    blur_px: float
    printed: paper.Paper | None = None

    def onto(self, picture: Pixels, zoom: float) -> Pixels:
        """The picture, (rows, columns, 3), with the cut-out over it."""
        rows, columns = picture.shape[:2]
        size = rows + 2 * SWAY_MARGIN_PX, columns + 2 * SWAY_MARGIN_PX
        layer = _layer(replace(self, sway_px=(0, 0)), size, (rows, columns), zoom)
        left, top = (SWAY_MARGIN_PX - min(max(px, -SWAY_MARGIN_PX), SWAY_MARGIN_PX) for px in self.sway_px)
        return over(picture, layer[top : top + rows, left : left + columns])


@functools.lru_cache(5)
def _layer(cutout: Cutout, size: tuple[int, int], shape: tuple[int, int], zoom: float) -> Pixels:
    """(rows, columns, 4) uint8 of `size`, RGB multiplied by opacity, and opacity; the camera's is `shape`.

    A swaying person is the same layer, cut out elsewhere.
    """
    focal = zoom * focal_px(shape)
    if cutout.printed is None:
        layer = placed(cutout.master, cutout.pose, size, focal, SWAY_MARGIN_PX)
    else:
        sheet = paper.printed(cutout.master, cutout.printed)
        layer = paper.turned(sheet, cutout.printed, cutout.pose, size, focal, SWAY_MARGIN_PX)
    return blurred(layer, cutout.blur_px, cutout.smear_px)


@dataclass(frozen=True, slots=True)
class View:
    """Everything that a picture under even light depends on; the farthest cut-out first."""

    backdrop: Backdrop
    cutouts: tuple[Cutout, ...]
    card: CardHeld | None
    card_blur_px: float
    zoom: float


class Composed:
    """A view and its picture: read-only (rows, columns, 3) uint8 RGB, as under the good lamp."""

    def __init__(self, view: View, shape: tuple[int, int]) -> None:
        self.view = view
        self.picture = _composed(view, shape)

    @cached_property
    def brightest_and_mean(self) -> tuple[float, float]:
        """Linear luminance, 0..1: its 98th percentile and its mean."""
        sampled = linear()[self.picture[::SAMPLED, ::SAMPLED]] @ LUMINANCE
        return float(np.percentile(sampled, BRIGHTEST_PERCENTILE)), float(sampled.mean())


def _composed(view: View, shape: tuple[int, int]) -> Pixels:
    picture = backdrop_picture(view.backdrop, shape)
    for cutout in view.cutouts:
        picture = cutout.onto(picture, view.zoom)
    if view.card is not None:
        picture = over(picture, blurred(card_layer(view.card, shape), view.card_blur_px))
    picture.flags.writeable = False
    return picture


def developed(picture: Pixels, gains: tuple[float, float, float], side_light: float) -> Pixels:
    """The picture under other light: gains of red, green and blue, and a lamp on one side (-1 to 1)."""
    if gains != (1.0, 1.0, 1.0):
        tables = np.stack([srgb(linear() * np.float32(gain)) for gain in gains], axis=-1)
        picture = np.asarray(cv2.LUT(picture, tables[None]), np.uint8)
    return picture if side_light == 0.0 else _from_one_side(picture, side_light)


def banded(picture: Pixels, bands: NDArray[np.float32]) -> Pixels:
    """Columns that got more and less light."""
    gain = np.broadcast_to((bands ** (1.0 / 2.2))[None, :, None], picture.shape)
    return np.asarray(cv2.multiply(picture, gain.astype(np.float32), dtype=cv2.CV_8U), np.uint8)


def _from_one_side(picture: Pixels, side_light: float) -> Pixels:
    """-1.0: lamp on the picture's left only, 1.0: on its right only."""
    across = np.linspace(-1.0, 1.0, picture.shape[1]) * 4.0 * np.sign(side_light)
    far = 1.0 - SIDE_SHADE * abs(side_light) / (1.0 + np.exp(across))
    gain = np.broadcast_to(far.astype(np.float32)[None, :, None], picture.shape)
    return np.asarray(cv2.multiply(picture, gain, dtype=cv2.CV_8U), np.uint8)


def linear() -> NDArray[np.float32]:
    """(256,) the light behind each sRGB value: IEC 61966-2-1."""
    return _LINEAR


def srgb(light: NDArray[np.float32]) -> Pixels:
    """Light, 1.0 = white, as sRGB."""
    light = np.clip(light, 0.0, 1.0)
    coded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.rint(coded * 255.0).astype(np.uint8)


_CODES = np.arange(256) / 255.0
_LINEAR = np.where(_CODES <= 0.04045, _CODES / 12.92, ((_CODES + 0.055) / 1.055) ** 2.4).astype(np.float32)
