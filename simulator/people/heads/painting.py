"""Which material each pixel of a person shows, and its colour."""

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.people.heads import materials
from simulator.people.heads.covers import below_neckline, soft_step
from simulator.people.heads.mesh import Floats, Numbers, Part, bust
from simulator.people.heads.shape import fine
from simulator.people.heads.traits import Traits
from simulator.people.pose import Scarf

SEAM_M = 0.0006  # half of the soft edge between neck and shirt
LID_SHADE_M, LID_SHADE = 0.004, 0.45  # on the eyeball, below the upper lid


@dataclass(frozen=True, slots=True, eq=False)
class Surface:
    """What the pixels of a person show; all (pixels,) or (pixels, 3).

    quads: of the fine mesh. places: on the resting mesh. lips, ears: 0..1. light, gloss: that arrive.
    """

    quads: Numbers
    places: Floats
    lips: Floats
    ears: Floats
    light: Floats
    gloss: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Paint:
    """Colour under white light, (pixels, 3), and how strongly each pixel mirrors, (pixels,)."""

    colour: Floats
    gloss: Floats


@functools.cache
def parts() -> NDArray[np.uint8]:
    """Part of each quad of the fine mesh."""
    return np.repeat(bust().parts, 4)


def painted(surface: Surface, traits: Traits, gaze: Floats, scarf: Scarf) -> Paint:
    """The colours of one person; gaze: (3,) as seen from the resting head."""
    part = parts()[surface.quads]
    below = np.where(part == Part.BODY, below_neckline(surface.places), np.float32(-1.0))
    paint = Paint(np.zeros((len(part), 3), np.float32), np.zeros(len(part), np.float32))
    grain = materials.grain(traits.seed)
    _paint_skin(paint, np.flatnonzero((part == Part.BODY) & (below < SEAM_M)), surface, traits, grain, scarf)
    _paint_cloth(paint, below, surface, traits, grain)
    _paint_eyes(paint, np.flatnonzero(part == Part.EYE), surface, traits, gaze)
    hair = np.flatnonzero(part == Part.LONG_HAIR)
    paint.colour[hair], paint.gloss[hair] = materials.long_hair(surface.places[hair], traits, grain)
    paint.colour[part == Part.TEETH] = materials.TOOTH
    paint.colour[_is_mouth()[surface.quads]] = materials.MOUTH_INSIDE
    return paint


def _paint_skin(
    paint: Paint,
    where: NDArray[np.int64],
    surface: Surface,
    traits: Traits,
    grain: materials.Grain,
    scarf: Scarf,
) -> None:
    paint.colour[where], paint.gloss[where] = materials.skin(
        surface.places[where], surface.lips[where], surface.ears[where], traits, grain, scarf
    )


def _paint_cloth(
    paint: Paint, below: Floats, surface: Surface, traits: Traits, grain: materials.Grain
) -> None:
    where = np.flatnonzero(below > -SEAM_M)
    woven = materials.cloth(surface.places[where], below[where], traits.cloth, grain)
    cover = soft_step(below[where], SEAM_M)
    paint.colour[where] = materials.over(paint.colour[where], woven, cover)
    paint.gloss[where] *= 1.0 - cover


def _paint_eyes(
    paint: Paint, where: NDArray[np.int64], surface: Surface, traits: Traits, gaze: Floats
) -> None:
    places = surface.places[where]
    left, right = _resting_eyes()
    offsets = places - np.where(places[:, :1] < 0.0, left, right)
    colour, glint = materials.eye(offsets, gaze, traits.iris)
    shade = 1.0 - LID_SHADE * soft_step(offsets[:, 1] - np.float32(LID_SHADE_M), 0.005)
    paint.colour[where] = colour * shade[:, None]
    paint.gloss[where] = glint


@functools.cache
def _resting_eyes() -> tuple[Floats, Floats]:
    """Centres of the eyeballs on the resting mesh, the one on the picture's left first."""
    points = bust().points[np.unique(bust().quads[bust().parts == Part.EYE])]
    return points[points[:, 0] < 0.0].mean(axis=0), points[points[:, 0] > 0.0].mean(axis=0)


@functools.cache
def _is_mouth() -> NDArray[np.bool_]:
    """Which quads of the fine mesh line the mouth."""
    return fine().values(bust().mouth[:, None])[fine().quads].mean(axis=(1, 2)) > 0.5
