"""What is known of a print's minutiae: personal data, for memory only."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

TILE_PX = 8


@dataclass(frozen=True, slots=True, eq=False)
class Minutiae:
    """The minutiae of one print and the flow of its ridges; a print shows nothing of itself in a repr.

    places: (n, 2) float32, column and row in pixels at 500 per inch.
    directions: (n,) float32, radians in (-pi, pi], counter-clockwise from the image's right (rows count
    down, angles up), as in ISO/IEC 19794-2: from an ending back along its ridge, from a bifurcation into
    the valley between its branches; where two ridges become three, it points to the three.
    are_endings: (n,) bool, else bifurcations. certainties: (n,) float32, 0 to 1, descending.
    ridge_flow: (rows, columns) complex64, one value a tile of 8 x 8 pixels: how certain the ridges run
    (0 to 1, 0 outside of the print) at twice their angle.
    """

    places: NDArray[np.float32] = field(repr=False)
    directions: NDArray[np.float32] = field(repr=False)
    are_endings: NDArray[np.bool_] = field(repr=False)
    certainties: NDArray[np.float32] = field(repr=False)
    ridge_flow: NDArray[np.complex64] = field(repr=False)

    def __len__(self) -> int:
        return len(self.places)
