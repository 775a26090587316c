"""Pictures of invented people, drawn from the MakeHuman head."""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.heads.glasses import Face, draw_glasses
from simulator.people.heads.light import hollows, light_and_gloss, normals, srgb
from simulator.people.heads.materials import dark_hair
from simulator.people.heads.mesh import Floats, Part, bust
from simulator.people.heads.painting import Paint, Surface, painted, parts
from simulator.people.heads.raster import NOTHING, SUB_PIXEL_BITS, faces_seen, values_at
from simulator.people.heads.shape import eyes, fine, posed
from simulator.people.heads.strands import draw_strands
from simulator.people.heads.styles import HairStyle
from simulator.people.heads.traits import Traits
from simulator.people.master import PortraitMaster
from simulator.people.pose import Glasses, Pose, Scarf

ROWS, COLUMNS = 1300, 1352  # what lies beyond is the rim, drawn on
BETWEEN_EYES = (676.0, 420.0)
PIXELS_PER_M = 2048.0
PERSPECTIVE_M = 0.6  # pictures are drawn as seen from here
LENS_SIGMA, OUTLINE_SIGMA = 0.55, 1.0  # pixels
LENS_SIZE, OUTLINE_SIZE = (3, 3), (5, 5)
LASH_COVER = 0.75
WARMTH = np.asarray([0.08, 0.0, -0.04], np.float32)  # light inside skin makes half-shades redder
LIDS_M = (0.058, 0.030)  # half of the window around both eyes that a blink changes
LIDS_RIM_PX = 14
OPAQUE = 255


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the whole picture, in its pixels."""

    left: int = 0
    top: int = 0
    columns: int = COLUMNS
    rows: int = ROWS

    def of(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The same part of a whole picture."""
        return picture[self.top : self.top + self.rows, self.left : self.left + self.columns]


WHOLE = Window()


def render_head(traits: Traits, pose: Pose) -> PortraitMaster:
    """The person, held as the pose says; roll, shift and distance are left to the camera."""
    return PortraitMaster(_softened(_drawn(traits, pose, WHOLE)), BETWEEN_EYES, PIXELS_PER_M)


def render_lids(traits: Traits, pose: Pose, open_eyes: PortraitMaster) -> PortraitMaster:
    """As render_head, from the same pose with open eyes: only what a blink changes is drawn anew."""
    half = [round(reach * PIXELS_PER_M) for reach in LIDS_M]
    left, top = round(BETWEEN_EYES[0]) - half[0], round(BETWEEN_EYES[1]) - half[1]
    window = Window(left, top, 2 * half[0], 2 * half[1])
    drawn = _softened(_drawn(traits, pose, window))
    picture = open_eyes.picture.copy()
    share = _faded(window)[:, :, None]
    part = window.of(picture)
    part[:] = np.rint(part * (1.0 - share) + drawn * share).astype(np.uint8)
    picture.flags.writeable = False
    return PortraitMaster(picture, BETWEEN_EYES, PIXELS_PER_M)


def _faded(window: Window) -> Floats:
    """1 inside a window, falling to 0 at its rim."""
    inside = np.zeros((window.rows, window.columns), np.float32)
    inside[LIDS_RIM_PX:-LIDS_RIM_PX, LIDS_RIM_PX:-LIDS_RIM_PX] = 1.0
    return np.asarray(cv2.blur(inside, (2 * LIDS_RIM_PX - 1, 2 * LIDS_RIM_PX - 1)), np.float32)


def _drawn(traits: Traits, pose: Pose, window: Window) -> NDArray[np.uint8]:
    """The window, (rows, columns, 4), before the lens."""
    if pose.scarf is not Scarf.OFF:
        traits = replace(traits, style=HairStyle.TIED)
    body = posed(traits, pose)
    view = _view(body.points, window)
    drawn = _is_drawn(traits, pose)
    shape = (window.rows, window.columns)
    seen = faces_seen(view, fine().quads, drawn, parts() == Part.LONG_HAIR, shape)
    pixels = np.flatnonzero(seen != NOTHING)
    surface, nearness = _surface(seen, view, body.points, pixels)
    colour = _lit(surface, painted(surface, traits, body.gaze, pose.scarf))
    picture = np.zeros((*shape, 4), np.uint8)
    picture.reshape(-1, 4)[pixels] = np.insert(srgb(colour), 3, OPAQUE, axis=1)
    _draw_lashes(picture, view, traits)
    if pose.scarf is Scarf.OFF:
        draw_strands(picture, nearness, body.points, view, traits)
    if pose.glasses is not Glasses.OFF:
        face = Face(body.turn, eyes(body.points), lambda points: _view(points, window))
        draw_glasses(picture, nearness, face, pose.glasses, traits.seed)
    return picture


