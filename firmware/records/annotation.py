"""What other formats call the reason why a finger was not taken."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from firmware.records.samples import ExceptionReason


@dataclass(frozen=True, slots=True)
class Annotation:
    """One reason in the words of others; None where a format has no word for it.

    iso_19794_4: annotation code of ISO/IEC 19794-4:2011, 1 amputated, 2 unusable.
    ansi_nist_amp: of field 14.018, XX amputated, UP unable to print. osia: MissingType.
    """

    iso_19794_4: int | None
    ansi_nist_amp: str | None
    osia: str | None


# OSIA knows no worn finger (it refuses "WORN"): an unreadable one is DAMAGED there, beside our reason.
# Neither a child too young nor a broken device says anything about a finger: there is no code for it.
ANNOTATIONS: Mapping[ExceptionReason, Annotation] = MappingProxyType(
    {
        ExceptionReason.AMPUTATED: Annotation(1, "XX", "AMPUTATED"),
        ExceptionReason.BANDAGED: Annotation(2, "UP", "BANDAGED"),
        ExceptionReason.DAMAGED: Annotation(2, "UP", "DAMAGED"),
        ExceptionReason.UNREADABLE: Annotation(2, "UP", "DAMAGED"),
        ExceptionReason.BELOW_AGE: Annotation(None, None, None),
        ExceptionReason.DEVICE_UNAVAILABLE: Annotation(None, None, None),
    }
)
