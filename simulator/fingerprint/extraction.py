"""What a simulated sensor thinks of its own picture before it takes features out of it.

Simple on purpose, and the twin's own: three counts of blocks, which know nothing of the product's measures.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.codes import Confirmation

BLOCK = 16  # pixels: two ridges at 500 ppi
INKED_BELOW = 235.0  # mean grey of a block that is more than bare plate
RIDGED_ABOVE = 16.0  # deviation in a block, after noise was smoothed away, where ridges alternate
TOO_FEW_BELOW = 0.12  # share of the blocks that show ridges: a fingertip's edge, or nothing
CLEAR_FROM = 0.5  # share of the inked blocks that show ridges: less is a smudge


def verdict(picture: NDArray[np.uint8]) -> Confirmation:
    """OK, IMAGE_MESSY or TOO_FEW_FEATURES for (rows, columns) uint8, 0 = ridge."""
    blocks = _blocks(cv2.blur(picture, (5, 5)).astype(np.float32))
    inked = blocks.mean(axis=(1, 3)) < INKED_BELOW
    ridged = inked & (blocks.std(axis=(1, 3)) > RIDGED_ABOVE)
    clear = np.count_nonzero(ridged) / max(np.count_nonzero(inked), 1)
    if inked.mean() >= TOO_FEW_BELOW and clear < CLEAR_FROM:
        return Confirmation.IMAGE_MESSY
    return Confirmation.TOO_FEW_FEATURES if ridged.mean() < TOO_FEW_BELOW else Confirmation.OK


def _blocks(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    """(rows, BLOCK, columns, BLOCK) of whole blocks."""
    rows, columns = (size // BLOCK for size in picture.shape)
    return picture[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK)
