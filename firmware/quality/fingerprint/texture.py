"""What lies between clear ridges and none: edges that are soft, and ridges full of holes."""

import cv2
import numpy as np

from firmware.quality.fingerprint.cells import GreyImage


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
