"""Blocks turned along their ridges and cut to 32 x 16 pixels.

NFIQ 2 turns each block with OpenCV's nearest-neighbour rotation, in that function's fixed-point steps of
1/1024 pixel; a floating-point rotation would pick other pixels. Local clarity turns a block of 36 pixels
about its middle. Ridge uniformity and frequency first widen it by two pixels of the image on each side
and turn about the middle of that,
but cut as if it had not grown: two pixels off.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.nfiq2.blocks import BLOCK_PX, INSET_PX, Grid, Mask
from firmware.quality.fingerprint.nfiq2.frame import GreyImage

_LONG_PX, _SHORT_PX = 32, 16
_CUT_PX = BLOCK_PX + 2 * INSET_PX
_WIDENING_PX = 2
_WIDE_PX = _CUT_PX + 2 * _WIDENING_PX
_RING_PX = 1  # black: whatever lies beyond a widened block
_STORED_PX = _WIDE_PX + 2 * _RING_PX
_STEP_BITS = 10

Slanted = NDArray[np.uint8]
Places = NDArray[np.float64]
Line = tuple[Grid, Grid, Grid]


def _middle(length: int) -> Places:
    return np.arange(_CUT_PX // 2 - length // 2, _CUT_PX // 2 + length // 2, dtype=np.float64)


@dataclass(frozen=True, slots=True, eq=False)
class RidgeBlocks:
    """The widened blocks that show ridges, in a black ring, (blocks, 42, 42) uint8, and their angles.

    angles: (blocks,) float64 radians, of the line across the ridges.
    """

    stored: NDArray[np.uint8]
    angles: Grid

    @classmethod
    def of(cls, image: GreyImage, mask: Mask, angles: Grid) -> "RidgeBlocks":
        """The blocks of `image` where `mask`, one entry an inner block. Beyond the image all is black."""
        wide = np.pad(image, _WIDENING_PX)
        views = np.lib.stride_tricks.sliding_window_view(wide, (_WIDE_PX, _WIDE_PX))[::BLOCK_PX, ::BLOCK_PX]
        blocks = views[: mask.shape[0], : mask.shape[1]][mask]
        return cls(np.pad(blocks, ((0, 0), (_RING_PX, _RING_PX), (_RING_PX, _RING_PX))), angles[mask])

    def upright(self) -> Slanted:
        """(blocks, 16, 32): ridges stand upright, turned about the block's middle."""
        return self._turned(self.angles, (_SHORT_PX, _LONG_PX), _CUT_PX, _WIDENING_PX)

    def upright_off_centre(self) -> Slanted:
        """(blocks, 16, 32): ridges stand upright, turned about the widened block's middle."""
        return self._turned(self.angles, (_SHORT_PX, _LONG_PX), _WIDE_PX, 0)

    def flat_off_centre(self) -> Slanted:
        """(blocks, 32, 16): ridges lie flat, turned about the widened block's middle."""
        return self._turned(self.angles + np.pi / 2.0, (_LONG_PX, _SHORT_PX), _WIDE_PX, 0)

    def _turned(self, angles: Grid, shape: tuple[int, int], turned_px: int, offset: int) -> Slanted:
        """`shape` pixels of each block of `turned_px`, `offset` pixels into the widened one, turned."""
        along_x, along_y = _inverse_rotation(angles, turned_px / 2.0)
        flat = _source(along_y, shape, offset) * _STORED_PX
        flat += _source(along_x, shape, offset)
        flat += np.arange(angles.size, dtype=np.int32)[:, None, None] * _STORED_PX**2
        return self.stored.reshape(-1).take(flat)


def _inverse_rotation(angles: Grid, centre: float) -> tuple[Line, Line]:
    """For x and for y: the factors of the turned x and y, and the offset, rounded where OpenCV rounds."""
    radians = angles * (180.0 / np.pi) * (np.pi / 180.0)
    cos, sin = np.cos(radians), np.sin(radians)
    offset_x, offset_y = (1.0 - cos) * centre - sin * centre, sin * centre + (1.0 - cos) * centre
    scale = 1.0 / (cos * cos + sin * sin)
    cos, sin = cos * scale, sin * scale
    return (cos, -sin, -cos * offset_x + sin * offset_y), (sin, cos, -sin * offset_x - cos * offset_y)


def _source(line: Line, shape: tuple[int, int], offset: int) -> NDArray[np.int32]:
    """(blocks, *shape): from which stored row or column each turned pixel comes."""
    of_x, of_y, constant = line
    rows, columns = (_middle(length) for length in shape)
    steps = 1 << _STEP_BITS
    of_row = np.rint((of_y[:, None] * rows + constant[:, None]) * steps).astype(np.int32) + steps // 2
    of_column = np.rint(of_x[:, None] * columns * steps).astype(np.int32)
    source = (of_row[:, :, None] + of_column[:, None, :]) >> _STEP_BITS
    source += offset + _RING_PX
    return np.clip(source, 0, _STORED_PX - 1, out=source)
