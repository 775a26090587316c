"""The figures by which a fingerprint image is judged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.cells import CELL_MM2, WINDOW_PX, Cells, GreyImage, cells_of
from firmware.quality.fingerprint.polarity import polarity
from firmware.quality.fingerprint.texture import cut_edge, holes, sharpness

_CLEAR_CONCENTRATION = 0.35
_CLEAR_CERTAINTY = 0.5
_FAINT_LEVELS = 64  # a fainter image is stretched, so that a latent print can be told from an empty plate
_BLOCK = (3, 3)  # windows
_CROSSED_MORE = 80.0  # per cent
_MILLIMETRES_A_PIXEL = 25.4 / 500.0

Figure = Callable[[NDArray[np.float32]], np.floating[Any]]


@dataclass(frozen=True, slots=True)
class FingerMeasures:
    """Figures of one image; all are 0 where no ridges are.

    grey_range_levels: 1st to 99th percentile, 0 to 255. image_mm2: the whole image.
    foreground_mm2: where there is contrast. clear_mm2: where ridges are clear in wave and direction.
    ridge_certainty, ridge_concentration: means over the foreground, 0 to 1.
    ridge_period_px: median of the clear ridges. ridge_period_spread: their quartiles' distance against it.
    ridge_share: dark part of the print, 0 to 1. darkness: its mean grey, 1 darkest.
    crossing: strength of a second wave across the first, where a fifth of the print crosses more.
    polarity, sharpness, holes, cut_edge: as in polarity.py and texture.py.
    right_share, down_share: the print's centroid from the image's middle, in halves of its side, -1 to 1.
    """

    grey_range_levels: float
    image_mm2: float
    foreground_mm2: float
    clear_mm2: float
    ridge_certainty: float
    ridge_concentration: float
    ridge_period_px: float
    ridge_period_spread: float
    ridge_share: float
    darkness: float
    crossing: float
    polarity: float
    sharpness: float
    holes: float
    cut_edge: float
    right_share: float
    down_share: float

    @property
    def centre_offset_share(self) -> float:
        """Distance of the print's centroid from the image's middle, the greater of both ways."""
        return max(abs(self.right_share), abs(self.down_share))

    @property
    def placed_mm2(self) -> float:
        """The print's area, which counts the less the farther it lies from the middle."""
        return self.foreground_mm2 * (1.0 - self.centre_offset_share)


def measure(image: GreyImage) -> FingerMeasures:
    """Measure `image`, (rows, columns) uint8 at 500 pixels per inch, 0 = ridge, of any size."""
    darkest, lightest = (float(level) for level in np.percentile(image, (1.0, 99.0)))
    seen = _at_least_a_window(_stretched(image, darkest, lightest))
    cells = cells_of(seen)
    print_ = cells.has_contrast | cells.is_merged
    clear = cells.has_contrast & _is_clear(cells)
    period, spread = _periods(cells.frequency[clear])
    right, down = _offset(print_)
    return FingerMeasures(
        grey_range_levels=lightest - darkest,
        image_mm2=image.size * _MILLIMETRES_A_PIXEL**2,
        foreground_mm2=int(print_.sum()) * CELL_MM2,
        clear_mm2=int(clear.sum()) * CELL_MM2,
        ridge_certainty=_over(cells.has_contrast, cells.certainty, np.mean),
        ridge_concentration=_over(cells.has_contrast, cells.concentration, np.mean),
        ridge_period_px=period,
        ridge_period_spread=spread,
        ridge_share=_over(print_, np.where(cells.is_merged, 1.0, cells.ridge_share), np.mean),
        darkness=_over(print_, cells.darkness, np.mean),
        crossing=_crossing(cells),
        polarity=polarity(seen, cells),
        sharpness=sharpness(seen, cells.grey_range[1] - cells.grey_range[0]),
        holes=holes(seen),
        cut_edge=cut_edge(seen, cells.grey_range),
        right_share=right,
        down_share=down,
    )


def _stretched(image: GreyImage, darkest: float, lightest: float) -> GreyImage:
    if lightest - darkest >= _FAINT_LEVELS or lightest == darkest:
        return image
    scale = 255.0 / (lightest - darkest)
    above = np.maximum(image, darkest) - darkest
    return np.minimum(above * scale, 255.0).astype(np.uint8)


def _is_clear(cells: Cells) -> NDArray[np.bool_]:
    return (cells.concentration > _CLEAR_CONCENTRATION) & (cells.certainty > _CLEAR_CERTAINTY)


def _crossing(cells: Cells) -> float:
    """Two prints need not lie on one another everywhere, and one window may hold a core or a scar."""
    mean = cv2.boxFilter(cells.rival, cv2.CV_32F, _BLOCK, borderType=cv2.BORDER_CONSTANT)
    is_ridged = cells.has_contrast.astype(np.uint8)
    whole = cv2.erode(is_ridged, np.ones(_BLOCK), borderType=cv2.BORDER_CONSTANT, borderValue=(0.0,)) > 0
    return float(np.percentile(mean[whole], _CROSSED_MORE)) if whole.any() else 0.0


def _periods(frequencies: NDArray[np.float32]) -> tuple[float, float]:
    """Median ridge period in pixels, and the distance of its quartiles as a share of it."""
    if not frequencies.size:
        return 0.0, 0.0
    short, middle, long = (float(period) for period in np.percentile(1.0 / frequencies, (25.0, 50.0, 75.0)))
    return middle, (long - short) / middle


def _at_least_a_window(image: GreyImage) -> GreyImage:
    missing = [max(0, WINDOW_PX - side) for side in image.shape]
    if not any(missing):
        return image
    return cv2.copyMakeBorder(image, 0, missing[0], 0, missing[1], cv2.BORDER_REPLICATE).astype(np.uint8)


def _over(wanted: NDArray[np.bool_], values: NDArray[np.float32], figure: Figure) -> float:
    return float(figure(values[wanted])) if wanted.any() else 0.0


def _offset(print_: NDArray[np.bool_]) -> tuple[float, float]:
    """Of the centroid of the print's cells from the middle of the grid: to the right, and down."""
    if not print_.any():
        return 0.0, 0.0
    sides = zip(np.nonzero(print_), print_.shape, strict=True)
    down, right = ((float(at.mean()) - (count - 1) / 2.0) / (count / 2.0) for at, count in sides)
    return right, down
