"""QR codes in a frame; the only module that imports zxing-cpp to read."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import cv2
import numpy as np
import zxingcpp
from numpy.typing import NDArray

from firmware.capture.card_sight import CodeSight, Patch, patches_of

Grey = NDArray[np.uint8]

_GREEN = 1
_BLUR_PX, _SHARPENING = (
    2.5,
    6.0,
)  # chosen on six frames of the test set: 54 of its 57 are read, 49 as they are
_COMPARABLE = 0.5  # of two codes side by side; a failed one that is smaller is a phantom inside the other
_SQUARE = 0.4  # narrowest side by longest: what zxing-cpp takes for a failed code is often a sliver


@dataclass(frozen=True, slots=True)
class CodesSeen:
    """What a frame shows.

    texts: of the codes that were read, each once. unread_beside: whether another code lies beside one that
    was read. sight: where nothing was read, the patch that looks like a code.
    """

    texts: tuple[str, ...] = field(default=(), repr=False)
    unread_beside: bool = False
    sight: CodeSight | None = None


def find_codes(pixels: NDArray[np.uint8]) -> CodesSeen:
    """The codes of a frame; where none is read, what looks like one is sharpened and read, else measured.

    pixels: (rows, columns, 3) RGB, of which the green plane is read, or (rows, columns) grey.
    """
    plane = np.ascontiguousarray(pixels if pixels.ndim == 2 else pixels[:, :, _GREEN])
    codes = read_codes(plane)
    read = [code for code in codes if code.valid]
    if not read:
        return _second_look(plane)
    failed = [_corners(code) for code in codes if not code.valid]
    beside = any(_lies_beside(corners, _corners(code)) for corners in failed for code in read)
    return CodesSeen(tuple(dict.fromkeys(_text(code) for code in read)), beside)


def _second_look(plane: Grey) -> CodesSeen:
    patches = patches_of(plane)
    texts = dict.fromkeys(text for patch in patches for text in _sharpened_texts(plane, patch))
    if texts:
        return CodesSeen(tuple(texts))
    return CodesSeen(sight=patches[0].sight if patches else None)


def _sharpened_texts(plane: Grey, patch: Patch) -> list[str]:
    """What is read once the blur of a lens that is a little out of focus is taken back."""
    cut = plane[patch.rows, patch.columns]
    soft = cv2.GaussianBlur(cut, (0, 0), _BLUR_PX)
    sharp = np.asarray(cv2.addWeighted(cut, 1.0 + _SHARPENING, soft, -_SHARPENING, 0.0), np.uint8)
    return [_text(code) for code in read_codes(sharp) if code.valid]


def read_codes(plane: Grey) -> Sequence[zxingcpp.Barcode]:
    """Every QR code that is found in (rows, columns) grey, with those whose reading failed."""
    return zxingcpp.read_barcodes(
        plane,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_rotate=False,  # a QR code is found in every position anyway; twice as fast, same hits
        try_downscale=False,
        try_invert=False,
        return_errors=True,
    )


def _text(code: zxingcpp.Barcode) -> str:
    """A card's text is UTF-8 and seldom says so: then zxing-cpp 3.1.1 may take its bytes for Latin 1."""
    try:
        return code.bytes.decode()
    except UnicodeDecodeError:
        return code.text


def _corners(code: zxingcpp.Barcode) -> NDArray[np.float64]:
    """(4, 2): across and down, one after the other around the code."""
    place = code.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    return np.array([(corner.x, corner.y) for corner in corners], np.float64)


def _lies_beside(failed: NDArray[np.float64], read: NDArray[np.float64]) -> bool:
    """Whether a failed code is one of its own, and not a part of the one that was read."""
    sides, length = _sides(failed), _sides(read).max()
    is_a_code = sides.max() >= _COMPARABLE * length and sides.min() >= _SQUARE * sides.max()
    return bool(is_a_code and np.hypot(*(failed.mean(axis=0) - read.mean(axis=0))) > length)


def _sides(corners: NDArray[np.float64]) -> NDArray[np.float64]:
    closed = [*corners, corners[0]]
    return np.array([np.hypot(*(second - first)) for first, second in pairwise(closed)])
