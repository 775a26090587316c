"""What the EF01 sensors can be told, and how they acknowledge (data sheets of R307 and R503).

Names follow the meaning; the data sheets' names are the comments. Not every model knows every instruction:
what a model lacks its profile says, and an unknown instruction is answered late, wrongly or not at all.
"""

from enum import IntEnum


class Instruction(IntEnum):
    """What a command asks for."""

    CAPTURE_IMAGE = 0x01  # GenImg
    EXTRACT_FEATURES = 0x02  # Img2Tz
    MATCH = 0x03  # Match
    SEARCH = 0x04  # Search
    COMBINE_FEATURES = 0x05  # RegModel
    STORE_TEMPLATE = 0x06  # Store
    LOAD_TEMPLATE = 0x07  # LoadChar
    UPLOAD_TEMPLATE = 0x08  # UpChar
    DOWNLOAD_TEMPLATE = 0x09  # DownChar
    UPLOAD_IMAGE = 0x0A  # UpImage
    DOWNLOAD_IMAGE = 0x0B  # DownImage
    DELETE_TEMPLATES = 0x0C  # DeletChar
    EMPTY_LIBRARY = 0x0D  # Empty
    WRITE_PARAMETER = 0x0E  # SetSysPara
    READ_PARAMETERS = 0x0F  # ReadSysPara
    SET_PASSWORD = 0x12  # SetPwd
    VERIFY_PASSWORD = 0x13  # VfyPwd
    DRAW_RANDOM = 0x14  # GetRandomCode
    SET_ADDRESS = 0x15  # SetAdder
    READ_INFORMATION_PAGE = 0x16  # ReadInfPage
    SWITCH_USB_PORT = 0x17  # Control
    WRITE_NOTEPAD = 0x18  # WriteNotepad
    READ_NOTEPAD = 0x19  # ReadNotepad
    SEARCH_FAST = 0x1B  # HiSpeedSearch
    COUNT_TEMPLATES = 0x1D  # TempleteNum
    READ_INDEX = 0x1F  # ReadIndexTable
    CAPTURE_IMAGE_EXTENDED = 0x28  # GetImageEx; of the R503 by one driver alone, unverified
    CANCEL = 0x30  # Cancel
    ENROL_BY_ITSELF = 0x31  # AutoEnroll
    IDENTIFY_BY_ITSELF = 0x32  # AutoIdentify
    STAND_BY = 0x33  # Standby
    CONTROL_RING_LIGHT = 0x35  # AuraLedConfig
    CHECK_SENSOR = 0x36  # CheckSensor
    READ_ALGORITHM_VERSION = 0x39  # GetAlgVer
    READ_FIRMWARE_VERSION = 0x3A  # GetFwVer
    READ_PRODUCT_INFORMATION = 0x3C  # ReadProdInfo
    RESET = 0x3D  # SoftRst
    SHAKE_HANDS = 0x40  # HandShake
    SWITCH_LIGHT_ON = 0x50  # OpenLED
    SWITCH_LIGHT_OFF = 0x51  # CloseLED
    CAPTURE_IN_THE_DARK = 0x52  # GetImageFree
    ECHO = 0x53  # GetEcho, acknowledged with 55


class Parameter(IntEnum):
    """Registers of WRITE_PARAMETER."""

    BAUD = 4
    SECURITY = 5
    PACKET_SIZE = 6


class Confirmation(IntEnum):
    """How a sensor acknowledges; a sensor may know more codes than these."""

    OK = 0x00
    COMMAND_DAMAGED = 0x01
    NO_FINGER = 0x02
    CAPTURE_FAILED = 0x03
    IMAGE_MESSY = 0x06
    TOO_FEW_FEATURES = 0x07
    NO_MATCH = 0x08
    NOT_FOUND = 0x09
    FEATURES_DIFFER = 0x0A
    PAGE_OUT_OF_RANGE = 0x0B
    TEMPLATE_INVALID = 0x0C
    CANNOT_SEND_TEMPLATE = 0x0D
    CANNOT_TAKE_DATA = 0x0E
    CANNOT_SEND_IMAGE = 0x0F
    CANNOT_DELETE = 0x10
    CANNOT_EMPTY = 0x11
    WRONG_PASSWORD = 0x13
    NO_VALID_IMAGE = 0x15
    FLASH_FAILED = 0x18
    UNDEFINED = 0x19
    INVALID_REGISTER = 0x1A
    INVALID_VALUE = 0x1B
    NOTEPAD_PAGE_INVALID = 0x1C
    PORT_CONTROL_FAILED = 0x1D
    LIBRARY_FULL = 0x1F
    WRONG_ADDRESS = 0x20
    PASSWORD_NEEDED = 0x21
    TEMPLATE_EMPTY = 0x22
    LIBRARY_EMPTY = 0x24
    TIMED_OUT = 0x26
    FINGER_EXISTS = 0x27
    SENSOR_ABNORMAL = 0x29
    ECHOED = 0x55
    UNSUPPORTED = 0xFC
    HARDWARE_FAILED = 0xFD
    COMMAND_FAILED = 0xFE
