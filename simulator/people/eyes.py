"""Invented eyes in near infrared with their exact geometry: drawn once, then only warped.

Lengths are in radii of the iris from its centre when the eye looks straight, x to the right, y down.
After Zuo, Schmid and Chen (2007); the pupil's non-linear widening after Wyatt (2000), in one parameter.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

import cv2
import numpy as np

from firmware.records.samples import EyeSide
from simulator.people.eye_lids import Lash, Lids, draw_lashes, draw_lids
from simulator.people.eye_traits import ContactLens, EyeTraits, ordinary_traits
from simulator.people.eyeball import CANVAS, Eyeball, Worn, draw_eyeball
from simulator.people.iris_texture import Floats, iris_texture, lens_print, warped_texture

GLINT_PX = (0.03, 0.05)


@dataclass(frozen=True, slots=True)
class Light:
    """How the lamps fall: how much brighter the picture gets per radius to the right and down, and their
    reflections on the cornea: x, y, radius each.
    """

    slope: tuple[float, float]
    glints: tuple[tuple[float, float, float], ...]
    veil: tuple[float, float, float, float]  # x, y, radius, strength in grey: what else mirrors in the cornea


@dataclass(frozen=True, eq=False)
class EyeMaster:
    """Everything that stays the same of one eye while it is looked at.

    skin: CANVAS float32 around 1.
    """

    side: EyeSide
    traits: EyeTraits
    ball: Eyeball = field(repr=False)
    lids: Lids
    lashes: tuple[Lash, ...] = field(repr=False)
    skin_grey: float
    skin: Floats = field(repr=False)
    light: Light

    @cached_property
    def straight(self) -> Floats:
        """Pupil, iris and sclera of the eye looking straight, without lids: CANVAS float32, read-only."""
        drawn = draw_eyeball(self.ball, self.traits.squint_deg)
        drawn.flags.writeable = False
        return drawn

    @property
    def pupil_ratio(self) -> float:
        """Radius of the pupil to that of the iris."""
        return self.ball.pupil[2]

    def widened(self, ratio: float) -> "EyeMaster":
        """The same eye with its pupil so wide; a wide pupil sits nearer to the middle."""
        x, y, before = self.ball.pupil
        room = min(1.0, (1 - ratio) / (1 - before))
        return replace(self, ball=replace(self.ball, pupil=(x * room, y * room, ratio)))


def eye_master(rng: np.random.Generator, side: EyeSide, traits: EyeTraits | None = None) -> EyeMaster:
    """An eye that has never been, of that kind, else a healthy grown-up's."""
    kind = traits or ordinary_traits(rng)
    nose = -1.0 if side is EyeSide.LEFT else 1.0  # the person's left eye has its nose at the picture's left
    ball = _eyeball(rng, kind, nose)
    lids = draw_lids(rng, kind, nose)
    lashes = draw_lashes(rng, kind.droop)
    grey = float(rng.uniform(195, 240))
    return EyeMaster(side, kind, ball, lids, lashes, grey, _skin(rng), _light(rng, ball.pupil))


def another_impression(eye: EyeMaster, rng: np.random.Generator) -> EyeMaster:
    """The same eye on another occasion: other pupil, light and lashes, its tissue a little displaced.

    Made so that codes of one eye differ as those of 3,709 real pairs did: 0.14 +- 0.08 of their bits.
    """
    x, y, ratio = eye.ball.pupil
    rest = float(np.clip(ratio * (1 + rng.normal(0, 0.10)), 0.24, 0.62))
    pupil = x + float(rng.normal(0, 0.008)), y + float(rng.normal(0, 0.008)), rest
    strain = float(np.exp(rng.normal(-0.35, 0.7)))
    ball = replace(eye.ball, texture=warped_texture(eye.ball.texture, rng, strain), pupil=pupil)
    lids = replace(eye.lids, upper=eye.lids.upper + float(rng.normal(0, 0.06)))
    lashes = draw_lashes(rng, float(np.clip(eye.traits.droop + rng.normal(0, 0.1), 0, 1)))
    return replace(eye, ball=ball, lids=lids, lashes=lashes, light=_light(rng, pupil))