def _view(points: Floats, window: Window) -> Floats:
    """Column, row and nearness of points, (n, 3), before a camera at PERSPECTIVE_M."""
    scale = PIXELS_PER_M * PERSPECTIVE_M / (PERSPECTIVE_M - points[:, 2])
    column = BETWEEN_EYES[0] - window.left + points[:, 0] * scale
    row = BETWEEN_EYES[1] - window.top - points[:, 1] * scale
    return np.stack([column, row, points[:, 2]], axis=1).astype(np.float32)


def _is_drawn(traits: Traits, pose: Pose) -> NDArray[np.bool_]:
    """Which quads of the fine mesh are drawn; closed lips hide the teeth."""
    shows_long_hair = traits.style in {HairStyle.LONG, HairStyle.OVER_EARS} and pose.scarf is Scarf.OFF
    hidden = [Part.LASHES]
    hidden += [] if shows_long_hair else [Part.LONG_HAIR]
    hidden += [] if pose.mouth_open or pose.smile else [Part.TEETH]
    return ~np.isin(parts(), hidden)


def _surface(
    seen: NDArray[np.int32], view: Floats, points: Floats, pixels: NDArray[np.int64]
) -> tuple[Surface, Floats]:
    """What the pixels show, and how near each is: (rows, columns) metres, far away where nothing is."""
    light, gloss = light_and_gloss(normals(points, fine().quads))
    resting = fine().values(np.column_stack([bust().points, bust().lips, bust().ears]))
    values = np.column_stack([resting, light, gloss, points[:, 2]])
    at = values_at(seen, view, fine().quads, values, pixels)
    nearness = np.zeros(seen.shape, np.float32)
    nearness.ravel()[pixels] = at[7]
    shade = hollows(nearness, seen != NOTHING).ravel()[pixels]
    surface = Surface(
        quads=seen.ravel()[pixels],
        places=np.ascontiguousarray(at[:3].T),
        lips=at[3],
        ears=at[4],
        light=np.clip(at[5] * shade, 0.0, None),
        gloss=np.clip(at[6] * shade, 0.0, None),
    )
    return surface, np.where(seen == NOTHING, np.float32(-1.0), nearness)


def _lit(surface: Surface, paint: Paint) -> Floats:
    """Light that leaves each pixel, (pixels, 3); 1.0 = white paper facing the lamp."""
    light = surface.light[:, None]
    light = light + WARMTH * light * (1.0 - light)
    return paint.colour * light + (paint.gloss * surface.gloss)[:, None]


def _draw_lashes(picture: NDArray[np.uint8], view: Floats, traits: Traits) -> None:
    """The upper lashes, which let through what lies behind them."""
    cover = np.zeros(picture.shape[:2], np.uint8)
    outlines = view[fine().quads[parts() == Part.LASHES]][:, :, :2]
    for outline in np.round(outlines * (1 << SUB_PIXEL_BITS)).astype(np.int32):
        cv2.fillConvexPoly(cover, outline, OPAQUE, cv2.LINE_AA, SUB_PIXEL_BITS)
    rows, columns = np.nonzero(cover)
    share = cover[rows, columns, None] * np.float32(LASH_COVER / OPAQUE)
    colour = srgb(dark_hair(traits)[None])
    picture[rows, columns, :3] = picture[rows, columns, :3] * (1.0 - share) + colour * share


def _softened(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture as a lens shows it, without stairs along the outline; read-only."""
    opacity = cv2.GaussianBlur(picture[:, :, 3], OUTLINE_SIZE, OUTLINE_SIGMA)
    is_outline = (opacity > 0) & (opacity < OPAQUE)
    soft = np.asarray(cv2.GaussianBlur(picture, LENS_SIZE, LENS_SIGMA), np.uint8)
    soft[is_outline] = cv2.GaussianBlur(picture, OUTLINE_SIZE, OUTLINE_SIGMA)[is_outline]
    soft.flags.writeable = False
    return soft
