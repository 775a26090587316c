"""The minutiae of a print, by the phase of its ridges.

Limits: two minutiae that face each other within 6 pixels are taken for a broken or a bridged ridge, so lakes
and islands of that size are lost. A periodic pattern that is not skin has minutiae too.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.minutiae.flow import flow_of
from firmware.quality.fingerprint.minutiae.minutiae import TILE_PX, Minutiae
from firmware.quality.fingerprint.minutiae.residues import Residues, residues_of
from firmware.quality.fingerprint.minutiae.tiles import Floats, tiles_of

MOST = 255  # ISO/IEC 19794-2 counts minutiae in one byte
_SAME_PX = 5.0  # neighbouring tiles may find the same
_FACING_PX = 6.0  # less than a ridge period
_AHEAD_PX = (4.0, 6.0, 8.0)


def find_minutiae(image: NDArray[np.uint8]) -> Minutiae:
    """The minutiae of `image`, (rows, columns) uint8 at 500 pixels per inch, 0 = ridge, of any size."""
    if min(image.shape) < TILE_PX:
        return _none()
    tiles = tiles_of(image)
    flow = flow_of(tiles)
    found = residues_of(tiles, flow, _inside(flow.is_print))
    certainties = flow.coherence[found.down, found.across]
    strongest = np.argsort(-certainties, kind="stable")[:MOST]
    kept = strongest[_is_lasting(found.places[strongest], found.directions[strongest])]
    are_endings = _is_dark_ahead(tiles.levelled, found, kept)
    return _frozen(
        found.places[kept], found.directions[kept], are_endings, certainties[kept], flow.ridge_flow
    )


def _none() -> Minutiae:
    nothing = np.zeros(0, np.float32)
    return _frozen(nothing.reshape(0, 2), nothing, nothing > 0, nothing, np.zeros((0, 0), np.complex64))


def _frozen(
    places: Floats,
    directions: Floats,
    are_endings: NDArray[np.bool_],
    certainties: Floats,
    ridge_flow: NDArray[np.complex64],
) -> Minutiae:
    arrays = (places, directions, are_endings, certainties, ridge_flow)
    for array in arrays:
        array.flags.writeable = False
    return Minutiae(places, directions, are_endings, certainties, ridge_flow)


def _inside(is_print: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The print without its outermost tiles, where every ridge ends."""
    around = np.ones((3, 3), np.uint8)
    return (
        cv2.erode(is_print.astype(np.uint8), around, borderType=cv2.BORDER_CONSTANT, borderValue=(0.0,)) > 0
    )


def _is_lasting(places: Floats, directions: Floats) -> NDArray[np.bool_]:
    """Neither a weaker double of another nor one of two that face each other; the strongest come first."""
    apart = places[:, None] - places
    distance = np.hypot(apart[..., 0], apart[..., 1])
    alike = np.cos(directions[:, None] - directions)
    is_double = np.triu((distance < _SAME_PX) & (alike > 0.5), 1).any(axis=0)
    faces = (distance < _FACING_PX) & (alike < -0.3) & ~is_double
    return np.asarray(~(is_double | faces.any(axis=1)))


def _is_dark_ahead(levelled: Floats, found: Residues, kept: NDArray[np.intp]) -> NDArray[np.bool_]:
    """An ending has its ridge ahead of it, a bifurcation the valley between its branches."""
    ahead = np.stack([np.cos(found.directions[kept]), -np.sin(found.directions[kept])], axis=1)
    places = found.places[kept, None] + np.array(_AHEAD_PX, np.float32)[:, None] * ahead[:, None]
    column, row = np.rint(places).astype(np.intp).transpose(2, 0, 1)
    rows, columns = levelled.shape
    ahead_of_it = levelled[row.clip(0, rows - 1), column.clip(0, columns - 1)]
    return np.asarray(ahead_of_it.mean(axis=1) < 0.0)
