"""Does a card hold as much as it claims? Fakes answer for addresses that they do not have.

Marks are written across the claimed size and read back past the cache. One kind of fake loses what lies
beyond its memory: the marks there do not come back. Another wraps, so that address X and X + memory are one
place: it is found when two marks lie a multiple of the memory apart. Marks at 0, 1, ... k - 1 units and at
every k units have every multiple of the unit among their distances, for 2 * sqrt(size / unit) marks.

Limits: a card that wraps at no multiple of UNIT_BYTES is found only where it spoils the image; one that
keeps all marks in a memory of its own, some megabytes large, is not found.
"""

from dataclasses import dataclass
from itertools import chain
from math import isqrt

from host_tools.flash.card import ALIGNED_BYTES, Card
from host_tools.flash.watch import Watch

UNIT_BYTES = 1 << 20  # memories are made in larger steps
NONCE_BYTES = 16
_OFFSET_BYTES = 8


@dataclass(frozen=True, slots=True)
class Probed:
    """What the marks said. holds_at_most_bytes: None when the card has what it claims, or a mere flaw."""

    marks: int
    lost_offsets: tuple[int, ...]
    holds_at_most_bytes: int | None


def mark_offsets(size_bytes: int) -> list[int]:
    """Where marks go on a card of this size, rising; the last one lies at its very end."""
    units = size_bytes // UNIT_BYTES
    step = max(1, isqrt(units))
    rungs = chain(range(min(step, units)), range(0, units, step))
    places = {unit * UNIT_BYTES + ALIGNED_BYTES for unit in rungs}  # the boot sector stays empty
    end = (size_bytes - ALIGNED_BYTES) // ALIGNED_BYTES * ALIGNED_BYTES
    return sorted({*places, max(0, end)})


def probe(card: Card, nonce: bytes, watch: Watch) -> Probed:
    """Write marks, read them back, wipe them; OSError when the card does not take them.

    nonce: NONCE_BYTES at random, so that marks of an earlier probe count for nothing.
    """
    offsets = mark_offsets(card.size_bytes)
    watch.begin("probing the capacity", len(offsets) * ALIGNED_BYTES)
    _write_everywhere(card, {offset: _mark(nonce, offset) for offset in offsets})
    found = dict[int, int | None]()
    for offset in offsets:
        found[offset] = _mark_found(card, nonce, offset)
        watch.reach(len(found) * ALIGNED_BYTES)
    _write_everywhere(card, dict.fromkeys(offsets, bytes(ALIGNED_BYTES)))
    lost = tuple(offset for offset in offsets if found[offset] != offset)
    return Probed(len(offsets), lost, _held_at_most(lost, found))


def _write_everywhere(card: Card, blocks: dict[int, bytes]) -> None:
    for offset, block in blocks.items():
        card.write_unsynced(offset, block)
    card.sync()


def _held_at_most(lost: tuple[int, ...], found: dict[int, int | None]) -> int | None:
    """The smallest distance of two marks in one place, else where the marks end that are lost to the end."""
    distances = [abs(place - offset) for offset in lost if (place := found[offset]) is not None]
    if distances:
        return min(distances)
    if len(lost) > 1 and lost == tuple(found)[-len(lost) :]:
        return lost[0]
    return None


def _mark(nonce: bytes, offset: int) -> bytes:
    one = nonce + offset.to_bytes(_OFFSET_BYTES, "big")
    return (one * (ALIGNED_BYTES // len(one) + 1))[:ALIGNED_BYTES]


def _mark_found(card: Card, nonce: bytes, offset: int) -> int | None:
    """Which mark lies at `offset`; None when none of this probe does, or only half of one."""
    try:
        read = card.read_back(offset, ALIGNED_BYTES)
    except OSError:
        return None
    place = int.from_bytes(read[NONCE_BYTES : NONCE_BYTES + _OFFSET_BYTES], "big")
    return place if read == _mark(nonce, place) else None
