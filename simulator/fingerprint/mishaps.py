"""Faults by their names, as a technician asks for them: NAME, or NAME@PACKET of the first image upload.

Packet 0 is the acknowledgement, data packets count from 1. Without @PACKET a fault of the wire befalls each
packet with a small chance, and a fault of the sensor lasts.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np

from hw.fingerprint.codes import Instruction
from simulator.damage import (
    Chunk,
    Damage,
    doubled,
    flip_one,
    from_elsewhere,
    intact,
    later,
    lose_one,
    silence,
    sometimes,
    stray,
    together,
)
from simulator.fingerprint.faults import SOUND, SensorFaults

SHARE = 0.002  # of the packets, for a fault without @PACKET
LATE_S = 1.5
GHOST = 0.12
DEAD_COLUMNS = (40, 41, 200)
WAITS = 3

ON_THE_WIRE: Mapping[str, Callable[[np.random.Generator], Damage]] = MappingProxyType(
    {
        "flip": flip_one,
        "lost-byte": lose_one,
        "lost-packet": lambda _: silence,
        "twice": lambda _: doubled,
        "stray": lambda _: stray,
        "late": lambda _: later(LATE_S),
        "address": lambda _: from_elsewhere,
    }
)
IN_THE_SENSOR: Mapping[str, SensorFaults] = MappingProxyType(
    {
        "silent": SensorFaults(is_silent=True),
        "ignores-parameters": SensorFaults(ignores_parameters=True),
        "slow-parameters": SensorFaults(parameters_wait=WAITS),
        "forgets-image": SensorFaults(forgets_image=True),
        "ghost": SensorFaults(ghost=GHOST),
        "dead-columns": SensorFaults(dead_columns=DEAD_COLUMNS),
    }
)
AT_A_PACKET = ("stall", "dip", "unplug")  # they end the upload there
NOISE = "noise"
NAMES = (*ON_THE_WIRE, *IN_THE_SENSOR, *(f"{name}@PACKET" for name in AT_A_PACKET), NOISE)


class UnknownFault(ValueError):
    """No fault has this name, or it cannot be had like this."""

    def __init__(self, word: str) -> None:
        super().__init__(f"{word} is no fault; there are {', '.join(NAMES)}")


@dataclass(frozen=True, slots=True)
class Mishaps:
    """All that shall go wrong. unplugs_at: the packet at which the cable comes out. noisy: the idle line."""

    sensor: SensorFaults = SOUND
    damage: Damage = intact
    unplugs_at: int | None = None
    noisy: bool = False


def mishaps(words: Iterable[str], rng: np.random.Generator) -> Mishaps:
    """What `words` ask for, together; UnknownFault for a word that is none."""
    asked = Mishaps()
    for word in words:
        name, _, at = word.partition("@")
        if at and not at.isdecimal():
            raise UnknownFault(word)
        asked = _with(asked, word, name, int(at) if at else None, rng)
    return asked


def _with(asked: Mishaps, word: str, name: str, at: int | None, rng: np.random.Generator) -> Mishaps:
    """`asked` and one more."""
    match name, at:
        case _, None if name in IN_THE_SENSOR:
            return replace(asked, sensor=_both(asked.sensor, IN_THE_SENSOR[name]))
        case _, _ if name in ON_THE_WIRE:
            damage = ON_THE_WIRE[name](rng)
            befalls = sometimes(rng, SHARE, damage) if at is None else in_first_upload(damage, at)
            return replace(asked, damage=together(asked.damage, befalls))
        case "stall", int(packet):
            return replace(asked, damage=together(asked.damage, stalled(packet)))
        case "dip", int(packet):
            return replace(asked, sensor=replace(asked.sensor, dips_at=packet))
        case "unplug", int(packet):
            return replace(asked, damage=together(asked.damage, stalled(packet)), unplugs_at=packet)
        case "noise", None:
            return replace(asked, noisy=True)
        case _:
            raise UnknownFault(word)


def _both(one: SensorFaults, other: SensorFaults) -> SensorFaults:
    """`one`, with what differs from a sound sensor in `other`."""
    changed = {
        name: getattr(other, name)
        for name in SensorFaults.__dataclass_fields__
        if getattr(other, name) != getattr(SOUND, name)
    }
    return replace(one, **changed)


def in_first_upload(damage: Damage, packet: int, last: int | None = None) -> Damage:
    """`damage` for one packet of the first image upload, or for all from it to `last`."""
    uploads = 0
    befallen = range(packet, (packet if last is None else last) + 1)

    def befall(chunk: Chunk) -> Chunk:
        nonlocal uploads
        if chunk.instruction != Instruction.UPLOAD_IMAGE:
            return chunk
        uploads += chunk.number == 0
        return damage(chunk) if uploads == 1 and chunk.number in befallen else chunk

    return befall


def stalled(packet: int) -> Damage:
    """The first image upload stops before this packet."""
    return in_first_upload(silence, packet, last=1 << 20)
