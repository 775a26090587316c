"""What the supported fingerprint sensors can do, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

from hw.fingerprint.codes import Instruction


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
    fastest_baud: the highest that its maker documents. buffers: for features; library_size: for templates.
    boot_s: from power to listening. announces_itself: sends 55 when it has started.
    tells_geometry: knows READ_PRODUCT_INFORMATION.
    rows_may_differ: images of another height than `rows` have been seen (pyfingerprint 117, FPM 61).
    template_bytes: of one template. instructions: those it knows; others are not sent to it.
    impressions: those it can take; what the law asks beyond them needs another device.
    """

    name: str
    columns: int
    rows: int
    pixels_per_inch: int
    bits_per_pixel: int
    baud: int
    packet_bytes: int
    fastest_baud: int
    buffers: int
    library_size: int
    boot_s: float
    announces_itself: bool
    tells_geometry: bool
    rows_may_differ: bool
    template_bytes: int
    instructions: frozenset[Instruction]
    impressions: frozenset[Impression]

    @property
    def image_bytes(self) -> int:
        """Size of one uploaded image."""
        return self.columns * self.rows * self.bits_per_pixel // 8

    @property
    def grey_levels(self) -> int:
        """How many different greys an uploaded image can hold."""
        return 1 << self.bits_per_pixel


_COMMON = frozenset(
    {
        Instruction.CAPTURE_IMAGE,
        Instruction.EXTRACT_FEATURES,
        Instruction.MATCH,
        Instruction.SEARCH,
        Instruction.COMBINE_FEATURES,
        Instruction.STORE_TEMPLATE,
        Instruction.LOAD_TEMPLATE,
        Instruction.UPLOAD_TEMPLATE,
        Instruction.DOWNLOAD_TEMPLATE,
        Instruction.UPLOAD_IMAGE,
        Instruction.DOWNLOAD_IMAGE,
        Instruction.DELETE_TEMPLATES,
        Instruction.EMPTY_LIBRARY,
        Instruction.WRITE_PARAMETER,
        Instruction.READ_PARAMETERS,
        Instruction.SET_PASSWORD,
        Instruction.VERIFY_PASSWORD,
        Instruction.DRAW_RANDOM,
        Instruction.SET_ADDRESS,
        Instruction.READ_INFORMATION_PAGE,
        Instruction.WRITE_NOTEPAD,
        Instruction.READ_NOTEPAD,
        Instruction.COUNT_TEMPLATES,
        Instruction.READ_INDEX,
    }
)
_OPTICAL = _COMMON | {Instruction.SEARCH_FAST, Instruction.SWITCH_USB_PORT}
_OWN_LIGHT = frozenset(  # data sheet of the ZFM-20
    {
        Instruction.SWITCH_LIGHT_ON,
        Instruction.SWITCH_LIGHT_OFF,
        Instruction.CAPTURE_IN_THE_DARK,
        Instruction.ECHO,
    }
)
_CAPACITIVE = frozenset(  # manual of the R503, V1.2; CAPTURE_IMAGE_EXTENDED by one driver alone
    {
        Instruction.CAPTURE_IMAGE_EXTENDED,
        Instruction.CANCEL,
        Instruction.ENROL_BY_ITSELF,
        Instruction.IDENTIFY_BY_ITSELF,
        Instruction.CONTROL_RING_LIGHT,
        Instruction.CHECK_SENSOR,
        Instruction.READ_ALGORITHM_VERSION,
        Instruction.READ_FIRMWARE_VERSION,
        Instruction.READ_PRODUCT_INFORMATION,
        Instruction.RESET,
        Instruction.SHAKE_HANDS,
    }
)

R307 = SensorProfile(
    name="r307",
    columns=256,
    rows=288,
    pixels_per_inch=500,
    bits_per_pixel=4,
    baud=57_600,
    packet_bytes=128,
    fastest_baud=115_200,
    buffers=2,
    library_size=1000,
    boot_s=0.2,
    announces_itself=False,
    tells_geometry=False,
    rows_may_differ=True,
    template_bytes=512,
    instructions=_OPTICAL,
    impressions=frozenset({Impression.FLAT}),
)
R305 = replace(R307, name="r305", library_size=256)
ZFM_20 = replace(R307, name="zfm_20", library_size=256, instructions=_OPTICAL | _OWN_LIGHT)
AS608 = replace(R307, name="as608", library_size=300)  # its library differs between makers; unverified
R503 = replace(
    R307,
    name="r503",
    columns=192,
    rows=192,
    pixels_per_inch=508,
    buffers=6,
    library_size=200,
    boot_s=0.05,
    announces_itself=True,
    tells_geometry=True,
    rows_may_differ=False,
    instructions=_COMMON | _CAPACITIVE,
)
# No such device was found that speaks this protocol: it stands for a certified single-finger sensor
# (FAP 20: 16 x 20 mm, 8 bits) behind the same seam, at the speed that a picture of its size needs.
FAP_20 = replace(
    R307,
    name="fap_20",
    columns=316,
    rows=394,
    bits_per_pixel=8,
    packet_bytes=256,
    baud=921_600,
    fastest_baud=921_600,
    tells_geometry=True,
    rows_may_differ=False,
    instructions=frozenset(Instruction),
    impressions=frozenset({Impression.FLAT, Impression.ROLLED}),
)

PROFILES: Mapping[str, SensorProfile] = MappingProxyType(
    {profile.name: profile for profile in (R307, R305, ZFM_20, AS608, R503, FAP_20)}
)
