"""What kinds of no a sensor says; every confirmation but its two kinds of yes has one."""

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType

from hw.fingerprint.codes import Confirmation


class RefusalKind(Enum):
    """What a refusal is about, and so who can do something about it.

    FINGER: what lies on the plate; the citizen. TEMPLATE: what a buffer or the library holds; the caller.
    REQUEST: what was asked, or in which form; a bug, or another model than the profile says.
    ACCESS: password or address; the technician. MEMORY: its flash; full or worn out. TRANSFER: bytes to or
    from it. HARDWARE: the sensor is broken. UNKNOWN: a code that no data sheet of the family has.
    """

    FINGER = auto()
    TEMPLATE = auto()
    REQUEST = auto()
    ACCESS = auto()
    MEMORY = auto()
    TRANSFER = auto()
    HARDWARE = auto()
    UNKNOWN = auto()


_KINDS: Mapping[RefusalKind, frozenset[Confirmation]] = MappingProxyType(
    {
        RefusalKind.FINGER: frozenset(
            {
                Confirmation.NO_FINGER,
                Confirmation.IMAGE_MESSY,
                Confirmation.TOO_FEW_FEATURES,
                Confirmation.NO_VALID_IMAGE,
                Confirmation.TIMED_OUT,
            }
        ),
        RefusalKind.TEMPLATE: frozenset(
            {
                Confirmation.NO_MATCH,
                Confirmation.NOT_FOUND,
                Confirmation.FEATURES_DIFFER,
                Confirmation.TEMPLATE_INVALID,
                Confirmation.TEMPLATE_EMPTY,
                Confirmation.LIBRARY_EMPTY,
                Confirmation.FINGER_EXISTS,
            }
        ),
        RefusalKind.REQUEST: frozenset(
            {
                Confirmation.PAGE_OUT_OF_RANGE,
                Confirmation.UNDEFINED,
                Confirmation.INVALID_REGISTER,
                Confirmation.INVALID_VALUE,
                Confirmation.NOTEPAD_PAGE_INVALID,
                Confirmation.UNSUPPORTED,
            }
        ),
        RefusalKind.ACCESS: frozenset(
            {Confirmation.WRONG_PASSWORD, Confirmation.PASSWORD_NEEDED, Confirmation.WRONG_ADDRESS}
        ),
        RefusalKind.MEMORY: frozenset(
            {
                Confirmation.CANNOT_DELETE,
                Confirmation.CANNOT_EMPTY,
                Confirmation.FLASH_FAILED,
                Confirmation.LIBRARY_FULL,
            }
        ),
        RefusalKind.TRANSFER: frozenset(
            {
                Confirmation.COMMAND_DAMAGED,
                Confirmation.CANNOT_SEND_TEMPLATE,
                Confirmation.CANNOT_TAKE_DATA,
                Confirmation.CANNOT_SEND_IMAGE,
                Confirmation.PORT_CONTROL_FAILED,
            }
        ),
        RefusalKind.HARDWARE: frozenset(
            {
                Confirmation.CAPTURE_FAILED,
                Confirmation.SENSOR_ABNORMAL,
                Confirmation.HARDWARE_FAILED,
                Confirmation.COMMAND_FAILED,
            }
        ),
    }
)
_KIND_OF: Mapping[int, RefusalKind] = MappingProxyType(
    {int(code): kind for kind, codes in _KINDS.items() for code in codes}
)


def kind_of(confirmation: int) -> RefusalKind:
    """What a refusal with this code is about."""
    return _KIND_OF.get(confirmation, RefusalKind.UNKNOWN)
