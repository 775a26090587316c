"""Plain rings that look like ridges to a measure, with one property at a time under control."""

import numpy as np
from numpy.typing import NDArray

ROWS, COLUMNS = 288, 256


def rings(
    period_px: float = 9.0,
    *,
    share: float = 0.5,
    rows: int = ROWS,
    columns: int = COLUMNS,
    depth: float = 1.0,
) -> NDArray[np.uint8]:
    """Rings around a point below the image: `share` of each period dark, `depth` from white to black."""
    row, column = np.mgrid[:rows, :columns].astype(np.float64)
    phase = np.hypot(row - 1.2 * rows, column - 0.5 * columns) / period_px % 1.0
    edge: NDArray[np.float64] = np.clip((np.abs(phase - 0.5) * 2.0 - share) * period_px / 3.0 + 0.5, 0.0, 1.0)
    return (255.0 * (1.0 - depth * (1.0 - edge))).astype(np.uint8)


def quantised(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The 16 grey levels that a sensor sends over its line."""
    return (image // 16 * 17).astype(np.uint8)
