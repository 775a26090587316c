"""What stands before the portrait camera: a backdrop, people who move, a lamp, a card held up."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from simulator.people.backdrops import Backdrop
from simulator.people.card import CardHeld
from simulator.people.composing import SWAY_MARGIN_PX, Composed, Cutout, View, banded, developed
from simulator.people.layers import Pixels, blur_of_lens, focal_px
from simulator.people.lighting import Lamp, Light, light_of
from simulator.people.moving import STILL, Life, Movement
from simulator.people.noise import SensorNoise
from simulator.people.optics import Metered, Setting
from simulator.people.paper import Paper
from simulator.people.person import Person
from simulator.people.pose import Pose

SHAPE = (1280, 960)  # rows, columns
BACKDROP_M = 1.4
BREATHING = 0.004  # how much larger a dioptre more makes the picture
FOCUS_AT_REST = 1.67  # dioptres, where the picture has its nominal size
HAND = Life(seed=5, blink_every_s=math.inf, sway=1.6)  # of somebody who holds a sheet of paper
BEHIND_PAPER_M = 0.3
MOMENT_S = 0.01
GAIN_STEPS = 200.0  # gains that differ less give the same picture


@dataclass(frozen=True, slots=True)
class Figure:
    """Somebody before the camera, and how they move."""

    person: Person
    movement: Movement
    life: Life

    def velocity(self, at_s: float) -> tuple[float, float]:
        """Of the face to the right and down, metres a second."""
        moved, before, after = self.movement.velocity(at_s), *map(self.life.swayed, (at_s, at_s + MOMENT_S))
        right, down = (
            one + (new - old) / MOMENT_S for one, old, new in zip(moved, before, after, strict=True)
        )
        return right, down


class PortraitScene:
    """A simulator.people.optics.LitScene whose people, poses, lamp and card may change at any moment.

    person: who sits there, or nobody; life: how much they blink and sway. behind: others. paper: a print of
    the person in their place. light: 1.0 = as it should be. side_light: -1.0 (lamp on the picture's left
    only) to 1.0 (right only). Only a changed view is composed anew; else a frame is that view with other
    noise.
    """

    def __init__(self, generator: np.random.Generator, shape: tuple[int, int] = SHAPE) -> None:
        self.person: Person | None = None
        self.life = Life()
        self.movement = Movement(Pose(), Pose())
        self.others: tuple[Figure, ...] = ()
        self.paper: Paper | None = None
        self.card: CardHeld | None = None
        self.backdrop = Backdrop.WHITE
        self.lamp = Lamp.ON
        self.light = 1.0
        self.side_light = 0.0
        self._shape = shape
        self._noise = SensorNoise(generator, shape)
        self._composed: Composed | None = None
        self._developed: tuple[object, Pixels] | None = None

    @property
    def pose(self) -> Pose:
        """The pose that the person takes; set, it is taken at once."""
        return self.movement.end

    @pose.setter
    def pose(self, pose: Pose) -> None:
        self.movement = Movement(pose, pose)

    def move(self, pose: Pose, begun_s: float, takes_s: float) -> None:
        """Go from where the person is then to another pose."""
        self.movement = Movement(self.movement.pose(begun_s), pose, begun_s, takes_s)

    def put_behind(self, person: Person, pose: Pose) -> None:
        """A second person stands there."""
        self.others = (Figure(person, Movement(pose, pose), Life(seed=11)),)

    def show_card(self, qr_text: str, *, blur_px: float = 0.0) -> None:
        """Hold a card with this code before the camera."""
        self.card = CardHeld(qr_text, blur_px=blur_px)

    def hide_card(self) -> None:
        """Take the card away."""
        self.card = None

    def picture(self, at_s: float) -> Pixels:
        """The frame of a camera that is in focus and exposed for the good lamp; (rows, columns, 3) uint8."""
        return self.exposed(at_s, Setting(lens_dioptres=1.0 / (self._nearest_m(at_s) or BACKDROP_M)))

    def metered(self, at_s: float, exposure_us: float) -> Metered:
        """The light of the moment, on what was seen last."""
        if self._composed is None:
            self._composed = Composed(self._view(at_s, Setting()), self._shape)
        brightest, mean = self._composed.brightest_and_mean
        light = self._light(at_s, exposure_us)
        level = light.level * (1.0 if light.bands is None else float(light.bands.mean()))
        return Metered(level * brightest, level * mean, light.red, light.blue, self._nearest_m(at_s))

    def exposed(self, at_s: float, setting: Setting) -> Pixels:
        """(rows, columns, 3) uint8 RGB; the same moment and setting give the same picture."""
        view = self._view(at_s, setting)
        if self._composed is None or self._composed.view != view:
            self._composed = Composed(view, self._shape)
        light = self._light(at_s, setting.exposure_us)
        level = light.level * setting.exposure
        colours = light.red * setting.red, 1.0, light.blue * setting.blue
        gains = tuple(_stepped(level * colour) for colour in colours)
        picture = self._under(self._composed, gains)
        if light.bands is not None:
            picture = banded(picture, light.bands)
        return self._noise.on(picture, at_s, setting.analogue_gain * setting.digital_gain)

    def _under(self, composed: Composed, gains: tuple[float, ...]) -> Pixels:
        """The view in that light; kept, because most frames show the same."""
        key = composed, gains, self.side_light
        if self._developed is None or self._developed[0] != key:
            red, green, blue = gains
            self._developed = key, developed(composed.picture, (red, green, blue), self.side_light)
        return self._developed[1]

    def _light(self, at_s: float, exposure_us: float) -> Light:
        light = light_of(self.lamp, at_s, exposure_us, self._shape[1])
        return replace(light, level=light.level * self.light)

    def _view(self, at_s: float, setting: Setting) -> View:
        cutouts = sorted(self._cutouts(at_s, setting), key=lambda cutout: -cutout.pose.distance_m)
        card = None if self.card is None else self.card.at(at_s)
        blur_px = 0.0 if card is None else blur_of_lens(setting.lens_dioptres, card.distance_m, self._shape)
        zoom = 1.0 + BREATHING * (setting.lens_dioptres - FOCUS_AT_REST)
        return View(self.backdrop, tuple(cutouts), card, blur_px, round(zoom, 3))

    def _cutouts(self, at_s: float, setting: Setting) -> Iterator[Cutout]:
        for figure in self.others:
            yield self._cutout(figure, at_s, setting)
        if self.person is not None and self.paper is None:
            yield self._cutout(Figure(self.person, self.movement, self.life), at_s, setting)
        elif self.person is not None:
            yield from self._print(self.person, at_s, setting)

    def _print(self, person: Person, at_s: float, setting: Setting) -> Iterator[Cutout]:
        """A sheet of paper, and who holds it behind it."""
        held = self.paper is Paper.HELD
        sheet = self._cutout(Figure(person, self.movement, HAND if held else STILL), at_s, setting)
        yield replace(sheet, master=person.portrait(Pose()), printed=self.paper)
        if held:
            pose = replace(Pose(), distance_m=sheet.pose.distance_m + BEHIND_PAPER_M, shift=sheet.pose.shift)
            yield self._cutout(Figure(person, Movement(pose, pose), STILL), at_s, setting)

    def _cutout(self, figure: Figure, at_s: float, setting: Setting) -> Cutout:
        pose = figure.movement.pose(at_s)
        lids = 1.0 if figure.movement.is_going_on(at_s) else figure.life.eyes_open(at_s)
        px_per_m = focal_px(self._shape) / pose.distance_m
        sway = figure.life.swayed(at_s)
        far = max(map(abs, sway)) * px_per_m > SWAY_MARGIN_PX
        if far:
            pose = replace(pose, shift=(pose.shift[0] + sway[0], pose.shift[1] + sway[1]))
        steps = [0 if far else round(px_per_m * reach) for reach in sway]
        smear = [round(px_per_m * speed * setting.exposure_us * 1e-6) for speed in figure.velocity(at_s)]
        return Cutout(
            figure.person.portrait(replace(pose, eyes_open=pose.eyes_open * lids)),
            _placed_only(pose),
            (steps[0], steps[1]),
            (smear[0], smear[1]),
            blur_of_lens(setting.lens_dioptres, pose.distance_m, self._shape),
        )

    def _nearest_m(self, at_s: float) -> float | None:
        """What a lens focuses on: the card, else the nearest person; None before the bare board."""
        if self.card is not None:
            return self.card.distance_m
        distances = [figure.movement.pose(at_s).distance_m for figure in self.others]
        distances += [self.movement.pose(at_s).distance_m] if self.person is not None else []
        bare = None if self.backdrop is not Backdrop.BUSY else BACKDROP_M
        return min(distances, default=bare)


def _placed_only(pose: Pose) -> Pose:
    """What of a pose is left to the camera, and how a sheet of paper turns."""
    return replace(
        Pose(),
        yaw_deg=pose.yaw_deg,
        pitch_deg=pose.pitch_deg,
        roll_deg=round(pose.roll_deg, 2),
        distance_m=round(pose.distance_m, 4),
        shift=(round(pose.shift[0], 4), round(pose.shift[1], 4)),
    )


def _stepped(gain: float) -> float:
    return round(gain * GAIN_STEPS) / GAIN_STEPS
