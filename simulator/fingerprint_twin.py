"""An R307 fingerprint sensor behind its wire: bytes in, bytes and delays out."""

from collections.abc import Callable, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.answers import PACKET_SIZES, SensorParameters
from hw.fingerprint.codes import Confirmation, Instruction, Parameter
from hw.fingerprint.profiles import SensorProfile
from hw.fingerprint.protocol import (
    DEFAULT_ADDRESS,
    Packet,
    PacketKind,
    data_packets,
    pack_pixels,
    packet_stream,
)
from simulator.damage import Chunk
from simulator.finger_plate import FingerPlate

# Traces of an FPM10A at 57,600 baud: 7 ms and 590 ms from question to answer, 4 ms of it on the wire.
BARE_EXPOSURE_S = 0.003
FINGER_EXPOSURE_S = 0.586
EXTRACTION_S = 0.386
BOOT_S = 0.2  # data sheet of the R307
LIBRARY_SIZE = 1000
HIGHEST_SECURITY = 5
PASSWORD_VERIFIED, IMAGE_HELD = 1 << 2, 1 << 3  # bits of the status word

Answer = Iterator[Chunk]


class FingerprintTwin:
    """A sensor with one image buffer, which survives a lifted finger but not a lost supply.

    Not modelled: templates (none is ever stored) and a change of speed, which it refuses.
    """

    def __init__(
        self,
        profile: SensorProfile,
        rng: np.random.Generator,
        *,
        noise_levels: float = 2.0,
        address: int = DEFAULT_ADDRESS,
        password: int = 0,
    ) -> None:
        self._plate = FingerPlate(profile, rng, noise_levels)
        self._address = address
        self._password = password
        self._baud = profile.baud
        self._packet_bytes = profile.packet_bytes
        self._security = 3
        self._decoder = packet_stream()
        self._buffer: bytes | None = None
        self._is_verified = password == 0
        self._answers: dict[int, Callable[[bytes], Answer]] = {
            Instruction.CAPTURE_IMAGE: self._capture,
            Instruction.EXTRACT_FEATURES: self._extract,
            Instruction.UPLOAD_IMAGE: self._upload,
            Instruction.WRITE_PARAMETER: self._write_parameter,
            Instruction.READ_PARAMETERS: self._read_parameters,
            Instruction.VERIFY_PASSWORD: self._verify,
            Instruction.COUNT_TEMPLATES: self._count_templates,
        }

    def present(self, finger: NDArray[np.uint8]) -> None:
        """Lay a finger on. finger: (rows, columns) uint8 of any size at 500 ppi, 0 = ridge, 255 = bare."""
        self._plate.present(finger)

    def lift(self) -> None:
        """Take the finger away."""
        self._plate.lift()

    def power_on(self) -> float:
        """Power comes; seconds until the sensor listens."""
        return BOOT_S

    def power_off(self) -> None:
        """Power is gone, and with it the image, the password and a half-heard question."""
        self._buffer = None
        self._is_verified = self._password == 0
        self._decoder = packet_stream()

    def receive(self, data: bytes) -> Iterable[Chunk]:
        """Answers to the commands that `data` completes; nothing for those it does not know."""
        for packet in self._decoder.feed(data):
            if packet.kind is PacketKind.COMMAND and packet.content and packet.address == self._address:
                yield from self._answer(packet.content[0], packet.content[1:])

    def _answer(self, instruction: int, arguments: bytes) -> Answer:
        answer = self._answers.get(instruction)
        if answer is None:
            return
        if not self._is_verified and instruction != Instruction.VERIFY_PASSWORD:
            yield self._acknowledge(Confirmation.PASSWORD_NEEDED)
        else:
            yield from answer(arguments)

    def _capture(self, _: bytes) -> Answer:
        exposure = self._plate.expose()
        if exposure is None:
            yield self._acknowledge(Confirmation.NO_FINGER, delay_s=BARE_EXPOSURE_S)
            return
        self._buffer = pack_pixels(exposure)
        yield self._acknowledge(Confirmation.OK, delay_s=FINGER_EXPOSURE_S)

    def _extract(self, _: bytes) -> Answer:
        held = self._buffer is not None
        yield self._acknowledge(
            Confirmation.OK if held else Confirmation.NO_VALID_IMAGE, delay_s=EXTRACTION_S
        )

    def _upload(self, _: bytes) -> Answer:
        if self._buffer is None:
            yield self._acknowledge(Confirmation.CANNOT_SEND_IMAGE)
            return
        yield self._acknowledge(Confirmation.OK)
        for packet in data_packets(self._buffer, self._packet_bytes, self._address):
            yield Chunk(packet.encode())

    def _write_parameter(self, arguments: bytes) -> Answer:
        confirmation = Confirmation.OK
        match tuple(arguments):
            case (Parameter.PACKET_SIZE, code) if code < len(PACKET_SIZES):
                self._packet_bytes = PACKET_SIZES[code]
            case (Parameter.SECURITY, level) if 1 <= level <= HIGHEST_SECURITY:
                self._security = level
            case (Parameter.PACKET_SIZE | Parameter.SECURITY, _):
                confirmation = Confirmation.INVALID_VALUE
            case _:
                confirmation = Confirmation.INVALID_REGISTER
        yield self._acknowledge(confirmation)

    def _read_parameters(self, _: bytes) -> Answer:
        yield self._acknowledge(Confirmation.OK, self._parameters().encode())

    def _verify(self, arguments: bytes) -> Answer:
        self._is_verified = int.from_bytes(arguments, "big") == self._password
        yield self._acknowledge(Confirmation.OK if self._is_verified else Confirmation.WRONG_PASSWORD)

    def _count_templates(self, _: bytes) -> Answer:
        yield self._acknowledge(Confirmation.OK, bytes(2))

    def _parameters(self) -> SensorParameters:
        status = PASSWORD_VERIFIED * self._is_verified | IMAGE_HELD * (self._buffer is not None)
        return SensorParameters(
            status=status,
            system_id=0,
            library_size=LIBRARY_SIZE,
            security_level=self._security,
            address=self._address,
            packet_bytes=self._packet_bytes,
            baud=self._baud,
        )

    def _acknowledge(self, confirmation: Confirmation, results: bytes = b"", delay_s: float = 0.0) -> Chunk:
        packet = Packet(PacketKind.ACKNOWLEDGE, bytes([confirmation]) + results, self._address)
        return Chunk(packet.encode(), delay_s)
