"""What a check of one device found."""

from dataclasses import dataclass
from enum import StrEnum


class Device(StrEnum):
    """Each part of a terminal that has a check of its own, in the order of checking."""

    FINGERPRINT = "fingerprint"
    FINGERPRINT_LEFT = "fingerprint_left"  # only where the left hand has a sensor of its own
    PORTRAIT = "portrait"
    IRIS_MODULE = "iris_module"  # only where the iris camera is triggered by one
    IRIS = "iris"
    LAMPS = "lamps"
    DISK = "disk"
    IDENTITY = "identity"
    KEYS = "keys"
    CLOCK = "clock"
    LINK = "link"
    MACHINE = "machine"


class FaultCode(StrEnum):
    """What technicians read to each other over the telephone; faults.toml says what each means.

    A code is never given another meaning, and never taken out: one that is out of use stays in both places.
    """

    SENSOR_PORT_MISSING = "FP-01"
    SENSOR_PORT_TAKEN = "FP-02"
    SENSOR_SILENT = "FP-03"
    SENSOR_GARBLED = "FP-04"
    SENSOR_OTHER = "FP-05"
    SENSOR_REFUSES = "FP-06"
    SENSOR_IMAGE_DAMAGED = "FP-07"
    SENSOR_PORT_UNUSABLE = "FP-08"
    SENSOR_SPEED_OTHER = "FP-09"
    SENSOR_SPEED_LOW = "FP-10"
    SENSOR_TEMPLATES_LEFT = "FP-11"
    SENSOR_TEMPLATES_STAY = "FP-12"
    SENSOR_SIZE_OPEN = "FP-13"

    PORTRAIT_ABSENT = "PC-01"
    PORTRAIT_SILENT = "PC-02"
    PORTRAIT_STILL = "PC-03"
    PORTRAIT_BLACK = "PC-04"
    PORTRAIT_SIZE = "PC-05"
    PORTRAIT_SLOW = "PC-06"
    PORTRAIT_DAZZLED = "PC-07"
    PORTRAIT_LAMP_DARK = "PC-08"
    PORTRAIT_LIGHT_UNEVEN = "PC-09"
    PORTRAIT_BACKDROP = "PC-10"
    PORTRAIT_COLOUR_CAST = "PC-11"
    PORTRAIT_LIGHT_STRONG = "PC-12"

    IRIS_ABSENT = "IC-01"
    IRIS_SILENT = "IC-02"
    IRIS_STILL = "IC-03"
    IRIS_BLACK = "IC-04"
    IRIS_SIZE = "IC-05"
    IRIS_SLOW = "IC-06"
    IRIS_DAZZLED = "IC-07"
    IRIS_UNLIT = "IC-08"

    MODULE_PORT_MISSING = "IM-01"
    MODULE_PORT_TAKEN = "IM-02"
    MODULE_PORT_UNUSABLE = "IM-03"
    MODULE_SILENT = "IM-04"
    MODULE_GARBLED = "IM-05"
    MODULE_OTHER = "IM-06"
    MODULE_REFUSES = "IM-07"
    MODULE_RESTARTS = "IM-08"
    MODULE_LED_OPEN = "IM-09"
    MODULE_LED_SHORT = "IM-10"
    MODULE_ONE_SHOT = "IM-11"
    MODULE_RAIL = "IM-12"
    MODULE_PROGRAM_DAMAGED = "IM-13"
    MODULE_RANGER = "IM-14"
    MODULE_HOT = "IM-15"
    MODULE_PULSES_LOST = "IM-16"
    MODULE_UNANSWERED = "IM-17"
    MODULE_TOO_CLOSE = "IM-18"
    MODULE_RESTS = "IM-19"

    LAMP_UNDRIVEN = "LA-01"
    LAMP_PIN_TAKEN = "LA-02"
    LAMP_SEEN_WRONG = "LA-03"

    DISK_FULL = "DK-01"
    DISK_READ_ONLY = "DK-02"
    DISK_FOLDER = "DK-03"
    DISK_SLOW = "DK-04"
    DISK_BROKEN = "DK-05"

    IDENTITY_MISSING = "ID-01"
    IDENTITY_UNREADABLE = "ID-02"
    ATTENDANTS_MISSING = "ID-03"

    DEVICE_KEY_UNUSABLE = "KY-01"
    CENTRE_KEY_UNUSABLE = "KY-02"
    CENTRE_KEY_EXPIRED = "KY-03"
    CENTRE_KEY_EARLY = "KY-04"
    CENTRE_KEY_ENDS_SOON = "KY-05"
    DEVICE_KEY_OPEN = "KY-06"

    CLOCK_WRONG = "CK-01"

    LINK_ABSENT = "UL-01"
    RECORDS_WAIT = "UL-02"
    LOOK_UPS_UNHEARD = "UL-03"

    MACHINE_HOT = "MC-01"
    VOLTAGE_LOW = "MC-02"
    VOLTAGE_WAS_LOW = "MC-03"
    MEMORY_LOW = "MC-04"

    CHECK_STUCK = "ST-01"


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured or read. unit: after a number, or empty."""

    name: str
    value: float | str
    unit: str = ""


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the check of one device found. detail: of this very fault, such as who holds a port."""

    device: Device
    figures: tuple[Figure, ...] = ()
    fault: FaultCode | None = None
    detail: str = ""
