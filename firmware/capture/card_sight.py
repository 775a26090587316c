"""Where a code is that cannot be read, and what keeps it from being read; all measured on the frame.

A decoder says of such a code at best that it failed, and gives the place of any three squares that resemble
its corners: of a code of 196 pixels that is out of focus zxing-cpp gave 56. So the code is found here as what
it is to an eye: a compact patch of dense black and white. Limits: strong blur leaves no such patch (4 pixels
a module: standard deviation above 2.5), and another dense patch of that shape is taken for a code; either
costs a hint, never a claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
_Mask = NDArray[np.uint8]
_Outline = NDArray[np.int32]

# Lengths here are in pixels of the halved frame.
_WINDOW_PX = 9  # holds some modules of a code that is near enough to be read
_DENSE = 22  # grey levels; no frame of 293 of people had such a patch, two had one of 20
_LEAST_PX = (
    25  # opens the patch: lines of print are thinner than that, a code of 40 pixels of the frame is not
)
_CLIPPED = 250
_GLARE_LEAST_PX = 9  # of a clipped blob: more than the white modules of a code that fits the hand
_GLARE_MOST_PX = 160  # a larger one is the backdrop
_LEAST_FILL = 0.6  # of the upright or turned rectangle around a patch
_RIM = 0.3  # of a patch's side: its white rim, and what blur hides of it
_MOST_PATCHES = 3
_LEAST_DENSE_SHARE = 0.25  # of a patch; the rest may be glare


@dataclass(frozen=True, slots=True)
class CodeSight:
    """A patch that looks like a code; lengths in pixels of the frame.

    length_px: of its longer side. narrowness: shorter by longer side, 1.0 when it is seen face to face.
    glare: the share of it that is clipped. at_edge: whether the frame cuts it off.
    """

    length_px: float
    narrowness: float
    glare: float
    at_edge: bool


@dataclass(frozen=True, slots=True)
class Patch:
    """A patch with its place in the frame, margin included."""

    sight: CodeSight
    rows: slice
    columns: slice


def patches_of(plane: Grey) -> tuple[Patch, ...]:
    """The most code-like patches of a frame, (rows, columns) uint8, the best first."""
    half = np.asarray(cv2.resize(plane, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), np.uint8)
    contrast = _contrast(half)
    dense = (contrast >= _DENSE).astype(np.uint8)
    glare = _glare(half)
    whole = _opened(dense | glare, _LEAST_PX)
    ranked: list[tuple[float, Patch]] = []
    for outline in _outlines(whole):
        left, top, columns, rows = cv2.boundingRect(outline)
        box = np.s_[top : top + rows, left : left + columns]
        sight = _sight(outline, whole[box], dense[box], glare[box], half.shape)
        if sight is not None:
            rank = sight.length_px * sight.narrowness * float(contrast[box].mean())
            ranked.append((rank, Patch(sight, _around(top, rows), _around(left, columns))))
    best = sorted(ranked, key=lambda each: each[0], reverse=True)[:_MOST_PATCHES]
    return tuple(patch for _, patch in best)


def _around(first: int, length: int) -> slice:
    """Pixels of the frame, with a margin for the code's white rim; the end may lie outside."""
    margin = _RIM * length
    return slice(max(round(2 * (first - margin)), 0), round(2 * (first + length + margin)))


def _contrast(half: Grey) -> Grey:
    """The mean distance from the mean around each pixel, in grey levels."""
    window = (_WINDOW_PX, _WINDOW_PX)
    return np.asarray(cv2.blur(cv2.absdiff(half, cv2.blur(half, window)), window), np.uint8)


def _glare(half: Grey) -> _Mask:
    """Clipped blobs that are neither modules nor a backdrop."""
    clipped = (half >= _CLIPPED).astype(np.uint8)
    blobs = _opened(clipped, _GLARE_LEAST_PX)
    fitting = [
        outline for outline in _outlines(blobs) if max(cv2.boundingRect(outline)[2:]) <= _GLARE_MOST_PX
    ]
    return np.asarray(cv2.drawContours(np.zeros_like(blobs), fitting, -1, 1, cv2.FILLED), np.uint8)


def _opened(mask: _Mask, side_px: int) -> _Mask:
    """The mask without what no square of that side fits into."""
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones((side_px, side_px), np.uint8)), np.uint8)


def _outlines(mask: _Mask) -> Sequence[_Outline]:
    return cast("Sequence[_Outline]", cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)[0])


def _sight(
    outline: _Outline, patch: _Mask, dense: _Mask, glare: _Mask, shape: tuple[int, ...]
) -> CodeSight | None:
    """The patch as a code, when its shape and its inside allow it. patch, dense, glare: of its box."""
    area = max(int(np.count_nonzero(patch)), 1)
    sides = np.array(cv2.minAreaRect(outline)[1], np.float64) + 1.0
    long, short = (float(side) - _WINDOW_PX + 1.0 for side in (sides.max(), sides.min()))
    is_full = area >= _LEAST_FILL * float(np.prod(sides))
    is_dense = np.count_nonzero(patch & dense) >= _LEAST_DENSE_SHARE * area
    if short <= 0.0 or not is_full or not is_dense:
        return None
    left, top, columns, rows = cv2.boundingRect(outline)
    at_edge = left == 0 or top == 0 or left + columns == shape[1] or top + rows == shape[0]
    return CodeSight(2.0 * long, short / long, float(np.count_nonzero(patch & glare)) / area, at_edge)
