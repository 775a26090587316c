"""From a camera's memory to pictures that stand upright; pure functions of arrays."""

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


def grey_of_planes(planes: Picture, size: tuple[int, int]) -> Picture:
    """The grey picture in YUV 4:2:0 memory, without a copy.

    planes: (rows x 3/2 or more, stride) uint8, the Y plane first; a row may end in padding.
    size: (width, height) of the picture.
    """
    width, height = size
    return planes[:height, :width]


def rgb_of_planes(planes: Picture, size: tuple[int, int]) -> Picture:
    """The picture in YUV420 memory as (rows, columns, 3) RGB.

    planes: (rows x 3/2, stride) uint8 as libcamera fills it: Y, then U and V, whose rows are half a stride
    long. Taken for BT.601 in video range.
    """
    width, _ = size
    whole = cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420)  # with its padding, which is then cut away
    return np.asarray(whole, np.uint8)[:, :width]


def upright(picture: Picture, rotation_deg: int) -> Picture:
    """`picture` turned clockwise by a multiple of 90 degrees; a view."""
    return np.rot90(picture, k=-(rotation_deg // 90) % 4)


def scaled_to(picture: Picture, shape: tuple[int, int]) -> Picture:
    """`picture` in (rows, columns) of `shape`; itself when it has them."""
    if picture.shape[:2] == shape:
        return picture
    return np.asarray(cv2.resize(picture, shape[::-1], interpolation=cv2.INTER_AREA), np.uint8)


def kept(picture: Picture) -> Picture:
    """A read-only copy of `picture` in memory of its own, row by row."""
    copy = np.array(picture, order="C", copy=True)
    copy.setflags(write=False)
    return copy
