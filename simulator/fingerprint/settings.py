"""What a simulated sensor keeps in its flash: address, password, speed, packet size, notes."""

import struct
from typing import cast

from hw.fingerprint.answers import BAUD_UNIT, PACKET_SIZES, SensorParameters
from hw.fingerprint.codes import Confirmation, Instruction, Parameter
from hw.fingerprint.profiles import SensorProfile
from simulator.fingerprint.answer import Acknowledgement, Answer, Commands, says
from simulator.fingerprint.faults import SOUND, SensorFaults

HIGHEST_SECURITY = 5
NOTEPAD_PAGES, NOTE_BYTES = 16, 32
PASSWORD_VERIFIED, IMAGE_HELD = 1 << 2, 1 << 3  # bits of the status word

_NUMBER = struct.Struct(">I")
_PARAMETER = struct.Struct(">BB")
_PAGE = struct.Struct(">B")
_NOTE = struct.Struct(f">B{NOTE_BYTES}s")


class Settings:
    """Survives the loss of power, but for `is_verified`: whether the password was said.

    faults: may be exchanged at any time.
    """

    def __init__(self, profile: SensorProfile, address: int, password: int) -> None:
        self.faults: SensorFaults = SOUND
        self.address = address
        self.baud = profile.baud
        self.packet_bytes = profile.packet_bytes
        self.is_verified = password == 0
        self._profile = profile
        self._password = password
        self._security = 3
        self._notes: list[bytes] = [bytes(NOTE_BYTES)] * NOTEPAD_PAGES
        self._waiting: list[tuple[int, int, int]] = []  # commands to go, parameter, value

    def commands(self) -> Commands:
        """What these settings answer."""
        return {
            Instruction.WRITE_PARAMETER: self._write_parameter,
            Instruction.SET_PASSWORD: self._set_password,
            Instruction.VERIFY_PASSWORD: self._verify,
            Instruction.SET_ADDRESS: self._set_address,
            Instruction.WRITE_NOTEPAD: self._write_note,
            Instruction.READ_NOTEPAD: self._read_note,
        }

    def forget(self) -> None:
        """Power is gone; what waited takes effect with the next start."""
        self.is_verified = self._password == 0
        for _, parameter, value in self._waiting:
            self._apply(parameter, value)
        self._waiting.clear()

    def hear(self) -> None:
        """A command came: what has waited long enough takes effect."""
        self._waiting = [(left - 1, parameter, value) for left, parameter, value in self._waiting]
        for left, parameter, value in self._waiting:
            if left == 0:
                self._apply(parameter, value)
        self._waiting = [change for change in self._waiting if change[0]]

    def parameters(self, *, image_is_held: bool) -> SensorParameters:
        """What READ_PARAMETERS tells."""
        return SensorParameters(
            status=PASSWORD_VERIFIED * self.is_verified | IMAGE_HELD * image_is_held,
            system_id=0,
            library_size=self._profile.library_size,
            security_level=self._security,
            address=self.address,
            packet_bytes=self.packet_bytes,
            baud=self.baud,
        )

    def _write_parameter(self, arguments: bytes) -> Answer:
        parameter, value = _PARAMETER.unpack(arguments)
        refusal = self._refusal(parameter, value)
        yield Acknowledgement(refusal or Confirmation.OK)
        if refusal or self.faults.ignores_parameters:
            return
        if self.faults.parameters_wait:
            self._waiting.append((self.faults.parameters_wait, parameter, value))
        else:
            self._apply(parameter, value)

    def _refusal(self, parameter: int, value: int) -> Confirmation | None:
        fastest = self._profile.fastest_baud // BAUD_UNIT
        known = {
            Parameter.BAUD: range(1, fastest + 1),
            Parameter.SECURITY: range(1, HIGHEST_SECURITY + 1),
            Parameter.PACKET_SIZE: range(len(PACKET_SIZES)),
        }
        if parameter not in known:
            return Confirmation.INVALID_REGISTER
        return None if value in known[Parameter(parameter)] else Confirmation.INVALID_VALUE

    def _apply(self, parameter: int, value: int) -> None:
        match Parameter(parameter):
            case Parameter.BAUD:
                self.baud = value * BAUD_UNIT
            case Parameter.SECURITY:
                self._security = value
            case Parameter.PACKET_SIZE:
                self.packet_bytes = PACKET_SIZES[value]

    def _set_password(self, arguments: bytes) -> Answer:
        (self._password,) = _NUMBER.unpack(arguments)
        return says(Confirmation.OK)

    def _verify(self, arguments: bytes) -> Answer:
        self.is_verified = _NUMBER.unpack(arguments) == (self._password,)
        return says(Confirmation.OK if self.is_verified else Confirmation.WRONG_PASSWORD)

    def _set_address(self, arguments: bytes) -> Answer:
        (self.address,) = _NUMBER.unpack(arguments)
        return says(Confirmation.OK)

    def _write_note(self, arguments: bytes) -> Answer:
        page, note = cast("tuple[int, bytes]", _NOTE.unpack(arguments))
        if page >= NOTEPAD_PAGES:
            return says(Confirmation.NOTEPAD_PAGE_INVALID)
        self._notes[page] = note
        return says(Confirmation.OK)

    def _read_note(self, arguments: bytes) -> Answer:
        (page,) = _PAGE.unpack(arguments)
        if page >= NOTEPAD_PAGES:
            return says(Confirmation.NOTEPAD_PAGE_INVALID)
        return says(Confirmation.OK, self._notes[int(page)])
