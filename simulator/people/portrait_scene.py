"""What stands before the portrait camera: a backdrop, up to two people, a card held up."""

import math
from dataclasses import dataclass

import cv2
import numpy as np

from simulator.people.backdrops import Backdrop, backdrop_picture
from simulator.people.card import CardHeld, card_layer
from simulator.people.layers import Pixels, focal_px, over, placed
from simulator.people.person import Person
from simulator.people.pose import Pose

SHAPE = (1280, 960)  # rows, columns
NOISE = 2.0  # standard deviation, of 255
NOISE_MARGIN = 64  # the noise tile is shifted by up to so many pixels from frame to frame
SWAY_M, SWAY_PERIOD_S = 0.0008, 4.3  # nobody stands quite still
SIDE_SHADE = 0.85  # of the light that a one-sided lamp takes from the far side


@dataclass(frozen=True, slots=True)
class _View:
    """Everything that one picture without its noise depends on."""

    people: tuple[tuple[Person, Pose], ...]
    card: CardHeld | None
    backdrop: Backdrop
    light: float
    side_light: float
    sway_px: int


class PortraitScene:
    """A simulator.cameras.Scene whose people, poses and card may change at any moment.

    person: who sits there, or nobody. behind: a second person and their pose. light: 1.0 = as it should
    be. side_light: -1.0 (lamp on the picture's left only) to 1.0 (right only). Only a changed view is
    composed anew; otherwise a frame is that view with other noise.
    """

    def __init__(self, generator: np.random.Generator, shape: tuple[int, int] = SHAPE) -> None:
        self.person: Person | None = None
        self.pose = Pose()
        self.behind: tuple[Person, Pose] | None = None
        self.card: CardHeld | None = None
        self.backdrop = Backdrop.WHITE
        self.light = 1.0
        self.side_light = 0.0
        self._shape = shape
        self._noise = _noise(generator, shape)
        self._composed: tuple[_View, Pixels] | None = None

    def show_card(self, qr_text: str, *, blur_px: float = 0.0) -> None:
        """Hold a card with this code before the camera."""
        self.card = CardHeld(qr_text, blur_px=blur_px)

    def hide_card(self) -> None:
        """Take the card away."""
        self.card = None

    def picture(self, at_s: float) -> Pixels:
        """(rows, columns, 3) uint8 RGB; the same moment of the same scene gives the same picture."""
        view = self._view(at_s)
        if self._composed is None or self._composed[0] != view:
            self._composed = view, _compose(view, self._shape)
        return _with_noise(self._composed[1], self._noise, at_s)

    def _view(self, at_s: float) -> _View:
        people = [(self.person, self.pose)] if self.person is not None else []
        behind = [self.behind] if self.behind is not None else []
        sway = _sway_px(at_s, self.pose.distance_m, self._shape)
        card = None if self.card is None else self.card.at(at_s)
        return _View((*behind, *people), card, self.backdrop, self.light, self.side_light, sway)


def _compose(view: _View, shape: tuple[int, int]) -> Pixels:
    picture = backdrop_picture(view.backdrop, shape)
    for person, pose in view.people:
        picture = over(picture, placed(person.portrait(pose), pose, shape, view.sway_px))
    if view.light != 1.0 or view.side_light:
        picture = _shaded(picture, view.light, view.side_light)
    if view.card is not None:
        picture = over(picture, card_layer(view.card, shape))
    return picture


def _shaded(picture: Pixels, light: float, side_light: float) -> Pixels:
    """The picture under less light, or with a lamp on one side only."""
    across = np.linspace(-1.0, 1.0, picture.shape[1]) * 4.0 * np.sign(side_light)
    far = 1.0 - SIDE_SHADE * abs(side_light) / (1.0 + np.exp(across))
    gain = np.broadcast_to((light * far).astype(np.float32)[None, :, None], picture.shape)
    return np.asarray(cv2.multiply(picture, gain, dtype=cv2.CV_8U), np.uint8)


def _sway_px(at_s: float, distance_m: float, shape: tuple[int, int]) -> int:
    """Whole pixels to the right, so that most frames show the view that is composed already."""
    reach = SWAY_M * focal_px(shape) / distance_m
    return round(reach * math.sin(2.0 * math.pi * at_s / SWAY_PERIOD_S))


def _noise(generator: np.random.Generator, shape: tuple[int, int]) -> tuple[Pixels, Pixels]:
    """What noise adds and takes away: saturating uint8 sums are four times as fast as signed ones."""
    size = (shape[0] + NOISE_MARGIN, shape[1] + NOISE_MARGIN, 3)
    noise = np.rint(NOISE * generator.standard_normal(size, dtype=np.float32))
    return np.maximum(noise, 0).astype(np.uint8), np.maximum(-noise, 0).astype(np.uint8)


def _with_noise(picture: Pixels, noise: tuple[Pixels, Pixels], at_s: float) -> Pixels:
    rows, columns = picture.shape[:2]
    top, left = (int(at_s * 1e3) * prime % NOISE_MARGIN for prime in (7, 13))
    more, less = (each[top : top + rows, left : left + columns] for each in noise)
    return np.asarray(cv2.subtract(cv2.add(picture, more), less), np.uint8)
