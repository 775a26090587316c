"""A citizen's card held before the camera; only its QR code means anything."""

import functools
from dataclasses import dataclass, field

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


@dataclass(frozen=True, slots=True)
class CardHeld:
    """How a card is held.

    distance_m: from the lens; at 0.17 m a module of the code is about 3 pixels. tilt_deg: top towards
    the lens. roll_deg: in the picture. blur_px: standard deviation. shift: right and down, metres.
    """

    qr_text: str = field(repr=False)
    distance_m: float = 0.17
    tilt_deg: float = 0.0
    roll_deg: float = 0.0
    blur_px: float = 0.0
    shift: tuple[float, float] = (0.0, 0.02)


@functools.lru_cache(4)
def card_layer(card: CardHeld, shape: tuple[int, int]) -> Pixels:
    """The card in a frame of `shape`: (rows, columns, 4) uint8, RGB multiplied by opacity, and opacity."""
    view = _view(card, shape)
    layer = cv2.warpPerspective(card_face(card.qr_text), view, (shape[1], shape[0]), flags=cv2.INTER_AREA)
    if card.blur_px > 0.0:
        layer = cv2.GaussianBlur(layer, (0, 0), card.blur_px)
    return np.asarray(layer, np.uint8)


@functools.lru_cache(4)
def card_face(qr_text: str) -> Pixels:
    """The card's face, PX_PER_MM: (rows, columns, 4) uint8."""
    face = np.zeros((round(HEIGHT_MM * PX_PER_MM), round(WIDTH_MM * PX_PER_MM), 4), np.uint8)
    _rounded_rectangle(face)
    _box(face, (5.0, 5.0), (9.0, 9.0), EMBLEM)
    _box(face, (5.0, 18.0), (22.0, 30.0), PHOTO)
    _box(face, (64.0, 30.0), (12.0, 10.0), CHIP)
    for row, length in enumerate((34, 26, 30, 22, 30, 24)):
        _box(face, (31.0, 20.0 + 5.0 * row), (length, 1.6), INK)
    _put_code(face, qr_text)
    face.flags.writeable = False
    return face


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
