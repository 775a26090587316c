"""Loose strands, so that hair has no edge like a helmet's."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.heads.covers import hair_cover
from simulator.people.heads.light import srgb
from simulator.people.heads.mesh import Floats, Part, bust
from simulator.people.heads.raster import SUB_PIXEL_BITS
from simulator.people.heads.shape import fine
from simulator.people.heads.styles import CUTS
from simulator.people.heads.traits import Traits

COUNT = 900
CROWN = np.asarray([0.0, 0.125, -0.075], np.float32)  # strands lead away from here
FULL_FALL_M = 0.08  # below the crown; there hair hangs
TOP_ASIDE, TOP_DOWN, SIDE_DOWN = 0.8, 0.1, 0.75
BEND, STRAY = 0.2, 0.11  # towards the ground; across
STEPS = 4
FEWEST = 8
OPAQUE = 255
HIDDEN_BEHIND_M = 0.004


def draw_strands(
    picture: NDArray[np.uint8], nearness: Floats, points: Floats, view: Floats, traits: Traits
) -> None:
    """Draw strands from hair that is seen. points, view: of the fine mesh; nearness: (rows, columns)."""
    generator = np.random.default_rng(traits.seed)
    roots = _roots(traits)
    chosen = roots[generator.integers(len(roots), size=COUNT)]
    chosen = chosen[_is_seen(view[chosen], nearness)]
    if len(chosen) < FEWEST:
        return
    paths = _paths(generator, points[chosen], view[chosen], traits)
    tones = np.clip(generator.normal(1.0, 0.45, len(chosen)), 0.3, 2.2).astype(np.float32)
    colours = srgb(np.asarray(traits.hair, np.float32) * tones[:, None])
    for path, colour in zip(paths, colours.tolist(), strict=True):
        ink = (*colour, OPAQUE)
        cv2.polylines(picture, [path], isClosed=False, color=ink, lineType=cv2.LINE_AA, shift=SUB_PIXEL_BITS)


def _roots(traits: Traits) -> NDArray[np.int64]:
    """Numbers of the fine mesh's points that carry hair."""
    resting = fine().values(np.column_stack([bust().points, bust().ears]))
    is_body = np.zeros(len(resting), bool)
    is_body[fine().quads[np.repeat(bust().parts, 4) == Part.BODY]] = True
    cover = hair_cover(resting[:, :3], 0.0, traits.style) * (resting[:, 3] < 0.3)
    return np.flatnonzero((cover > 0.6) & is_body)


def _is_seen(view: Floats, nearness: Floats) -> NDArray[np.bool_]:
    rows, columns = nearness.shape
    column, row = (np.rint(view[:, axis]).astype(int) for axis in (0, 1))
    is_inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
    before = nearness[np.clip(row, 0, rows - 1), np.clip(column, 0, columns - 1)]
    return is_inside & (view[:, 2] > before - HIDDEN_BEHIND_M)


def _paths(generator: np.random.Generator, starts: Floats, view: Floats, traits: Traits) -> NDArray[np.int32]:
    """Where strands lead on the picture: (n, steps, 2), in sub-pixels."""
    scale = (view[:, 0].std() / max(float(starts[:, 0].std()), 1e-6)).astype(np.float32)
    away = (starts[:, 0] - CROWN[0]) / np.maximum(np.abs(starts - CROWN).max(axis=1), np.float32(1e-3))
    lower = np.clip((CROWN[1] - starts[:, 1]) / np.float32(FULL_FALL_M), 0.0, 1.0)
    way = np.stack([away * (TOP_ASIDE - SIDE_DOWN * lower), TOP_DOWN + SIDE_DOWN * lower], axis=1)
    stray = np.asarray(generator.normal(0.0, STRAY, way.shape), np.float32)
    lengths = np.asarray(generator.uniform(0.4, 1.2, (len(starts), 1)), np.float32) * scale
    along = np.linspace(0.0, 1.0, STEPS, dtype=np.float32)[None, :, None]
    fall = np.asarray([0.0, BEND], np.float32)
    ways = (way + stray)[:, None] * along + fall * along**2
    places = view[:, None, :2] + ways * (np.float32(CUTS[traits.style].strand_m) * lengths)[:, None]
    return np.asarray(np.round(places * (1 << SUB_PIXEL_BITS)), np.int32)