def _eyeball(rng: np.random.Generator, kind: EyeTraits, nose: float) -> Eyeball:
    """Anatomy as measured on 2,655 real eyes: ratio, nasal and upward shift of the pupil."""
    ratio = float(np.clip(rng.normal(kind.usual_ratio, 0.055), 0.25, 0.58))
    shift = nose * float(rng.normal(0.021, 0.02)), float(rng.normal(-0.018, 0.02))
    return Eyeball(
        texture=iris_texture(rng),
        pupil=(*shift, ratio),
        rest_ratio=ratio,
        pupil_shape=(float(rng.uniform(0.96, 1.0)), float(rng.uniform(0, np.pi))),
        height=float(rng.uniform(0.965, 1.0)),
        softness=float(rng.uniform(0.02, 0.05)),
        greys=(float(rng.uniform(18, 34)), float(rng.uniform(92, 118)), float(rng.uniform(162, 205))),
        contrast=float(rng.uniform(7, 13)),
        arcus=kind.arcus,
        cataract=kind.cataract,
        vessels=_vessels(rng),
        worn=_worn(rng, kind.lens),
    )


def _worn(rng: np.random.Generator, lens: ContactLens) -> Worn | None:
    """A soft lens is 14 mm wide and ends on the sclera, a hard one 9.4 mm and ends on the iris."""
    if lens is ContactLens.NONE:
        return None
    radius = 0.8 if lens is ContactLens.HARD else 1.2
    centre = float(rng.normal(0, 0.04)), float(rng.normal(0.03, 0.04))
    return Worn(centre, radius, lens_print(rng) if lens is ContactLens.PATTERNED else None)


def _vessels(rng: np.random.Generator) -> tuple[Floats, ...]:
    """A few vessels that wind over the sclera towards the iris: (n, 2) of x and y each."""
    lines: list[Floats] = []
    for side in rng.choice((-1.0, 1.0), 10):
        x = side * np.linspace(2.6, float(rng.uniform(1.05, 1.6)), 14)
        y = float(rng.uniform(-0.7, 0.8)) + np.cumsum(rng.normal(0, 0.05, 14))
        lines.append(np.stack((x, y), axis=1).astype(np.float32))
    return tuple(lines)


def _light(rng: np.random.Generator, pupil: tuple[float, float, float]) -> Light:
    """One or two reflections of the lamps, inside the pupil."""
    x, y, radius = pupil
    first = x + float(rng.uniform(-0.3, 0.3)) * radius, y + float(rng.uniform(-0.3, 0.3)) * radius
    glint = (*first, float(rng.uniform(*GLINT_PX)))
    twin = (first[0] + 0.12, first[1], 0.03)
    veil = float(rng.uniform(-0.7, 0.7)), float(rng.uniform(-0.2, 0.8)), float(rng.uniform(0.15, 0.4))
    slope = float(rng.normal(0, 0.04)), float(rng.normal(0, 0.03))
    return Light(slope, (glint, twin) if rng.random() < 0.5 else (glint,), (*veil, float(rng.uniform(0, 14))))


def _skin(rng: np.random.Generator) -> Floats:
    """Light and shade of the skin around the eye, its grain and the shine of its pores: CANVAS around 1."""
    rows, columns = CANVAS
    image = np.ones(CANVAS, np.float32)
    for cells, share in ((4, 0.05), (24, 0.015), (120, 0.03)):
        coarse = rng.standard_normal((cells, cells * 4 // 3), np.float32)
        image += np.float32(share) * cv2.resize(coarse, (columns, rows), interpolation=cv2.INTER_CUBIC)
    grain = cv2.GaussianBlur(rng.standard_normal(CANVAS, np.float32), (0, 0), 1.2)
    image += 0.12 * grain + 0.5 * np.clip(grain - 0.5, 0, 0.5)
    return image
