"""The eyeball without lids as it is seen from the camera: sclera, iris, pupil, and what is worn on it.

Turned, the iris foreshortens by the cosine, but the pupil, seen through the cornea, by less (Mathur 2013:
cos(angle / 1.12)), and it lies a little behind the limbus. Lengths as in `eyes`.
"""

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.iris_texture import ANGLES, DEPTHS, Floats

RADIUS_PX = 128  # of the iris on the canvas
CANVAS = (768, 1024)  # rows, columns
CENTRE = (512.0, 384.0)  # of the iris on the canvas: x, y
TURNING = 1.85  # how far the limbus lies before the eyeball's centre of turning: 10.8 mm
BEHIND = 0.06  # how far the pupil is seen behind the limbus
REFRACTION = 1.12
WIDENING = 0.9  # how unevenly the tissue gives way when the pupil widens by all of the iris
BOX = 150  # pixels around the iris that are drawn as iris

Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Worn:
    """A contact lens: centre, radius, and what is printed on it, unrolled like a texture, 0..1."""

    centre: tuple[float, float]
    radius: float
    printed: Floats | None = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Eyeball:
    """What is to be drawn.

    texture: (DEPTHS, ANGLES). pupil: x, y, radius; rest_ratio: the radius the texture was made for.
    pupil_shape: its smaller to its larger axis, and that one's direction. height: of the iris to its width.
    softness: of the limbus. greys: of pupil, iris and sclera.
    """

    texture: Floats = field(repr=False)
    pupil: tuple[float, float, float]
    rest_ratio: float
    pupil_shape: tuple[float, float]
    height: float
    softness: float
    greys: tuple[float, float, float]
    contrast: float
    arcus: float
    cataract: float
    vessels: tuple[Floats, ...] = field(repr=False)
    worn: Worn | None = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Outline:
    """Ellipses in the plane of the picture: the points centre + matrix @ (cos, sin), in iris radii."""

    iris_centre: Matrix
    iris: Matrix
    pupil_centre: Matrix
    pupil: Matrix


def outline(ball: Eyeball, gaze_deg: tuple[float, float]) -> Outline:
    """Pupil and iris as they appear when the eye is turned right and down by two angles."""
    angle = float(np.radians(np.hypot(*gaze_deg)))
    direction = float(np.arctan2(gaze_deg[1], gaze_deg[0]))
    axis = np.array((np.cos(direction), np.sin(direction)))
    iris_centre = TURNING * np.sin(angle) * axis
    squeeze = _squeeze(axis, float(np.cos(angle)))
    narrow, turn = ball.pupil_shape
    tilt = np.array(((np.cos(turn), -np.sin(turn)), (np.sin(turn), np.cos(turn))))
    shape = tilt @ np.diag((1.0, narrow)) @ tilt.T * ball.pupil[2] / np.sqrt(narrow)
    return Outline(
        iris_centre,
        squeeze @ np.diag((1.0, ball.height)),
        iris_centre + squeeze @ np.array(ball.pupil[:2]) - BEHIND * np.sin(angle) * axis,
        _squeeze(axis, float(np.cos(angle / REFRACTION))) @ shape,
    )


def _squeeze(axis: Matrix, narrow: float) -> Matrix:
    return np.eye(2) - (1 - narrow) * np.outer(axis, axis)


def grid() -> tuple[Floats, Floats]:
    """x as a row and y as a column, in iris radii, of the canvas' pixels."""
    rows, columns = CANVAS
    x = (np.arange(columns, dtype=np.float32) - np.float32(CENTRE[0])) / np.float32(RADIUS_PX)
    y = (np.arange(rows, dtype=np.float32) - np.float32(CENTRE[1])) / np.float32(RADIUS_PX)
    return x[None, :], y[:, None]


def draw_eyeball(ball: Eyeball, gaze_deg: tuple[float, float]) -> Floats:
    """Pupil, iris and sclera without lids: CANVAS float32, 0..255."""
    shape = outline(ball, gaze_deg)
    x, y = grid()
    away = (x - np.float32(shape.iris_centre[0])) ** 2 + (y - np.float32(shape.iris_centre[1])) ** 2
    image = (ball.greys[2] * (1 - 0.02 * np.clip(away - 1, 0, 8))).astype(np.float32)
    _draw_vessels(image, ball, shape)
    left, top = (
        int(middle + RADIUS_PX * at) - BOX for middle, at in zip(CENTRE, shape.iris_centre, strict=True)
    )
    rows, columns = slice(max(top, 0), top + 2 * BOX), slice(max(left, 0), left + 2 * BOX)
    image[rows, columns] = _iris(ball, shape, x[:, columns], y[rows], image[rows, columns])
    if ball.worn is not None:
        _draw_lens_edge(image, ball.worn, shape)
    return image


def _draw_vessels(image: Floats, ball: Eyeball, shape: Outline) -> None:
    lines = np.zeros(CANVAS, np.uint8)
    for line in ball.vessels:
        points = (line + shape.iris_centre) * RADIUS_PX + np.array(CENTRE)
        cv2.polylines(lines, [np.rint(points * 16).astype(np.int32)], False, (16,), 2, cv2.LINE_AA, 4)
    image -= cv2.blur(lines, (3, 3))


