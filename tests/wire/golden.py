"""Instructions and answers of the EF01 sensors, as the data sheets draw them, with their meaning."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from hw.fingerprint.extras import RingColour, RingPattern
from hw.fingerprint.image import Extraction
from hw.fingerprint.imaging import Exposure
from hw.fingerprint.library import Found
from hw.fingerprint.sensor import FingerprintSensor


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked of the driver, question and answer on the wire from kind to sum, and the value."""

    name: str
    ask: Callable[[FingerprintSensor], Awaitable[object]]
    question: str
    answer: str
    meant: object


CASES = [
    Case("capture", lambda it: it.finger_is_imaged(), "01 0003 01 0005", "07 0003 00 000A", True),
    Case("capture, bare", lambda it: it.finger_is_imaged(), "01 0003 01 0005", "07 0003 02 000C", False),
    Case(
        "extract",
        lambda it: it.extract_features(2),
        "01 0004 02 02 0009",
        "07 0003 00 000A",
        Extraction.FOUND,
    ),
    Case(
        "extract, messy",
        lambda it: it.extract_features(),
        "01 0004 02 01 0008",
        "07 0003 06 0010",
        Extraction.MESSY,
    ),
    Case(
        "extract, few",
        lambda it: it.extract_features(),
        "01 0004 02 01 0008",
        "07 0003 07 0011",
        Extraction.TOO_FEW,
    ),
    Case(
        "extract, none",
        lambda it: it.extract_features(),
        "01 0004 02 01 0008",
        "07 0003 15 001F",
        Extraction.NO_IMAGE,
    ),
    Case("match", lambda it: it.templates.match(), "01 0003 03 0007", "07 0005 00 0078 0084", 120),
    Case(
        "match, two fingers", lambda it: it.templates.match(), "01 0003 03 0007", "07 0005 08 0000 0014", None
    ),
    Case(
        "search",
        lambda it: it.library.search(range(16, 276)),
        "01 0008 04 01 0010 0104 0023",
        "07 0007 00 0102 00C8 00D9",
        Found(258, 200),
    ),
    Case(
        "search, nobody",
        lambda it: it.library.search(range(20), 2),
        "01 0008 04 02 0000 0014 0023",
        "07 0007 09 0000 0000 0017",
        None,
    ),
    Case("combine", lambda it: it.templates.combine(), "01 0003 05 0009", "07 0003 00 000A", True),
    Case(
        "combine, two fingers", lambda it: it.templates.combine(), "01 0003 05 0009", "07 0003 0A 0014", False
    ),
    Case("store", lambda it: it.library.store(258, 2), "01 0006 06 02 0102 0012", "07 0003 00 000A", None),
    Case("load", lambda it: it.library.load(3), "01 0006 07 01 0003 0012", "07 0003 00 000A", None),
    Case(
        "delete",
        lambda it: it.library.delete(range(5, 15)),
        "01 0007 0C 0005 000A 0023",
        "07 0003 00 000A",
        None,
    ),
    Case("empty", lambda it: it.library.empty(), "01 0003 0D 0011", "07 0003 00 000A", None),
    Case(
        "security", lambda it: it.settings.set_security(5), "01 0005 0E 05 05 001E", "07 0003 00 000A", None
    ),
    Case(
        "packets",
        lambda it: it.settings.set_packet_bytes(256),
        "01 0005 0E 06 03 001D",
        "07 0003 00 000A",
        None,
    ),
    Case(
        "speed", lambda it: it.settings.order_baud(115_200), "01 0005 0E 04 0C 0024", "07 0003 00 000A", None
    ),
    Case(
        "set password",
        lambda it: it.settings.set_password(0x01020304),
        "01 0007 12 01020304 0024",
        "07 0003 00 000A",
        None,
    ),
    Case(
        "say password", lambda it: it.settings.verify(0), "01 0007 13 00000000 001B", "07 0003 00 000A", None
    ),
    Case(
        "random",
        lambda it: it.extras.draw_random(),
        "01 0003 14 0018",
        "07 0007 00 DEADBEEF 0346",
        0xDEADBEEF,
    ),
    Case(
        "usb on",
        lambda it: it.extras.switch_usb_port(is_on=True),
        "01 0004 17 01 001D",
        "07 0003 00 000A",
        None,
    ),
    Case(
        "write note",
        lambda it: it.settings.write_note(15, b"Tram"),
        "01 0024 18 0F 5472616D" + 28 * " 00" + " 01E0",
        "07 0003 00 000A",
        None,
    ),
    Case(
        "read note",
        lambda it: it.settings.read_note(1),
        "01 0004 19 01 001F",
        "07 0023 00 5472616D" + 28 * " 00" + " 01BE",
        b"Tram" + bytes(28),
    ),
    Case(
        "fast search",
        lambda it: it.library.search_fast(range(1, 3)),
        "01 0008 1B 01 0001 0002 0028",
        "07 0007 00 0001 0032 0041",
        Found(1, 50),
    ),
    Case("count", lambda it: it.library.count(), "01 0003 1D 0021", "07 0005 00 0103 0010", 259),
    Case(
        "index",
        lambda it: it.library.held_pages(1),
        "01 0004 1F 01 0025",
        "07 0023 00 01 80" + 29 * " 00" + " 80 012B",
        frozenset({256, 271, 511}),
    ),
    Case(
        "extended", lambda it: it.imaging.expose(), "01 0003 28 002C", "07 0003 07 0011", Exposure.TOO_SMALL
    ),
    Case(
        "extended, bare",
        lambda it: it.imaging.expose(),
        "01 0003 28 002C",
        "07 0003 02 000C",
        Exposure.NO_FINGER,
    ),
    Case("cancel", lambda it: it.extras.cancel(), "01 0003 30 0034", "07 0003 00 000A", None),
    Case("stand by", lambda it: it.extras.stand_by(), "01 0003 33 0037", "07 0003 00 000A", None),
    Case(
        "ring",
        lambda it: it.extras.shine(RingPattern.FLASH, RingColour.PURPLE, speed=32, times=5),
        "01 0007 35 02 20 03 05 0067",
        "07 0003 00 000A",
        None,
    ),
    Case("check", lambda it: it.extras.is_sound(), "01 0003 36 003A", "07 0003 00 000A", True),
    Case("check, broken", lambda it: it.extras.is_sound(), "01 0003 36 003A", "07 0003 29 0033", False),
    Case(
        "algorithm",
        lambda it: it.settings.read_algorithm_version(),
        "01 0003 39 003D",
        "07 0023 00 47523131" + 28 * " 00" + " 0125",
        "GR11",
    ),
    Case(
        "firmware",
        lambda it: it.settings.read_firmware_version(),
        "01 0003 3A 003E",
        "07 0023 00 56312E32" + 28 * " 00" + " 0111",
        "V1.2",
    ),
    Case("reset", lambda it: it.extras.reset(), "01 0003 3D 0041", "07 0003 00 000A", None),
    Case("hands", lambda it: it.extras.shake_hands(), "01 0003 40 0044", "07 0003 00 000A", None),
    Case(
        "light on", lambda it: it.extras.switch_light(is_on=True), "01 0003 50 0054", "07 0003 00 000A", None
    ),
    Case(
        "light off",
        lambda it: it.extras.switch_light(is_on=False),
        "01 0003 51 0055",
        "07 0003 00 000A",
        None,
    ),
    Case(
        "in the dark",
        lambda it: it.imaging.finger_is_imaged_in_the_dark(),
        "01 0003 52 0056",
        "07 0003 02 000C",
        False,
    ),
    Case("echo", lambda it: it.extras.echo(), "01 0003 53 0057", "07 0003 55 005F", None),
]
