"""QR codes in a frame; the only module that imports zxing-cpp to read."""

from dataclasses import dataclass, field

import numpy as np
import zxingcpp
from numpy.typing import NDArray

_GREEN = 1


@dataclass(frozen=True, slots=True)
class CodeSeen:
    """text: of the code, or None when it was found and could not be read. width_px: of the longer side."""

    text: str | None = field(repr=False)
    width_px: float


def find_code(pixels: NDArray[np.uint8]) -> CodeSeen | None:
    """The QR code in a frame, a readable one before all others; None when there is none.

    pixels: (rows, columns, 3) RGB, of which the green plane is read, or (rows, columns) grey.
    """
    plane = np.ascontiguousarray(pixels if pixels.ndim == 2 else pixels[:, :, _GREEN])
    codes = zxingcpp.read_barcodes(
        plane,
        formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode),
        try_rotate=False,  # a QR code is found in every position anyway; twice as fast, same hits
        try_downscale=False,
        try_invert=False,
        return_errors=True,
    )
    best = min(codes, key=lambda code: not code.valid, default=None)
    if best is None:
        return None
    return CodeSeen(best.text if best.valid else None, _width(best.position))


def _width(position: zxingcpp.Position) -> float:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    places = np.array([(corner.x, corner.y) for corner in corners])
    return float(np.ptp(places, axis=0).max())
