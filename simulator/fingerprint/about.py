"""What a simulated sensor tells of itself, its light, and what it only says yes to."""

import struct

import numpy as np

from hw.fingerprint.answers import ProductInformation
from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.profiles import SensorProfile
from simulator.fingerprint.answer import Acknowledgement, Answer, Commands, Data, says
from simulator.fingerprint.templates import TEMPLATE_BYTES

INFORMATION_PAGE_BYTES = 512
VERSION_BYTES = 32
RANDOM_BYTES = 4
RING_PATTERNS, RING_COLOURS = range(1, 7), range(1, 8)

_RING = struct.Struct(">BBBB")  # pattern, speed, colour, times
_OBEYED = (
    Instruction.SWITCH_USB_PORT,
    Instruction.CANCEL,
    Instruction.STAND_BY,
    Instruction.CHECK_SENSOR,
    Instruction.SHAKE_HANDS,
)


class About:
    """What needs no finger.

    ring_light: pattern, speed, colour and times of the last CONTROL_RING_LIGHT. light_is_on: of the plate.
    """

    def __init__(self, profile: SensorProfile, rng: np.random.Generator) -> None:
        self.ring_light: tuple[int, int, int, int] | None = None
        self.light_is_on = False
        self._profile = profile
        self._rng = rng

    def commands(self) -> Commands:
        """What it answers."""
        obeyed: Commands = {instruction: lambda _: says(Confirmation.OK) for instruction in _OBEYED}
        return {
            **obeyed,
            Instruction.DRAW_RANDOM: lambda _: says(Confirmation.OK, self._rng.bytes(RANDOM_BYTES)),
            Instruction.READ_INFORMATION_PAGE: self._information_page,
            Instruction.CONTROL_RING_LIGHT: self._control_ring_light,
            Instruction.READ_ALGORITHM_VERSION: lambda _: says(Confirmation.OK, _version("ALGORITHM")),
            Instruction.READ_FIRMWARE_VERSION: lambda _: says(Confirmation.OK, _version("FIRMWARE")),
            Instruction.READ_PRODUCT_INFORMATION: self._product_information,
            Instruction.SWITCH_LIGHT_ON: lambda _: self._switch_light(is_on=True),
            Instruction.SWITCH_LIGHT_OFF: lambda _: self._switch_light(is_on=False),
            Instruction.ECHO: lambda _: says(Confirmation.ECHOED),
        }

    def _information_page(self, _: bytes) -> Answer:
        yield Acknowledgement(Confirmation.OK)
        yield Data(self._profile.name.encode().ljust(INFORMATION_PAGE_BYTES, b"\0"))

    def _product_information(self, _: bytes) -> Answer:
        profile = self._profile
        information = ProductInformation(
            model=profile.name.upper(),
            batch="TWIN",
            serial="00000001",
            hardware_version=0x0100,
            sensor="TWIN",
            columns=profile.columns,
            rows=profile.rows,
            template_bytes=TEMPLATE_BYTES,
            library_size=profile.library_size,
        )
        return says(Confirmation.OK, information.encode())

    def _control_ring_light(self, arguments: bytes) -> Answer:
        pattern, speed, colour, times = _RING.unpack(arguments)
        if pattern not in RING_PATTERNS or colour not in RING_COLOURS:
            return says(Confirmation.COMMAND_DAMAGED)
        self.ring_light = (pattern, speed, colour, times)
        return says(Confirmation.OK)

    def _switch_light(self, *, is_on: bool) -> Answer:
        self.light_is_on = is_on
        return says(Confirmation.OK)


def _version(of: str) -> bytes:
    return f"TWIN {of} 1.0".encode("ascii").ljust(VERSION_BYTES, b"\0")
