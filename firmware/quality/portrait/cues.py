"""Signs of what may cover a face or spoil its picture; each is a reason to ask, never to refuse.

Measured on simulated covers only: painted glasses, masks and hands.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.portrait.aligned import Aligned
from firmware.quality.portrait.colour import lab_of
from firmware.quality.portrait.detector import Floats, Pixels

_SHARE = 0.5  # of the aligned picture: eyes 56 pixels apart
_FLOOR = 8.0  # grey levels added before the logarithm, so that noise in the dark does not count
_SIGMA_PX = 1.0
# Landmarks around each region.
_FOREHEAD = [151, 9, 108, 337, 69, 299]
_LOWER_FACE = [205, 425, 204, 424, 199, 200, 201, 421]
_CHEEKS = (
    [50, 205, 187, 123, 117, 118, 101, 36, 206, 216, 192, 147],
    [280, 425, 411, 352, 346, 347, 330, 266, 426, 436, 416, 376],
)
_EYES = ([33, 133, 159, 145, 27, 23, 130, 243], [362, 263, 386, 374, 257, 253, 359, 463])
_INNER_CORNERS = [133, 362]
_BRIDGE_TOP, _BRIDGE_END = 168, 197


@dataclass(frozen=True, slots=True, eq=False)
class _Small:
    """lab: (308, 308, 3) CIELAB. grey: logarithm of the grey level. points: (478, 2) in its pixels."""

    lab: Floats = field(repr=False)
    grey: Floats = field(repr=False)
    points: Floats = field(repr=False)

    def inside(self, landmarks: list[int]) -> NDArray[np.bool_]:
        """The region that the landmarks surround."""
        mask = np.zeros(self.grey.shape, np.uint8)
        hull = cv2.convexHull(np.rint(self.points[landmarks]).astype(np.int32))
        return cv2.fillConvexPoly(mask, hull, (1,)).astype(bool)


def cover_cues(aligned: Aligned) -> dict[str, float]:
    """Signs of a cover, by name.

    bridge_edge: strongest edge across the bridge of the nose, in logarithms of light per pixel: frames of
    glasses. eye_darkness: how much darker than the forehead the eyes are, 0..1: dark glasses.
    lower_face_colour: from the forehead's, in CIELAB a* and b*: a mask. cheek_unlike: by how much the edges
    on one cheek outweigh those on the other, as a logarithm: a hand. face_colour: distance of the skin's mean
    from grey in CIELAB: none in a picture without colour.
    """
    small = _small(aligned)
    forehead, lower = (small.lab[small.inside(each)].mean(axis=0) for each in (_FOREHEAD, _LOWER_FACE))
    brightest_eye = max(float(small.lab[small.inside(eye)][:, 0].mean()) for eye in _EYES)
    return {
        "bridge_edge": _bridge_edge(small),
        "eye_darkness": 1.0 - brightest_eye / max(float(forehead[0]), 1.0),
        "lower_face_colour": float(np.hypot(*(lower - forehead)[1:])),
        "cheek_unlike": _cheek_unlike(small),
        "face_colour": float(np.hypot(*((lower + forehead) / 2)[1:])),
    }


def blocks_of(pixels: Pixels) -> float:
    """How much the steps between blocks of 8 x 8 stand out, 1 for not at all: damage by strong compression.

    pixels: (rows, columns, 3) uint8 RGB, uncropped since it was compressed.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    steps = (
        cv2.absdiff(grey[:, 1:], grey[:, :-1]).mean(axis=0),
        cv2.absdiff(grey[1:], grey[:-1]).mean(axis=1),
    )
    at_blocks = sum(float(step[7::8].mean()) for step in steps)
    elsewhere = sum(float(np.delete(step, np.s_[7::8]).mean()) for step in steps)
    return at_blocks / max(elsewhere, 1e-3)


def _small(aligned: Aligned) -> _Small:
    size = tuple(round(side * _SHARE) for side in aligned.luminance.shape)
    pixels = np.asarray(cv2.resize(aligned.pixels, size, interpolation=cv2.INTER_AREA), np.uint8)
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    return _Small(lab_of(pixels), np.log(grey + _FLOOR), aligned.points * np.float32(_SHARE))


def _bridge_edge(small: _Small) -> float:
    (right, _), (left, _) = small.points[_INNER_CORNERS]
    width = float(left - right)
    top, end = float(small.points[_BRIDGE_TOP, 1]) - width / 4, float(small.points[_BRIDGE_END, 1])
    strip = small.grey[int(top) : int(end) + 1, int(right + 0.3 * width) : int(left - 0.3 * width) + 1]
    if min(strip.shape) < 2:
        return 0.0
    steps = np.abs(np.diff(cv2.GaussianBlur(strip, (0, 0), _SIGMA_PX), axis=0))
    return float(steps.mean(axis=1).max())


def _cheek_unlike(small: _Small) -> float:
    across, down = (cv2.Sobel(small.grey, cv2.CV_32F, *order) for order in ((1, 0), (0, 1)))
    edges = cv2.magnitude(across, down)
    right, left = (max(float(edges[small.inside(cheek)].mean()), 1e-6) for cheek in _CHEEKS)
    return abs(float(np.log(right / left)))
