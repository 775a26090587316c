"""How large a sensor's image is, and how that is known."""

from dataclasses import dataclass
from enum import Enum, auto

from hw.fingerprint.profiles import SensorProfile

FEWEST_ROWS, MOST_ROWS = 2 / 3, 4 / 3  # of the expected height; the family's other models lie outside


class Source(Enum):
    """Where a geometry comes from: the profile, the sensor's own words, or two uploads that were alike."""

    PROFILE = auto()
    SENSOR = auto()
    UPLOADS = auto()


@dataclass(frozen=True, slots=True)
class Geometry:
    """Size and depth of one image.

    rows_may_differ: not every sensor of this model delivers this height.
    """

    columns: int
    rows: int
    bits_per_pixel: int
    rows_may_differ: bool
    source: Source

    @property
    def row_bytes(self) -> int:
        """Size of one row on the wire."""
        return self.columns * self.bits_per_pixel // 8

    @property
    def image_bytes(self) -> int:
        """Size of an expected image on the wire."""
        return self.rows * self.row_bytes

    @property
    def most_rows(self) -> int:
        """How many rows an image may have at most."""
        return int(self.rows * MOST_ROWS) if self.rows_may_differ else self.rows

    def may_have(self, size_bytes: int) -> bool:
        """Whether an image of another height than expected can have that size."""
        rows, rest = divmod(size_bytes, self.row_bytes)
        return self.rows_may_differ and not rest and self.rows * FEWEST_ROWS <= rows <= self.most_rows


def geometry_of(profile: SensorProfile) -> Geometry:
    """What the profile says."""
    return Geometry(
        profile.columns, profile.rows, profile.bits_per_pixel, profile.rows_may_differ, Source.PROFILE
    )
