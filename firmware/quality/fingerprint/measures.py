"""The figures by which a fingerprint image is judged."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.cells import CELL_MM2, WINDOW_PX, GreyImage, cells_of

_CLEAR_CONCENTRATION = 0.35
_CLEAR_CERTAINTY = 0.5
_MILLIMETRES_A_PIXEL = 25.4 / 500.0

Figure = Callable[[NDArray[np.float32]], np.floating[Any]]


@dataclass(frozen=True, slots=True)
class FingerMeasures:
    """Figures of one image; all are 0 where no ridges are.

    grey_range_levels: 1st to 99th percentile, 0 to 255. image_mm2: the whole image.
    foreground_mm2: where there is contrast. clear_mm2: where ridges are clear in wave and direction.
    ridge_certainty, ridge_concentration: means over the foreground, 0 to 1.
    ridge_period_px: median of the clear ridges. ridge_share: dark part of the print, 0 to 1.
    centre_offset_share: distance of the print's centroid from the middle, in halves of the image's side.
    """

    grey_range_levels: float
    image_mm2: float
    foreground_mm2: float
    clear_mm2: float
    ridge_certainty: float
    ridge_concentration: float
    ridge_period_px: float
    ridge_share: float
    centre_offset_share: float


def measure(image: GreyImage) -> FingerMeasures:
    """Measure `image`, (rows, columns) uint8 at 500 pixels per inch, 0 = ridge, of any size."""
    cells = cells_of(_at_least_a_window(image))
    print_ = cells.has_contrast | cells.is_merged
    clear = (cells.concentration > _CLEAR_CONCENTRATION) & (cells.certainty > _CLEAR_CERTAINTY)
    frequency = _over(cells.has_contrast & clear, cells.frequency, np.median)
    return FingerMeasures(
        grey_range_levels=cells.grey_range[1] - cells.grey_range[0],
        image_mm2=image.size * _MILLIMETRES_A_PIXEL**2,
        foreground_mm2=int(print_.sum()) * CELL_MM2,
        clear_mm2=int((clear & cells.has_contrast).sum()) * CELL_MM2,
        ridge_certainty=_over(cells.has_contrast, cells.certainty, np.mean),
        ridge_concentration=_over(cells.has_contrast, cells.concentration, np.mean),
        ridge_period_px=1.0 / frequency if frequency else 0.0,
        ridge_share=_over(print_, np.where(cells.is_merged, 1.0, cells.ridge_share), np.mean),
        centre_offset_share=_offset(print_),
    )


def _at_least_a_window(image: GreyImage) -> GreyImage:
    missing = [max(0, WINDOW_PX - side) for side in image.shape]
    if not any(missing):
        return image
    return cv2.copyMakeBorder(image, 0, missing[0], 0, missing[1], cv2.BORDER_REPLICATE).astype(np.uint8)


def _over(wanted: NDArray[np.bool_], values: NDArray[np.float32], figure: Figure) -> float:
    return float(figure(values[wanted])) if wanted.any() else 0.0


def _offset(print_: NDArray[np.bool_]) -> float:
    """The centroid of the print's cells against the middle of the grid, the greater of both ways."""
    if not print_.any():
        return 0.0
    sides = zip(np.nonzero(print_), print_.shape, strict=True)
    return max(abs(float(at.mean()) - (count - 1) / 2.0) / (count / 2.0) for at, count in sides)
