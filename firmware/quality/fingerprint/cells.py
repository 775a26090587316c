"""A fingerprint seen through overlapping windows: what each window of 32 pixels holds."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.spectrum import ridge_waves

GreyImage = NDArray[np.uint8]
Grid = NDArray[np.float32]

WINDOW_PX = 32  # NFIQ 2's local block
STRIDE_PX = 16
CELL_MM2 = (STRIDE_PX * 25.4 / 500.0) ** 2
_LOWEST_SPREAD_LEVELS = 6.0  # sensor noise and one of 16 grey levels stay below
_LOWEST_SPREAD_SHARE = 0.15  # of the grey range; the faintest ridges of the FVC sets reach 0.2
_RIDGE_NEIGHBOURHOOD_PX = 15  # holds a ridge and a valley up to a period of 15 pixels
_DARK_SHARE, _LIGHT_SHARE = 0.35, 0.65  # of the grey range


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Measures of each window, (rows, columns) float32 or bool, windows 16 pixels apart.

    grey_range: darkest and lightest grey of the whole image (1st and 99th percentile).
    has_contrast: the window shows ridges, or noise. is_merged: dark without contrast.
    is_bare: light without contrast. certainty, concentration, rival: 0 to 1 (see RidgeWaves).
    frequency: cycles a pixel. ridge_share: dark part, 0 to 1. darkness: mean, 0 lightest to 1 darkest.
    """

    grey_range: tuple[float, float]
    has_contrast: NDArray[np.bool_]
    is_merged: NDArray[np.bool_]
    is_bare: NDArray[np.bool_]
    certainty: Grid
    concentration: Grid
    frequency: Grid
    rival: Grid
    ridge_share: Grid
    darkness: Grid


def cells_of(image: GreyImage) -> Cells:
    """Look at `image`, (rows, columns) uint8 with at least 32 rows and columns, 0 = ridge."""
    darkest, lightest = (float(level) for level in np.percentile(image, (1.0, 99.0)))
    grey = image.astype(np.float32)
    mean = window_means(grey)
    spread = np.sqrt(np.maximum(window_means(grey * grey) - mean * mean, 0.0))
    has_contrast = spread > max(_LOWEST_SPREAD_LEVELS, _LOWEST_SPREAD_SHARE * (lightest - darkest))
    is_dark = mean < darkest + _DARK_SHARE * (lightest - darkest)
    is_light = mean > darkest + _LIGHT_SHARE * (lightest - darkest)
    return Cells(
        (darkest, lightest),
        has_contrast,
        is_dark & ~has_contrast,
        is_light & ~has_contrast,
        orientation_certainty(grey),
        *_waves(grey, has_contrast),
        window_means(_is_ridge(image).astype(np.float32)),
        np.clip((lightest - mean) / max(lightest - darkest, 1.0), 0.0, 1.0),
    )


def orientation_certainty(grey: Grid) -> Grid:
    """1 - least / greatest eigenvalue of each window's gradient covariance; 0 where nothing changes.

    Source: NFIQ 2's orientation certainty level, with its centred differences.
    """
    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=1, scale=0.5)
    along = cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=1, scale=0.5)
    a, b, c = (
        window_means(cv2.multiply(*pair)) for pair in ((across, across), (along, along), (across, along))
    )
    root = np.sqrt((a - b) ** 2 + 4.0 * c * c)
    return (2.0 * root / np.maximum(a + b + root, 1e-6)).astype(np.float32)


def window_means(values: NDArray[np.integer[Any] | np.floating[Any]]) -> Grid:
    """Means of the windows of `values`; the grid is centred, so a turned image gives a turned grid."""
    means = cv2.boxFilter(values, cv2.CV_32F, (WINDOW_PX, WINDOW_PX), anchor=(0, 0))
    return means[_grid(values.shape[0]), :][:, _grid(values.shape[1])].astype(np.float32)


def _grid(side_px: int) -> slice:
    """First pixels of the windows along a side."""
    free = side_px - WINDOW_PX
    return slice(free % STRIDE_PX // 2, free + 1, STRIDE_PX)


def _waves(grey: Grid, wanted: NDArray[np.bool_]) -> tuple[Grid, Grid, Grid]:
    """Concentration, frequency and rival of the wanted windows, 0 elsewhere."""
    rows, columns = (_grid(side) for side in grey.shape)
    windows = np.lib.stride_tricks.sliding_window_view(grey, (WINDOW_PX, WINDOW_PX))[rows, columns]
    concentration, frequency, rival = (np.zeros(wanted.shape, np.float32) for _ in range(3))
    if wanted.any():
        waves = ridge_waves(windows[wanted])
        concentration[wanted], frequency[wanted], rival[wanted] = (
            waves.concentration,
            waves.frequency,
            waves.rival,
        )
    return concentration, frequency, rival


def _is_ridge(image: GreyImage) -> NDArray[np.bool_]:
    """Pixels darker than the middle between the darkest and the lightest around them.

    A local mean would follow the ridges' own width and hide what is asked here.
    """
    smooth = cv2.GaussianBlur(image, (0, 0), 0.8)
    around = np.ones((_RIDGE_NEIGHBOURHOOD_PX, _RIDGE_NEIGHBOURHOOD_PX), np.uint8)
    middle = cv2.addWeighted(cv2.erode(smooth, around), 0.5, cv2.dilate(smooth, around), 0.5, 0.0)
    return smooth < cv2.blur(middle, around.shape)
