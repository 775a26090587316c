"""A citizen's card held before the camera; only its QR code means anything."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import cv2
import numpy as np
import zxingcpp

from simulator.people.layers import Matrix, Pixels, focal_px

PX_PER_MM = 12
WIDTH_MM, HEIGHT_MM = 85.6, 53.98  # ISO/IEC 7810 ID-1
CORNER_MM = 3.2
QR_MM, QR_RIGHT_MM, QR_TOP_MM = 18.0, 4.0, 4.0
PAPER, INK, EMBLEM, PHOTO, CHIP = (
    (206, 224, 226),
    (92, 110, 118),
    (196, 92, 74),
    (168, 180, 188),
    (212, 188, 120),
)
OPAQUE = 255
GLARE_EDGE_MM = 0.4  # over which a reflection ends
SWING_S = 1.1  # of a hand that goes to and fro
EXPOSURE_S = 0.01
SEEN_SMALL = 0.5  # pixels of the frame for one of the face


class CardModel(StrEnum):
    """The side that bears the code: the front of 2021, the back of 2024."""

    OF_2021 = "2021"
    OF_2024 = "2024"


@dataclass(frozen=True, slots=True)
class CardHeld:
    """How a card is held.

    distance_m: from the lens; at 0.17 m a module of the code is about 3 pixels. tilt_deg: top towards
    the lens. roll_deg: in the picture. blur_px: standard deviation, of a lens that is out of focus.
    shift: right and down, metres. glare: how far the lamp's reflection in the middle of the code reaches, as
    a share of the code's side. speed_m_s: of a hand that goes to and fro, to the right and down.
    """

    qr_text: str = field(repr=False)
    distance_m: float = 0.17
    tilt_deg: float = 0.0
    roll_deg: float = 0.0
    blur_px: float = 0.0
    shift: tuple[float, float] = (0.0, 0.02)
    model: CardModel = CardModel.OF_2021
    glare: float = 0.0
    speed_m_s: float = 0.0

    def at(self, moment_s: float) -> "CardHeld":
        """The card at that moment, further on its way to and fro."""
        if self.speed_m_s == 0.0:
            return self
        reach = self.speed_m_s * SWING_S / 4.0
        where = reach * (4.0 * abs(moment_s / SWING_S % 1.0 - 0.5) - 1.0)
        return replace(self, shift=(self.shift[0] + where, self.shift[1] + 0.3 * where))


HELD: Mapping[str, Mapping[str, Any]] = {
    "shown": {},
    "2024": {"model": CardModel.OF_2024},
    "blurred": {"blur_px": 6.0},
    "far": {"distance_m": 0.5},
    "tilted": {"tilt_deg": 68.0},
    "glare": {"glare": 0.3},
    "moving": {"speed_m_s": 0.3},
}
"""Ways of holding a card that a stage command names."""


def text_of_2024(text: str, *parents: str) -> str:
    """The code of a 2024 card from that of 2021; the order of the added fields is not public: assumed."""
    return "|".join((text, "", *parents, ""))


@functools.lru_cache(4)
def card_layer(card: CardHeld, shape: tuple[int, int]) -> Pixels:
    """The card in a frame of `shape`: (rows, columns, 4) uint8, RGB multiplied by opacity, and opacity."""
    face, view = _shrunk(_lit(card_face(card.qr_text, card.model), card.glare), _view(card, shape))
    layer = cv2.warpPerspective(face, view, (shape[1], shape[0]), flags=cv2.INTER_AREA)
    if card.speed_m_s:
        layer = cv2.filter2D(layer, -1, _streak(card, shape))
    if card.blur_px > 0.0:
        layer = cv2.GaussianBlur(layer, (0, 0), card.blur_px)
    return np.asarray(layer, np.uint8)


@functools.lru_cache(4)
def card_face(qr_text: str, model: CardModel = CardModel.OF_2021) -> Pixels:
    """The side with the code, PX_PER_MM: (rows, columns, 4) uint8."""
    face = np.zeros((round(HEIGHT_MM * PX_PER_MM), round(WIDTH_MM * PX_PER_MM), 4), np.uint8)
    _rounded_rectangle(face)
    match model:
        case CardModel.OF_2021:
            _front_of_2021(face)
        case CardModel.OF_2024:
            _back_of_2024(face)
    _put_code(face, qr_text)
    face.flags.writeable = False
    return face


def _front_of_2021(face: Pixels) -> None:
    _box(face, (5.0, 5.0), (9.0, 9.0), EMBLEM)
    _box(face, (5.0, 18.0), (22.0, 30.0), PHOTO)
    _box(face, (64.0, 30.0), (12.0, 10.0), CHIP)
    for row, length in enumerate((34, 26, 30, 22, 30, 24)):
        _box(face, (31.0, 20.0 + 5.0 * row), (length, 1.6), INK)


def _back_of_2024(face: Pixels) -> None:
    _box(face, (8.0, 6.0), (12.0, 10.0), CHIP)
    for row, length in enumerate((30, 24, 28)):
        _box(face, (26.0, 7.0 + 5.0 * row), (length, 1.6), INK)
    for row in range(3):  # what a machine reads: thirty signs a line
        for sign in range(30):
            _box(face, (6.0 + 2.45 * sign, 34.0 + 5.5 * row), (1.4, 2.4), INK)


def _lit(face: Pixels, glare: float) -> Pixels:
    """The face with the lamp's reflection in the middle of its code."""
    if glare == 0.0:
        return face
    rows, columns = np.indices(face.shape[:2], np.float32)
    middle = (QR_TOP_MM + QR_MM / 2, WIDTH_MM - QR_RIGHT_MM - QR_MM / 2)
    away_mm = np.hypot(rows / PX_PER_MM - middle[0], columns / PX_PER_MM - middle[1])
    light = 255.0 * np.clip(0.5 - (away_mm - glare * QR_MM) / GLARE_EDGE_MM, 0.0, 1.0)
    lit = face.copy()
    lit[:, :, :3] = np.minimum(face[:, :, :3] + light[:, :, None], face[:, :, 3:])
    return lit


