"""Faults that befall one chunk, each by its name."""

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.protocol import Packet, PacketKind
from simulator.damage import Chunk, Damage


def half_lost(chunk: Chunk) -> Chunk:
    return Chunk(chunk.data[: len(chunk.data) // 2], chunk.delay_s)


def first_byte_lost(chunk: Chunk) -> Chunk:
    return Chunk(chunk.data[1:], chunk.delay_s)


def from_another_sensor(chunk: Chunk) -> Chunk:
    return Chunk(chunk.data[:5] + b"\x00" + chunk.data[6:], chunk.delay_s)


def after_garbage(chunk: Chunk) -> Chunk:
    return Chunk(b"\x55\xef\x01\xef" + chunk.data, chunk.delay_s)


def twice(chunk: Chunk) -> Chunk:
    return Chunk(chunk.data * 2, chunk.delay_s)


def late_by(delay_s: float) -> Damage:
    return lambda chunk: Chunk(chunk.data, chunk.delay_s + delay_s)


def instead(confirmation: Confirmation, results: bytes = b"") -> Damage:
    answer = Packet(PacketKind.ACKNOWLEDGE, bytes([confirmation]) + results).encode()
    return lambda chunk: Chunk(answer, chunk.delay_s)


def about(instruction: Instruction, damage: Damage) -> Damage:
    """`damage` for what answers one instruction."""
    return lambda chunk: damage(chunk) if chunk.instruction == instruction else chunk
