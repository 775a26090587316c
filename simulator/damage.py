"""What can befall bytes on their way; seeded, and made to be combined."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np


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


def only(damage: Damage, first: int, chunks: int = 1) -> Damage:
    """`damage` for so many chunks beginning with the `first`, counted from 0; the rest stays intact."""
    numbers = count()

    def sometimes(chunk: Chunk) -> Chunk:
        return damage(chunk) if first <= next(numbers) < first + chunks else chunk

    return sometimes


def together(*damages: Damage) -> Damage:
    """One damage after the other."""

    def all_of_them(chunk: Chunk) -> Chunk:
        for damage in damages:
            chunk = damage(chunk)
        return chunk

    return all_of_them
