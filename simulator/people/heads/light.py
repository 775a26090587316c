"""Light on a head before a kiosk: a soft lamp around the camera, a bright room, and shade in hollows."""

import functools

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.heads.mesh import Floats, Numbers

LAMP = np.asarray([0.0, 0.33, 0.94], np.float32)  # direction of the lamp, unit length
WRAP = 0.4  # soft lamps light beyond the edge of a hard shadow
ROOM, ROOM_FROM_ABOVE, LAMP_SHARE = 0.40, 0.1, 0.66
GLOSS = 24.0
HOLLOW_SIZES = ((7, 55.0), (31, 14.0))  # half pixels of the neighbourhood, darkness a metre below it
SRGB_STEPS = 4096


def normals(points: Floats, quads: Numbers) -> Floats:
    """Unit normals of the points, (n, 3)."""
    corners = points[quads]
    faces = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    where = quads.ravel()
    sums = [np.bincount(where, np.repeat(faces[:, axis], 4), len(points)) for axis in range(3)]
    summed = np.stack(sums, axis=1)
    return (summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-12)).astype(np.float32)


def light_and_gloss(directions: Floats) -> tuple[Floats, Floats]:
    """Light that arrives, 1.0 = white paper facing the lamp, and mirrored light, for unit normals."""
    lamp = np.clip((directions @ LAMP + WRAP) / (1.0 + WRAP), 0.0, 1.0)
    room = ROOM + ROOM_FROM_ABOVE * directions[:, 1]
    halfway = LAMP + np.asarray([0.0, 0.0, 1.0], np.float32)
    mirrored = np.clip(directions @ (halfway / np.linalg.norm(halfway)), 0.0, 1.0) ** GLOSS
    return (room + LAMP_SHARE * lamp).astype(np.float32), mirrored.astype(np.float32)


def hollows(nearness: Floats, is_person: NDArray[np.bool_]) -> Floats:
    """Shade in hollows, 1.0 = none: (rows, columns), from how far a pixel lies behind its surroundings."""
    depth, weight = nearness[::2, ::2], is_person[::2, ::2].astype(np.float32)
    shade = np.ones_like(depth)
    for size, darkness in HOLLOW_SIZES:
        around = _smooth(depth * weight, size) / np.maximum(_smooth(weight, size), np.float32(1e-3))
        shade *= np.exp(np.float32(-darkness) * np.clip(around - depth, 0.0, 0.05))
    return np.asarray(cv2.resize(shade, nearness.shape[::-1]), np.float32)


def _smooth(values: Floats, size: int) -> Floats:
    return np.asarray(cv2.blur(cv2.blur(values, (size, size)), (size, size)), np.float32)


def srgb(linear: Floats) -> NDArray[np.uint8]:
    """Linear light, 0..1, as sRGB."""
    return _srgb_table()[(np.clip(linear, 0.0, 1.0) * np.float32(SRGB_STEPS - 1)).astype(np.uint16)]


@functools.cache
def _srgb_table() -> NDArray[np.uint8]:
    light = np.linspace(0.0, 1.0, SRGB_STEPS)
    coded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)  # IEC 61966-2-1
    return np.round(coded * 255.0).astype(np.uint8)