def _iris(ball: Eyeball, shape: Outline, x: Floats, y: Floats, sclera: Floats) -> Floats:
    """The texture stretched between pupil and limbus, darker at both rims; pupil inside, sclera around it."""
    out = _reach(x - np.float32(shape.iris_centre[0]), y - np.float32(shape.iris_centre[1]), shape.iris)
    beside_x, beside_y = x - np.float32(shape.pupil_centre[0]), y - np.float32(shape.pupil_centre[1])
    core = _reach(beside_x, beside_y, shape.pupil)
    depth = _depth(shape, beside_x, beside_y, core)
    uneven = np.float32(WIDENING * (ball.pupil[2] - ball.rest_ratio))
    depth = (depth + uneven * depth * (1 - depth)).astype(np.float32)
    turn = (np.arctan2(beside_y, beside_x) % (2 * np.pi) * (ANGLES / (2 * np.pi))).astype(np.float32)
    texture = _looked_up(ball.texture, turn, depth)
    rim = 0.16 * np.exp(-(((out - 0.97) / 0.05) ** 2)) + 0.08 * np.exp(-(((core - 1.05) / 0.06) ** 2))
    iris = (ball.greys[1] + ball.contrast * texture) * (1 - rim)
    iris += (
        ball.arcus
        * 0.5
        * (ball.greys[2] - ball.greys[1])
        * np.exp(-(((out - 0.92) / 0.05) ** 2)).astype(np.float32)
    )
    if ball.worn is not None and ball.worn.printed is not None:
        ink = _looked_up(ball.worn.printed, turn, np.clip((out - 0.4) / 0.6, 0, 1)) * (out < 1.02)
        iris += (0.45 * ball.greys[1] - iris) * 0.8 * ink
    ball_grey = _blended(iris.astype(np.float32), sclera, _step(out - 1, ball.softness))
    return _blended(_lens(ball, beside_x, beside_y), ball_grey, _step((core - 1) * ball.pupil[2], 0.008))


def _depth(shape: Outline, beside_x: Floats, beside_y: Floats, core: Floats) -> Floats:
    """How far each pixel is on its ray from the pupil's edge (0) to the limbus (1)."""
    inverse = np.linalg.inv(shape.iris).astype(np.float32)
    start = inverse @ (shape.pupil_centre - shape.iris_centre).astype(np.float32)
    along_x = inverse[0, 0] * beside_x + inverse[0, 1] * beside_y
    along_y = inverse[1, 0] * beside_x + inverse[1, 1] * beside_y
    square = np.maximum(along_x**2 + along_y**2, 1e-6)
    mixed = start[0] * along_x + start[1] * along_y
    limbus = (-mixed + np.sqrt(np.maximum(mixed**2 + square * (1 - start @ start), 0))) / square
    edge = 1 / np.maximum(core, 1e-3)
    return np.clip((1 - edge) / np.maximum(limbus - edge, 1e-3), 0, 1).astype(np.float32)


def _looked_up(texture: Floats, turn: Floats, depth: Floats) -> Floats:
    rows = (depth * (DEPTHS - 1)).astype(np.float32)
    found = cv2.remap(texture, turn, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    return found.astype(np.float32, copy=False)


def _lens(ball: Eyeball, beside_x: Floats, beside_y: Floats) -> Floats:
    """What is seen in the pupil: black, or the whitish and mottled lens of a cataract."""
    mottled = 1 + 0.25 * np.sin(9 * beside_x + 2 * np.sin(7 * beside_y)) * np.sin(8 * beside_y)
    return (ball.greys[0] + ball.cataract * 105 * mottled).astype(np.float32)


def _draw_lens_edge(image: Floats, worn: Worn, shape: Outline) -> None:
    """A bright line with a dark one inside it."""
    at = shape.iris_centre + np.array(worn.centre)
    centre = [round(16 * (middle + RADIUS_PX * each)) for middle, each in zip(CENTRE, at, strict=True)]
    for inwards, grey in ((0.0, 16.0), (0.025, -14.0)):
        line = np.zeros(CANVAS, np.uint8)
        radius = round(16 * RADIUS_PX * (worn.radius - inwards))
        cv2.circle(line, centre, radius, (255,), 2, cv2.LINE_AA, 4)
        image += np.float32(grey / 255) * line


def _reach(x: Floats, y: Floats, matrix: Matrix) -> Floats:
    """Distance from an ellipse's centre, 1 on the ellipse."""
    a, b, c, d = (np.float32(value) for value in np.linalg.inv(matrix).ravel())
    return np.hypot(a * x + b * y, c * x + d * y).astype(np.float32)


def _step(distance: Floats, softness: float) -> Floats:
    """0 inside to 1 outside, over about four times `softness`."""
    return (0.5 + 0.5 * np.tanh(distance / np.float32(softness))).astype(np.float32)


def _blended(inside: Floats, outside: Floats, share: Floats) -> Floats:
    return (inside + (outside - inside) * share).astype(np.float32)
