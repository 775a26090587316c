"""What the supported fingerprint sensors can do, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Impression(StrEnum):
    """A way a finger is recorded."""

    FLAT = "flat"
    ROLLED = "rolled"
    SLAP = "slap"


@dataclass(frozen=True, slots=True)
class SensorProfile:
    """One model of sensor.

    columns, rows: of the image it uploads. pixels_per_inch: nominal, as its maker states it.
    bits_per_pixel: over its serial line, which may be fewer than inside. baud, packet_bytes: as delivered.
    impressions: those it can take; what the law asks beyond them needs another device.
    """

    name: str
    columns: int
    rows: int
    pixels_per_inch: int
    bits_per_pixel: int
    baud: int
    packet_bytes: int
    impressions: frozenset[Impression]

    @property
    def image_bytes(self) -> int:
        """Size of one uploaded image."""
        return self.columns * self.rows * self.bits_per_pixel // 8

    @property
    def grey_levels(self) -> int:
        """How many different greys an uploaded image can hold."""
        return 1 << self.bits_per_pixel


R307 = SensorProfile(
    name="r307",
    columns=256,
    rows=288,
    pixels_per_inch=500,
    bits_per_pixel=4,
    baud=57_600,
    packet_bytes=128,
    impressions=frozenset({Impression.FLAT}),
)

PROFILES: Mapping[str, SensorProfile] = MappingProxyType({profile.name: profile for profile in (R307,)})
