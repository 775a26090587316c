"""Whether an image is worth reading to its end, from the rows that have arrived so far."""

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.advice import Advice
from firmware.quality.fingerprint.cells import CELL_MM2, STRIDE_PX, WINDOW_PX, GreyImage
from firmware.quality.fingerprint.limits import FingerLimits

_MILLIMETRES_A_PIXEL = 25.4 / 500.0
_SEEN_SPREAD_LEVELS = (
    9.0  # 0.15 of 60, as in cells.py; one grey level of 16 and a tenth of contrast stay below
)
_LATENT_SPREAD_LEVELS = 4.0
_LATENT_SHARE = 0.2  # of the windows, so that dirt is not called a print
_DARK_SHARE = 0.5  # of the lightest grey: flooded ridges without any contrast

Flags = NDArray[np.bool_]


class FirstRows:
    """Called with the rows so far; says no once even the best rest could not make the image acceptable.

    The rest may hold ridges wherever they help most, so what is given up would fail by the area of its ridges
    or by the place of their centroid. Cost: each row of windows is looked at once. advice: after a no.
    """

    advice: Advice | None = None

    def __init__(self, limits: FingerLimits, total_rows: int) -> None:
        self._limits = limits
        self._starts = _starts(total_rows)
        self._total_rows = total_rows
        self._ridged: list[Flags] = []
        self._latent: list[Flags] = []

    def __call__(self, rows: GreyImage) -> bool:
        """Whether the rest is worth waiting for; rows: (rows so far, columns) uint8, 0 = ridge."""
        while len(self._ridged) < len(self._starts) and self._starts[len(self._ridged)] + WINDOW_PX <= len(
            rows
        ):
            first = self._starts[len(self._ridged)]
            self._look(rows[first : first + WINDOW_PX])
        if not self._ridged or not self._ridged[0].size:
            return True
        self.advice = self._refusal(np.array(self._ridged), rows.shape[1])
        return self.advice is None

    def _look(self, strip: GreyImage) -> None:
        grey = strip.astype(np.float32)
        columns = _starts(strip.shape[1])
        mean, square = (
            cv2.blur(each, (WINDOW_PX, WINDOW_PX), anchor=(0, 0))[0, columns] for each in (grey, grey * grey)
        )
        spread = np.sqrt(np.maximum(square - mean * mean, 0.0))
        is_dark = mean < _DARK_SHARE * float(strip.max())
        self._ridged.append((spread > _SEEN_SPREAD_LEVELS) | is_dark)
        self._latent.append(spread > _LATENT_SPREAD_LEVELS)

    def _refusal(self, ridged: Flags, columns_px: int) -> Advice | None:
        rest = len(self._starts) - len(ridged)
        image_mm2 = self._total_rows * columns_px * _MILLIMETRES_A_PIXEL**2
        wanted = self._limits.wanted_mm2(image_mm2) / CELL_MM2
        across = _nearest(ridged.sum(axis=0), rest)
        down = _lowest(ridged, rest, wanted)
        most = (int(ridged.sum()) + rest * ridged.shape[1]) * (1.0 - max(abs(across), down))
        if most >= wanted:
            return None
        return _towards_the_middle(across) if self._is_beside(across) else self._too_little(ridged)

    def _is_beside(self, across: float) -> bool:
        return abs(across) > self._limits.causes.side_share

    def _too_little(self, ridged: Flags) -> Advice:
        """Nothing, the print of another, the end of a finger, or a light touch."""
        if not ridged.any():
            is_latent = np.mean(self._latent) > _LATENT_SHARE
            return Advice.FINGER_GLASS if is_latent else Advice.FINGER_PLACE
        across = _nearest(ridged.sum(axis=0), 0)
        if self._is_beside(across):
            return _towards_the_middle(across)
        return Advice.FINGER_DOWN if ridged[0].mean() > _LATENT_SHARE else Advice.FINGER_PRESS


def _starts(side_px: int) -> list[int]:
    """First pixels of the windows along a side, as in cells.py."""
    free = side_px - WINDOW_PX
    return list(range(free % STRIDE_PX // 2, free + 1, STRIDE_PX)) if free >= 0 else []


def _towards_the_middle(right_share: float) -> Advice:
    return Advice.FINGER_LEFT if right_share > 0 else Advice.FINGER_RIGHT


def _nearest(counted: NDArray[np.int_], rest: int) -> float:
    """The offset nearest to the middle, -1 to 1, that ridges may still reach with `rest` more rows."""
    places = (np.arange(len(counted)) - (len(counted) - 1) / 2.0) / (len(counted) / 2.0)
    total, moment = float(counted.sum()), float((counted * places).sum())
    if total == 0.0:
        return 0.0
    side = 1.0 if moment > 0 else -1.0
    order = np.argsort(places * side)
    totals = total + np.concatenate(([0.0], np.arange(1, len(counted) + 1) * rest))
    moments = moment + np.concatenate(([0.0], np.cumsum(places[order]) * rest))
    return side * max(float((moments * side / totals).min()), 0.0)


def _lowest(ridged: Flags, rest: int, wanted: float) -> float:
    """The smallest offset downwards that an acceptable area may still have, where nothing was seen yet."""
    if ridged.any():
        return 0.0
    count = len(ridged) + rest
    filled = int(np.ceil(wanted / ridged.shape[1]))
    middle = len(ridged) + (filled - 1) / 2.0
    return (middle - (count - 1) / 2.0) / (count / 2.0)
