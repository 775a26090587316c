"""Which model knows which instruction: by the manuals of R307, ZFM-20 and R503, else a guess."""

from hw.fingerprint.codes import Instruction
from hw.fingerprint.profiles import FAP_20, R503, ZFM_20, SensorProfile

SHARED = frozenset(
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
OPTICAL = SHARED | {Instruction.SWITCH_USB_PORT, Instruction.SEARCH_FAST}
WITH_ECHO = OPTICAL | {
    Instruction.SWITCH_LIGHT_ON,
    Instruction.SWITCH_LIGHT_OFF,
    Instruction.CAPTURE_IN_THE_DARK,
    Instruction.ECHO,
}
CAPACITIVE = SHARED | {
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
_SPECIAL = {ZFM_20.name: WITH_ECHO, R503.name: CAPACITIVE, FAP_20.name: frozenset(Instruction)}


def instructions_of(profile: SensorProfile) -> frozenset[Instruction]:
    """What the model of this name knows; the invented one of FAP 20 knows everything."""
    return _SPECIAL.get(profile.name, OPTICAL)


def refuses_the_unknown(profile: SensorProfile) -> bool:
    """Whether it says so when it does not know an instruction; the older ones keep silent."""
    return profile.tells_geometry
