"""Faces in a frame: the short-range BlazeFace network's input and output, without the network.

Source: the graph of the model file (facts of the network, verified on real portraits): input 128 x 128 RGB in
-1..1, 896 anchors on grids of 16 x 16 (2 each) and 8 x 8 (6 each), offsets in pixels of the input.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Pixels = NDArray[np.uint8]

INPUT_SIDE = 128
_SCORE_FLOOR = 0.5
_SAME_FACE_OVERLAP = 0.3
_LOGIT_LIMIT = 100.0
_MEASURED_FROM_ANCHOR = [0, 2, 3, 4, 5, 6, 7]  # the centre and the points; 1 is the size


@dataclass(frozen=True, slots=True, eq=False)
class Detection:
    """One face: score 0..1, box centre and size, and six key points, all in pixels of the frame.

    points: (6, 2) right eye, left eye, nose, mouth, right ear, left ear.
    """

    score: float
    centre: Floats = field(repr=False)
    size: Floats = field(repr=False)
    points: Floats = field(repr=False)

    @property
    def area(self) -> float:
        """Of the box, in square pixels."""
        return float(self.size[0] * self.size[1])


def letterboxed(pixels: Pixels) -> Pixels:
    """The frame, shrunk and padded with black to the network's square; uint8 RGB.

    It is thinned out before it is averaged: to average the whole of a large frame costs 1.1 ms more.
    """
    rows, columns = pixels.shape[:2]
    scale = INPUT_SIDE / max(rows, columns)
    size = max(1, round(columns * scale)), max(1, round(rows * scale))
    square = np.zeros((INPUT_SIDE, INPUT_SIDE, 3), np.uint8)
    left, top = (INPUT_SIDE - size[0]) // 2, (INPUT_SIDE - size[1]) // 2
    thinned = cv2.resize(pixels, (3 * size[0], 3 * size[1]), interpolation=cv2.INTER_LINEAR)
    small = cv2.resize(thinned, size, interpolation=cv2.INTER_AREA)
    square[top : top + size[1], left : left + size[0]] = small
    return square


def anchor_centres() -> Floats:
    """(896, 2) x and y of each anchor's centre, as shares of the input square."""
    return np.concatenate([_grid(16, 2), _grid(8, 6)])


def decoded(logits: Floats, offsets: Floats, shape: tuple[int, ...]) -> list[Detection]:
    """The faces in a frame of `shape`, largest first.

    logits: (896,) of the score. offsets: (896, 16) of centre, size and six points from the anchor.
    """
    clipped = np.clip(logits, -_LOGIT_LIMIT, _LOGIT_LIMIT)
    scores = 1.0 / (1.0 + np.exp(-clipped.astype(np.float64)))
    likely = np.flatnonzero(scores >= _SCORE_FLOOR)
    places = offsets[likely].reshape(-1, 8, 2) / np.float32(INPUT_SIDE)
    places[:, _MEASURED_FROM_ANCHOR] += anchor_centres()[likely, None]
    merged = merge(scores[likely].astype(np.float32), places)
    return sorted((_in_frame(score, place, shape) for score, place in merged), key=lambda face: -face.area)


def merge(scores: Floats, places: Floats) -> list[tuple[float, Floats]]:
    """One place for each group of overlapping ones: their mean, weighted by score.

    scores: (n,). places: (n, 8, 2) centre, size, points.
    """
    merged: list[tuple[float, Floats]] = []
    while len(scores):
        best = int(scores.argmax())
        same = _overlaps(places[best], places) > _SAME_FACE_OVERLAP
        same[best] = True
        merged.append((float(scores[best]), _weighted_mean(places[same], scores[same])))
        scores, places = scores[~same], places[~same]
    return merged


def _weighted_mean(places: Floats, weights: Floats) -> Floats:
    return np.average(places, axis=0, weights=weights).astype(np.float32)


def _grid(cells: int, repeats: int) -> Floats:
    steps = ((np.arange(cells) + 0.5) / cells).astype(np.float32)
    centres = np.column_stack([np.tile(steps, cells), np.repeat(steps, cells)])
    return np.repeat(centres, repeats, axis=0)


def _overlaps(one: Floats, all_places: Floats) -> Floats:
    """(n,) intersection over union of one box with each."""
    low = np.maximum(one[0] - one[1] / 2, all_places[:, 0] - all_places[:, 1] / 2)
    high = np.minimum(one[0] + one[1] / 2, all_places[:, 0] + all_places[:, 1] / 2)
    shared = np.maximum(high - low, 0.0).prod(axis=1)
    return shared / (one[1].prod() + all_places[:, 1].prod(axis=1) - shared)


def _in_frame(score: float, place: Floats, shape: tuple[int, ...]) -> Detection:
    rows, columns = shape[:2]
    side = max(rows, columns)
    corner = np.array([(columns - side) / 2, (rows - side) / 2], np.float32)
    points = place[2:] * side + corner
    return Detection(score, place[0] * side + corner, place[1] * side, points)
