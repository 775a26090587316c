"""What lies between clear ridges and none: soft edges, ridges full of holes, prints that are cut off."""

import cv2
import numpy as np

from firmware.quality.fingerprint.cells import GreyImage, Grid

_EDGE_PX = 4  # a cut is done within so much, skin fades out over a ridge or two
_BORDER_PX = 24  # nearer to the image's border an edge is the sensor's
_LEAST_INK_PX = 20  # narrower than two ridges is no print


def sharpness(image: GreyImage, grey_range: float) -> float:
    """The steepest hundredth of all edges, as a share of the grey range a pixel; 0.5 is a hard edge.

    image: (rows, columns) uint8. Ridges in focus give 0.15 to 0.5.
    """
    smooth = cv2.GaussianBlur(image, (0, 0), 0.7)
    across, along = (cv2.Sobel(smooth, cv2.CV_32F, x, 1 - x, ksize=1, scale=0.5) for x in (1, 0))
    return float(np.percentile(cv2.magnitude(across, along)[::2, ::2], 99.0)) / max(grey_range, 1.0)


def holes(image: GreyImage) -> float:
    """How much rougher ridges are than valleys, -1 to 1: noise 0, ridges that dry skin breaks above 0.2.

    image: (rows, columns) uint8.
    """
    grey = image.astype(np.float32)
    wave = cv2.GaussianBlur(grey, (0, 0), 2.0)
    roughness = cv2.absdiff(grey, cv2.GaussianBlur(grey, (0, 0), 1.0))
    is_ridge = wave < cv2.GaussianBlur(grey, (0, 0), 7.0)
    ridges, valleys = roughness[is_ridge], roughness[~is_ridge]
    if not ridges.size or not valleys.size:
        return 0.0
    return float((ridges.mean() - valleys.mean()) / (ridges.mean() + valleys.mean() + 1.0))


def cut_edge(image: GreyImage, grey_range: tuple[float, float]) -> float:
    """How suddenly the print ends along a straight row or column: skin up to 0.3, a cut 0.6 to 1.2.

    image: (rows, columns) uint8. grey_range: its darkest and lightest grey.
    """
    is_ink = (image < sum(grey_range) / 2.0).astype(np.float32)
    return max(_steepest_end(is_ink.sum(axis=axis)) for axis in (0, 1))


def _steepest_end(ink: Grid) -> float:
    """The greatest rise from almost no ink to much, either way along the side, against the widest ink."""
    widest = float(np.percentile(ink, 95.0))
    if widest < _LEAST_INK_PX or len(ink) <= 2 * _BORDER_PX:
        return 0.0
    total = np.concatenate(([0.0], np.cumsum(ink)))
    at = np.arange(_BORDER_PX, len(ink) - _BORDER_PX)
    near = [
        (total[at + _EDGE_PX + 1] - total[at + 1]) / _EDGE_PX,
        (total[at - 1] - total[at - _EDGE_PX - 1]) / _EDGE_PX,
    ]
    far = [
        (total[at] - total[at - 2 * _EDGE_PX]) / (2 * _EDGE_PX),
        (total[at + 2 * _EDGE_PX] - total[at]) / (2 * _EDGE_PX),
    ]
    rises = [inside - 4.0 * outside for inside, outside in zip(near, far, strict=True)]
    return max(float(np.max(rises)) / widest, 0.0)
