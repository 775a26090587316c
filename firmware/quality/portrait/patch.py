"""An upright piece of a frame, scaled so that faces of every size become comparable."""

from dataclasses import dataclass, field

import cv2
import numpy as np

from firmware.quality.portrait.detector import Floats, Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Patch:
    """pixels: (rows, columns, 3) uint8 RGB. corner, scale: where it was cut and how it was scaled."""

    pixels: Pixels = field(repr=False)
    corner: Floats = field(repr=False)
    scale: float

    def place(self, points: Floats) -> Floats:
        """Points of the frame, (n, 2) or (2,), in pixels of the patch."""
        return (points - self.corner) * np.float32(self.scale)


def shrunk(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """The picture averaged down to `size` (columns, rows), in exact halves first: half the time."""
    while pixels.shape[1] >= 2 * size[0] and pixels.shape[0] >= 2 * size[1]:
        half = pixels.shape[1] // 2, pixels.shape[0] // 2
        pixels = np.asarray(cv2.resize(pixels, half, interpolation=cv2.INTER_AREA), np.uint8)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def cut_patch(
    pixels: Pixels, centre: Floats, size: tuple[float, float], scale: float, method: int
) -> Patch | None:
    """`size` (columns, rows) of the frame around `centre`, scaled; None when that lies outside.

    method: OpenCV's interpolation; averaging (INTER_AREA) costs eight times as much as INTER_LINEAR.
    """
    rows, columns = pixels.shape[:2]
    half = np.array(size) / 2
    left, top = np.clip(np.rint(centre - half), 0, [columns, rows]).astype(int)
    right, bottom = np.clip(np.rint(centre + half), 0, [columns, rows]).astype(int)
    new_size = round((right - left) * scale), round((bottom - top) * scale)
    if min(new_size) < 1:
        return None
    scaled = cv2.resize(pixels[top:bottom, left:right], new_size, interpolation=method)
    return Patch(np.asarray(scaled, np.uint8), np.array([left, top], np.float32), scale)