def _shrunk(face: Pixels, view: Matrix) -> tuple[Pixels, Matrix]:
    """A face that is seen small, made small first: a warp by itself drops whole rows of modules."""
    share = float(np.sqrt(abs(np.linalg.det(view[:2, :2] / view[2, 2]))))
    if share > SEEN_SMALL:
        return face, view
    small = cv2.resize(face, None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8), view @ np.diag([1.0 / share, 1.0 / share, 1.0])


def _streak(card: CardHeld, shape: tuple[int, int]) -> Matrix:
    """What the hand's way during one exposure makes of a point: an odd square that sums to one."""
    way_px = card.speed_m_s * EXPOSURE_S * focal_px(shape) / card.distance_m
    side = 2 * round(way_px / 2) + 1
    streak = np.zeros((side, side))
    middle = side // 2
    down = round(0.3 * middle)
    cv2.line(streak, (0, middle - down), (side - 1, middle + down), 1.0)
    return np.asarray(streak / streak.sum(), np.float64)


def _put_code(face: Pixels, text: str) -> None:
    code = zxingcpp.create_barcode(  # pyright: ignore[reportUnknownMemberType]  (its stub has bare kwargs)
        text, zxingcpp.BarcodeFormat.QRCode, ec_level="M"
    )
    modules = np.array(zxingcpp.write_barcode_to_image(code, scale=1, add_quiet_zones=True), np.uint8)
    side = round(QR_MM * PX_PER_MM)
    printed = cv2.resize(modules, (side, side), interpolation=cv2.INTER_NEAREST)
    top, left = round(QR_TOP_MM * PX_PER_MM), face.shape[1] - side - round(QR_RIGHT_MM * PX_PER_MM)
    face[top : top + side, left : left + side, :3] = np.maximum(printed, 24)[:, :, None]


def _rounded_rectangle(face: Pixels) -> None:
    rows, columns = face.shape[:2]
    radius = round(CORNER_MM * PX_PER_MM)
    for first, last in (((radius, 0), (columns - radius, rows)), ((0, radius), (columns, rows - radius))):
        cv2.rectangle(face, first, last, (*PAPER, OPAQUE), cv2.FILLED)
    for column in (radius, columns - radius):
        for row in (radius, rows - radius):
            cv2.circle(face, (column, row), radius, (*PAPER, OPAQUE), cv2.FILLED, cv2.LINE_AA)


def _box(
    face: Pixels, corner_mm: tuple[float, float], size_mm: tuple[float, float], colour: tuple[int, ...]
) -> None:
    left, top = (round(length * PX_PER_MM) for length in corner_mm)
    right, bottom = left + round(size_mm[0] * PX_PER_MM), top + round(size_mm[1] * PX_PER_MM)
    face[top:bottom, left:right, :3] = colour


def _view(card: CardHeld, shape: tuple[int, int]) -> Matrix:
    """From the face's columns and rows to the frame's: (3, 3)."""
    rows, columns = shape
    focal = focal_px(shape)
    turn = cv2.Rodrigues(np.radians([[card.tilt_deg], [0.0], [0.0]]))[0]
    turn = cv2.Rodrigues(np.radians([[0.0], [0.0], [card.roll_deg]]))[0] @ turn
    to_metres = 1e-3 / PX_PER_MM
    centre = np.asarray([WIDTH_MM, HEIGHT_MM]) * 0.5e-3
    on_card = np.asarray([[to_metres, 0, -centre[0]], [0, to_metres, -centre[1]], [0, 0, 1]])
    held = np.column_stack([turn[:, 0], turn[:, 1], (*card.shift, card.distance_m)])
    lens = np.asarray([[focal, 0, columns / 2], [0, focal, rows / 2], [0, 0, 1]])
    return np.asarray(lens @ held @ on_card, np.float64)
