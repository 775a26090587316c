"""What was imaged before, so that the same print is not taken for a new one."""

from dataclasses import dataclass, field

import numpy as np

from firmware.quality.fingerprint.cells import GreyImage


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """The presentation before this one. image: (rows, columns) uint8. has_left: the plate was empty since.

    A finger laid down anew never covers its own ridges by chance: half a ridge apart is no correlation. What
    does is the finger that has not left, or the print that it left behind.
    """

    image: GreyImage = field(repr=False)
    has_left: bool

    def likeness(self, image: GreyImage) -> float:
        """Correlation of both images pixel by pixel, -1 to 1; 0 where sizes differ or one is uniform."""
        if image.shape != self.image.shape:
            return 0.0
        one, other = (each.astype(np.float32) - float(each.mean()) for each in (self.image, image))
        size = float(np.sqrt((one * one).sum() * (other * other).sum()))
        return float((one * other).sum()) / size if size else 0.0
