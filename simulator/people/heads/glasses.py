"""Glasses on a nose: frames, what lenses mirror, dark lenses."""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.heads.mesh import Floats
from simulator.people.heads.raster import SUB_PIXEL_BITS
from simulator.people.pose import Glasses

HALF_M, DEPTH_M, BELOW_EYES_M = (0.0255, 0.0200), 0.024, 0.003  # of a lens; before the eyes
SQUARENESS = 3.2  # 2 is an ellipse
HINGE_M, EAR_M = (0.004, 0.020), (0.078, 0.006, -0.070)  # up and forward; of the ear's place
RIM_M, TEMPLE_M = 0.0021, 0.0026
FRAMES = ((22, 20, 20), (66, 44, 30), (96, 92, 90), (30, 30, 52))
CLEAR_COVER, DARK_COVER, GLARE_COVER = 0.05, 0.965, 0.93
DARK, SHEEN = (16, 15, 15), (226, 232, 240)
GLARES_M = ((-0.006, 0.004, 0.015, 0.011), (0.009, -0.006, 0.006, 0.005))  # right, up, half width and height
OPAQUE = 255
PIXELS_PER_M = 2048.0  # as heads are drawn
HIDDEN_BEHIND_M = 0.003

View = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """Where glasses sit. turn: of the head, (3, 3). eyes: (2, 3) metres. view: to column, row, nearness."""

    turn: Floats
    eyes: Floats
    view: View

    def seen(self, points: Floats) -> Floats:
        """Column, row and nearness of points of a head that looks into the lens, (n, 3)."""
        return self.view((points @ self.turn.T).astype(np.float32))


def draw_glasses(
    picture: NDArray[np.uint8], nearness: Floats, face: Face, glasses: Glasses, seed: int
) -> None:
    """Put glasses on. nearness: (rows, columns) metres, of what is there already."""
    half = float(np.linalg.norm(face.eyes[1] - face.eyes[0])) / 2.0
    centres = np.asarray([[-half, -BELOW_EYES_M, DEPTH_M], [half, -BELOW_EYES_M, DEPTH_M]], np.float32)
    for centre in centres:
        _fill_lens(picture, face.seen, centre, glasses)
    frame = FRAMES[seed % len(FRAMES)]
    for centre in centres:
        _stroke(picture, nearness, face.seen(_rim(centre, 1.0)), (*frame, OPAQUE), RIM_M)
    for line in (_bridge(half), *(_temple(half, side) for side in (-1.0, 1.0))):
        _stroke(picture, nearness, face.seen(line), (*frame, OPAQUE), TEMPLE_M)


def _fill_lens(picture: NDArray[np.uint8], seen: View, centre: Floats, glasses: Glasses) -> None:
    outline = seen(_rim(centre, 0.97))
    match glasses:
        case Glasses.DARK:
            _lay_over(picture, outline, DARK, DARK_COVER)
        case Glasses.GLARE:
            for glare in GLARES_M:
                _lay_over(picture, seen(_mirrored(centre, glare)), SHEEN, GLARE_COVER)
        case _:
            _lay_over(picture, outline, SHEEN, CLEAR_COVER)


def _rim(centre: Floats, size: float) -> Floats:
    """A rounded rectangle around a lens: (n, 3)."""
    angle = np.linspace(0.0, 2.0 * np.pi, 48, dtype=np.float32)
    across, up = (
        np.sign(wave) * np.abs(wave) ** (2.0 / SQUARENESS) for wave in (np.cos(angle), np.sin(angle))
    )
    flat = np.zeros_like(angle)
    return centre + size * np.stack([HALF_M[0] * across, HALF_M[1] * up, flat], axis=1)


def _mirrored(centre: Floats, glare: tuple[float, float, float, float]) -> Floats:
    """The image of a lamp on a lens: (4, 3)."""
    right, up, wide, tall = glare
    corners = [(right - wide, up - tall), (right + wide, up - 0.6 * tall)]
    corners += [(right + wide, up + tall), (right - wide, up + 0.7 * tall)]
    return centre + np.asarray([[*corner, 0.0] for corner in corners], np.float32)


def _bridge(half: float) -> Floats:
    inner = half - HALF_M[0]
    across = np.linspace(-inner, inner, 9, dtype=np.float32)
    arch = 0.004 * (1.0 - (across / np.float32(inner)) ** 2)
    return np.stack([across, arch, np.full_like(across, DEPTH_M)], axis=1)


def _temple(half: float, side: float) -> Floats:
    start = np.asarray([side * (half + HALF_M[0]), *HINGE_M], np.float32)
    end = np.asarray([side * EAR_M[0], *EAR_M[1:]], np.float32)
    return start + np.linspace(0.0, 1.0, 24, dtype=np.float32)[:, None] * (end - start)


def _stroke(
    picture: NDArray[np.uint8], nearness: Floats, line: Floats, ink: tuple[int, ...], wide_m: float
) -> None:
    """A line wherever nothing of the head lies before it."""
    rows, columns = nearness.shape
    row, column = (
        np.clip(np.rint(line[:, axis]), 0, size - 1).astype(int) for axis, size in ((1, rows), (0, columns))
    )
    is_seen = line[:, 2] > nearness[row, column] - HIDDEN_BEHIND_M
    fixed = np.round(line[:, :2] * (1 << SUB_PIXEL_BITS)).astype(int)
    wide_px = max(1, round(wide_m * PIXELS_PER_M))
    for one, other, shows in zip(fixed[:-1].tolist(), fixed[1:].tolist(), is_seen[1:].tolist(), strict=True):
        if shows:
            cv2.line(picture, one, other, ink, wide_px, cv2.LINE_AA, SUB_PIXEL_BITS)


def _lay_over(
    picture: NDArray[np.uint8], outline: Floats, colour: tuple[int, int, int], cover: float
) -> None:
    """A shape that lets some of what is behind it through."""
    mask = np.zeros(picture.shape[:2], np.uint8)
    fixed = np.round(outline[:, :2] * (1 << SUB_PIXEL_BITS)).astype(np.int32)
    cv2.fillPoly(mask, [fixed], (OPAQUE,), cv2.LINE_AA, SUB_PIXEL_BITS)
    left, top, wide, tall = cv2.boundingRect(mask)
    part = picture[top : top + tall, left : left + wide, :3]
    share = mask[top : top + tall, left : left + wide, None].astype(np.float32) * np.float32(cover / OPAQUE)
    part[:] = np.rint(part * (1.0 - share) + np.asarray(colour, np.float32) * share).astype(np.uint8)
