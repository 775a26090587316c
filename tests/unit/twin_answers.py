"""Questions to a fingerprint twin, asked without a line and without our driver."""

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.answers import SensorParameters
from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.protocol import DEFAULT_ADDRESS, Packet, command, packet_stream
from simulator.fingerprint.twin import FingerprintTwin


def answers(
    twin: FingerprintTwin, instruction: Instruction, arguments: bytes = b"", address: int = DEFAULT_ADDRESS
) -> list[Packet]:
    """All packets with which it answers."""
    asked = command(instruction, arguments, address).encode()
    return packet_stream().feed(b"".join(chunk.data for chunk in twin.receive(asked)))


def confirmation(twin: FingerprintTwin, instruction: Instruction, arguments: bytes = b"") -> int:
    """How it acknowledges."""
    return answers(twin, instruction, arguments)[0].content[0]


def results(twin: FingerprintTwin, instruction: Instruction, arguments: bytes = b"") -> bytes:
    """What it answers to a command that must succeed."""
    content = answers(twin, instruction, arguments)[0].content
    assert content[0] == Confirmation.OK
    return content[1:]


def data(twin: FingerprintTwin, instruction: Instruction, arguments: bytes = b"") -> bytes:
    """What it sends after an acknowledgement."""
    return b"".join(packet.content for packet in answers(twin, instruction, arguments)[1:])


def parameters(twin: FingerprintTwin) -> SensorParameters:
    """What it says of itself."""
    return SensorParameters.decode(results(twin, Instruction.READ_PARAMETERS))


def stripes(period: int = 9) -> NDArray[np.uint8]:
    """Something with ridges, (288, 256) uint8."""
    wave = 127.5 + 127.5 * np.sin(2.0 * np.pi * np.arange(256) / period)
    return np.tile(wave.astype(np.uint8), (288, 1))


def imprint(twin: FingerprintTwin, identity: str, buffer: int = 1) -> None:
    """Features of somebody's finger come into a buffer."""
    twin.present(stripes(), identity)
    results(twin, Instruction.CAPTURE_IMAGE)
    results(twin, Instruction.EXTRACT_FEATURES, bytes([buffer]))
    twin.lift()
