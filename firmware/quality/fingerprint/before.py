"""What was imaged before, so that the same print is not taken for a new one."""

from dataclasses import dataclass, field

from firmware.quality.fingerprint.cells import GreyImage
from firmware.quality.fingerprint.unmoved import likeness


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """The presentation before this one. image: (rows, columns) uint8. has_left: the plate was empty since.

    A finger laid down anew seldom covers its own ridges. What does is the finger that has not left, or the
    print that it left behind.
    """

    image: GreyImage = field(repr=False)
    has_left: bool

    def likeness(self, image: GreyImage) -> float:
        """How well both images fit, 0 to 1; 0 where sizes differ or nothing lies on either."""
        return likeness(self.image, image)
