"""A fingerprint sensor of the EF01 family behind its wire: bytes in, bytes and delays out."""

import struct
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.profiles import SensorProfile
from hw.fingerprint.protocol import DEFAULT_ADDRESS, Packet, PacketKind, data_packets, packet_stream
from simulator.damage import Chunk
from simulator.fingerprint.about import About
from simulator.fingerprint.answer import Acknowledgement, Answer, Command, Commands, Data, Wanted, says
from simulator.fingerprint.faults import SOUND, SensorFaults
from simulator.fingerprint.imaging import Imaging
from simulator.fingerprint.library import Library
from simulator.fingerprint.plate import FingerPlate
from simulator.fingerprint.settings import Settings
from simulator.fingerprint.templates import TemplateBuffers
from simulator.fingerprint.unattended import Unattended

AWAKE = b"\x55"


class FingerprintTwin:
    """A sensor of one model; what it is worth is in simulator/fingerprint/README.md.

    about: its lights. plate: what lies on it.
    Not modelled: COMMAND_DAMAGED for a packet with a wrong sum, which it does not hear.
    """

    def __init__(
        self,
        profile: SensorProfile,
        rng: np.random.Generator,
        *,
        noise_levels: float = 2.0,
        address: int = DEFAULT_ADDRESS,
        password: int = 0,
        faults: SensorFaults = SOUND,
    ) -> None:
        chance = rng.spawn(2)
        self.about = About(profile, chance[0])
        self.plate = FingerPlate(profile, rng, noise_levels)
        self._profile = profile
        self._settings = Settings(profile, address, password)
        self._buffers = TemplateBuffers(profile.buffers, chance[1])
        self._library = Library(profile.library_size, self._buffers)
        self._imaging = Imaging(profile, self.plate, self._buffers)
        self._decoder = packet_stream()
        self._wanted: Wanted | None = None
        self._received = b""
        self._commands = self._known_commands()
        self.faults = faults

    @property
    def baud(self) -> int:
        """The speed at which it talks and hears now."""
        return self._settings.baud

    @property
    def templates_held(self) -> int:
        """How many templates and feature sets are in its library and buffers."""
        return len(self._library) + len(self._buffers.all_held())

    @property
    def faults(self) -> SensorFaults:
        """What is wrong with it; may be exchanged at any time."""
        return self._faults

    @faults.setter
    def faults(self, faults: SensorFaults) -> None:
        self._faults = self._settings.faults = self._imaging.faults = faults

    def present(self, finger: NDArray[np.uint8], identity: str | None = None) -> None:
        """Lay a finger on. finger: (rows, columns) uint8 of any size at 500 ppi, 0 = ridge, 255 = bare.

        identity: whose finger it is, for MATCH and SEARCH; without one, the same picture is the same finger.
        """
        self.plate.present(finger, identity)

    def lift(self) -> None:
        """Take the finger away."""
        self.plate.lift()

    def power_on(self) -> Chunk:
        """Power comes; it listens after the chunk's delay, and some say then that they do."""
        return Chunk(AWAKE if self._profile.announces_itself else b"", self._profile.boot_s)

    def power_off(self) -> None:
        """Power is gone, and with it image, features, the said password and a half-heard question."""
        self._imaging.forget()
        self._buffers.forget()
        self._settings.forget()
        self._decoder = packet_stream()
        self._wanted = None

    def receive(self, data: bytes) -> Iterable[Chunk]:
        """Answers to the commands that `data` completes, each to be taken before the next is asked for."""
        for packet in self._decoder.feed(data):
            if packet.address != self._settings.address or self._faults.is_silent:
                continue
            if packet.kind is PacketKind.COMMAND and packet.content:
                self._settings.hear()
                self._wanted = None
                yield from self._chunks(
                    packet.content[0], self._answer(packet.content[0], packet.content[1:])
                )
            elif packet.kind is not PacketKind.ACKNOWLEDGE:
                self._take(packet)

    def _known_commands(self) -> Commands:
        own: Commands = {
            Instruction.READ_PARAMETERS: self._read_parameters,
            Instruction.RESET: self._reset,
        }
        unattended = Unattended(self._imaging, self._buffers, self._library)
        parts = (self.about, self._settings, self._imaging, self._library, unattended)
        commands = own | {number: answer for part in parts for number, answer in part.commands().items()}
        return {number: commands[number] for number in self._profile.instructions}

    def _answer(self, instruction: int, arguments: bytes) -> Answer:
        answer = self._commands.get(instruction)
        if answer is None:
            return says(Confirmation.UNSUPPORTED) if self._profile.tells_geometry else iter(())
        if not self._settings.is_verified and instruction != Instruction.VERIFY_PASSWORD:
            return says(Confirmation.PASSWORD_NEEDED)
        return _checked(answer, arguments)

    def _chunks(self, instruction: int, answer: Answer) -> Iterator[Chunk]:
        """An answer as it goes over the wire."""
        for part in answer:
            match part:
                case Chunk():
                    yield part
                case Wanted():
                    self._wanted, self._received = part, b""
                case Data(content):
                    yield from self._data(instruction, content)
                case Acknowledgement(confirmation, results, delay_s):
                    content = bytes([confirmation]) + results
                    packet = Packet(PacketKind.ACKNOWLEDGE, content, self._settings.address)
                    yield Chunk(packet.encode(), delay_s, instruction)

    def _data(self, instruction: int, content: bytes) -> Iterator[Chunk]:
        for chunk in _encoded(instruction, content, self._settings.packet_bytes, self._settings.address):
            if instruction == Instruction.UPLOAD_IMAGE and chunk.number == self._faults.dips_at:
                self.faults = replace(self._faults, dips_at=None)
                self.power_off()
                yield self.power_on()
                return
            yield chunk

    def _take(self, packet: Packet) -> None:
        """One data packet of those that are wanted."""
        wanted = self._wanted
        if wanted is None:
            return
        self._received += packet.content
        if packet.kind is PacketKind.LAST_DATA or len(self._received) > wanted.limit_bytes:
            self._wanted = None
            if len(self._received) <= wanted.limit_bytes:
                wanted.take(self._received)

    def _read_parameters(self, _: bytes) -> Answer:
        parameters = self._settings.parameters(image_is_held=self._imaging.holds_image())
        return says(Confirmation.OK, parameters.encode())

    def _reset(self, _: bytes) -> Answer:
        yield Acknowledgement(Confirmation.OK)
        self.power_off()
        yield self.power_on()


@lru_cache(maxsize=2)  # an upload that is asked for again costs a fast line nothing
def _encoded(instruction: int, content: bytes, packet_bytes: int, address: int) -> tuple[Chunk, ...]:
    """Content in data packets, numbered from 1."""
    packets = enumerate(data_packets(content, packet_bytes, address), 1)
    return tuple(Chunk(packet.encode(), 0.0, instruction, number) for number, packet in packets)


def _checked(answer: Command, arguments: bytes) -> Answer:
    """The answer, or COMMAND_DAMAGED when the arguments have the wrong length."""
    try:
        yield from answer(arguments)
    except struct.error:
        yield Acknowledgement(Confirmation.COMMAND_DAMAGED)
