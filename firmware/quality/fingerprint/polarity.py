"""Whether ridges are dark on a light plate, or the other way round."""

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.cells import Cells, GreyImage, window_means

_RIDGED = 0.25  # concentration of a window that may say something
_FEWEST_WINDOWS = 8
_SPOT_PX, _PIECE_PX = 12, 80  # pores and dirt below the first, broken ridges below the second
_BORDER_WINDOWS = 0.05  # as many untouched ones at the border settle it
_HIGHEST = 2.0


def polarity(image: GreyImage, cells: Cells) -> float:
    """Above 0 where ridges are dark on light, below 0 where inverted, up to about 4; near 0: not known.

    image: (rows, columns) uint8. Three witnesses are added: the plate around the print is light; valleys
    hang together while ridges break into pieces; valleys all reach the plate's grey while ridges differ.
    Limit: a soaked print that fills the image looks like an inverted dry one: near or below 0.
    """
    border = np.clip(_border(cells) / _BORDER_WINDOWS, -1.0, 1.0) * _HIGHEST
    ridged = cells.has_contrast & (cells.concentration > _RIDGED)
    if ridged.sum() < _FEWEST_WINDOWS:
        return float(border)
    return float(border + _pieces(image, ridged) + 0.7 * _depths(image, ridged))


def _border(cells: Cells) -> float:
    """Light windows less dark ones without ridges along the image's border, as a share of all windows."""
    inner = np.zeros(cells.is_bare.shape, np.bool_)
    inner[1:-1, 1:-1] = True
    return float(cells.is_bare[~inner].sum() - cells.is_merged[~inner].sum()) / inner.size


def _pieces(image: GreyImage, ridged: NDArray[np.bool_]) -> float:
    """How many more pieces there are of the dark than of the light, -1.5 to 1.5."""
    grey = image.astype(np.float32)
    is_dark = cv2.GaussianBlur(grey, (0, 0), 0.7) < cv2.GaussianBlur(grey, (0, 0), 5.0)
    seen = cv2.resize(ridged.astype(np.uint8), image.shape[::-1], interpolation=cv2.INTER_NEAREST)
    dark, light = (_sizes((part & (seen > 0)).astype(np.uint8)) for part in (is_dark, ~is_dark))
    return _excess((dark >= _PIECE_PX).sum(), (light >= _PIECE_PX).sum()) + 0.5 * _excess(
        ((dark >= _SPOT_PX) & (dark < _PIECE_PX)).sum(), ((light >= _SPOT_PX) & (light < _PIECE_PX)).sum()
    )


def _sizes(mask: NDArray[np.uint8]) -> NDArray[np.int32]:
    """Pixels of each connected piece."""
    statistics = cv2.connectedComponentsWithStats(mask, connectivity=4)[2]
    return statistics[1:, cv2.CC_STAT_AREA].astype(np.int32)


def _excess(one: int, other: int) -> float:
    return float(one - other) / float(one + other + 4)


def _depths(image: GreyImage, ridged: NDArray[np.bool_]) -> float:
    """How much more the darkest greys around differ than the lightest, -1 to 1."""
    smooth, around = cv2.GaussianBlur(image, (0, 0), 0.8), np.ones((13, 13), np.uint8)
    dark, light = (window_means(each(smooth, around))[ridged].std() for each in (cv2.erode, cv2.dilate))
    return float((dark - light) / (dark + light + 1.0))
