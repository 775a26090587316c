"""What can befall bytes on their way; seeded, and made to be combined."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np

PREFIX_BYTES, SUM_BYTES = 9, 2  # around the content of an EF01 packet
FRAME_BYTES = PREFIX_BYTES + SUM_BYTES


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes that a device sends in one go, `delay_s` after what it sent before.

    instruction: what they answer, where the device knows. number: 0 for the acknowledgement, from 1 for data.
    """

    data: bytes = field(repr=False)
    delay_s: float = 0.0
    instruction: int | None = None
    number: int = 0


Damage = Callable[[Chunk], Chunk]


def intact(chunk: Chunk) -> Chunk:
    """Everything arrives as it was sent."""
    return chunk


def silence(chunk: Chunk) -> Chunk:
    """Nothing arrives."""
    return replace(chunk, data=b"")


def loss(rng: np.random.Generator, share: float) -> Damage:
    """Each byte is lost with probability `share`."""

    def lose(chunk: Chunk) -> Chunk:
        kept = rng.random(len(chunk.data)) >= share
        return replace(chunk, data=np.frombuffer(chunk.data, np.uint8)[kept].tobytes())

    return lose


def flip(rng: np.random.Generator, share: float) -> Damage:
    """In each byte one bit is flipped with probability `share`."""

    def flip_bits(chunk: Chunk) -> Chunk:
        size = len(chunk.data)
        bits = np.left_shift(np.uint8(1), rng.integers(0, 8, size, np.uint8))
        mask = np.where(rng.random(size) < share, bits, np.uint8(0))
        return replace(chunk, data=(np.frombuffer(chunk.data, np.uint8) ^ mask).tobytes())

    return flip_bits


def duplicate(rng: np.random.Generator, share: float) -> Damage:
    """A chunk arrives twice with probability `share`."""

    def repeat(chunk: Chunk) -> Chunk:
        times = 2 if rng.random() < share else 1
        return replace(chunk, data=chunk.data * times)

    return repeat


def stall(rng: np.random.Generator, share: float, duration_s: float) -> Damage:
    """Before a chunk the device pauses for `duration_s` with probability `share`."""

    def pause(chunk: Chunk) -> Chunk:
        more_s = duration_s if rng.random() < share else 0.0
        return replace(chunk, delay_s=chunk.delay_s + more_s)

    return pause


def flip_one(rng: np.random.Generator) -> Damage:
    """One bit of the content is flipped; of an EF01 packet, neither header nor sum."""

    def flip_it(chunk: Chunk) -> Chunk:
        if len(chunk.data) <= FRAME_BYTES:
            return chunk
        data = bytearray(chunk.data)
        data[int(rng.integers(PREFIX_BYTES, len(data) - SUM_BYTES))] ^= 1 << int(rng.integers(8))
        return replace(chunk, data=bytes(data))

    return flip_it


def lose_one(rng: np.random.Generator) -> Damage:
    """One byte is lost."""

    def lose_it(chunk: Chunk) -> Chunk:
        at = int(rng.integers(max(len(chunk.data), 1)))
        return replace(chunk, data=chunk.data[:at] + chunk.data[at + 1 :])

    return lose_it


def doubled(chunk: Chunk) -> Chunk:
    """It arrives twice."""
    return replace(chunk, data=chunk.data * 2)


def stray(chunk: Chunk) -> Chunk:
    """A byte 55 comes before it, as after power-up."""
    return replace(chunk, data=b"\x55" + chunk.data)


def from_elsewhere(chunk: Chunk) -> Chunk:
    """It carries another sensor's address; the sum does not cover it."""
    return replace(chunk, data=chunk.data[:2] + b"\x00\x00\x00\x07" + chunk.data[6:])


def later(delay_s: float) -> Damage:
    """It comes so much later."""
    return lambda chunk: replace(chunk, delay_s=chunk.delay_s + delay_s)


def sometimes(rng: np.random.Generator, share: float, damage: Damage) -> Damage:
    """`damage` with probability `share`."""
    return lambda chunk: damage(chunk) if rng.random() < share else chunk


def only(damage: Damage, first: int, chunks: int = 1) -> Damage:
    """`damage` for so many chunks beginning with the `first`, counted from 0; the rest stays intact."""
    numbers = count()

    def befall(chunk: Chunk) -> Chunk:
        return damage(chunk) if first <= next(numbers) < first + chunks else chunk

    return befall


def together(*damages: Damage) -> Damage:
    """One damage after the other."""

    def all_of_them(chunk: Chunk) -> Chunk:
        for damage in damages:
            chunk = damage(chunk)
        return chunk

    return all_of_them
