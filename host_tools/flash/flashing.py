"""An image onto a card, in an order that never leaves a card which boots half-written.

    1. the first chunk (boot sector, partition table) is emptied
    2. the capacity is probed
    3. all chunks but the first are written, each synced
    4. they are read back past the cache and compared
    5. the first chunk is written, its first sectors last of all, and read back

A card that is pulled, a flasher that is killed, a card that fails: the first chunk is empty.
"""

import hashlib
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum

from host_tools.flash.card import ALIGNED_BYTES, Card
from host_tools.flash.faults import CardBad, Interrupted, TargetRefused
from host_tools.flash.image import CheckedImage, read_chunks
from host_tools.flash.probe import Probed, probe
from host_tools.flash.watch import Watch
from hw.disk_image.manifest import CHUNK_BYTES

_OTHER_CARD = "use another card; keep this one out of service"


class FirstChunk(StrEnum):
    """What lies where a computer starts to read a card."""

    UNTOUCHED = "untouched"
    EMPTY = "empty"
    UNKNOWN = "unknown"
    IMAGE = "the image's"


@dataclass(frozen=True, slots=True)
class BadChunk:
    """A chunk that did not come back as it was written. fault: `differs`, or what the reader said."""

    number: int
    fault: str


@dataclass(slots=True)
class Tally:
    """What has been done to a card so far; stays true when the work ends early."""

    first_chunk: FirstChunk = FirstChunk.UNTOUCHED
    probed: Probed | None = None
    written_bytes: int = 0
    write_s: float = 0.0
    read_bytes: int = 0
    read_s: float = 0.0
    bad_chunks: list[BadChunk] = field(default_factory=list[BadChunk])


def flash(card: Card, image: CheckedImage, nonce: bytes, tally: Tally, watch: Watch) -> None:
    """Write `image` and prove it; CardBad or Interrupted leave the first chunk empty, as `tally` says."""
    watch.begin("emptying the start", CHUNK_BYTES)
    watch.reach(0)
    _empty_first_chunk(card, tally)
    _probe(card, nonce, tally, watch)
    first = _write_rest(card, image, tally, watch)
    _read_back_rest(card, image, tally, watch)
    try:
        _write_first(card, first, tally)
        _compare(card, image, 0, tally)
        _raise_if_bad(tally)
    except CardBad:
        if tally.first_chunk is not FirstChunk.EMPTY:
            _empty_first_chunk(card, tally)
        raise


def _empty_first_chunk(card: Card, tally: Tally) -> None:
    with _card_takes("emptying the first chunk"):
        tally.first_chunk = FirstChunk.UNKNOWN
        card.write(0, bytes(min(CHUNK_BYTES, card.size_bytes)))
        tally.first_chunk = FirstChunk.EMPTY


def _probe(card: Card, nonce: bytes, tally: Tally, watch: Watch) -> None:
    with _card_takes("probing the capacity"):
        tally.probed = probed = probe(card, nonce, watch)
    if probed.holds_at_most_bytes is not None:
        claim, truth = card.size_bytes / 1e9, probed.holds_at_most_bytes / 1e9
        raise CardBad(f"a fake: it claims {claim:.2f} GB and holds at most {truth:.2f} GB", _OTHER_CARD)
    if probed.lost_offsets:
        raise CardBad(f"{len(probed.lost_offsets)} of {probed.marks} marks did not come back", _OTHER_CARD)


def _write_rest(card: Card, image: CheckedImage, tally: Tally, watch: Watch) -> bytes:
    """Write all chunks but the first, which is given back."""
    watch.begin("writing", image.size_bytes - CHUNK_BYTES)
    chunks = _same_chunks(image)
    first = next(chunks)
    for number, chunk in enumerate(chunks, start=1):
        with _card_takes(f"writing chunk {number}"):
            _timed_write(card, number * CHUNK_BYTES, chunk, tally)
        watch.reach(tally.written_bytes)
    return first


def _write_first(card: Card, first: bytes, tally: Tally) -> None:
    """The boot sector goes last: while it is empty, nothing starts from the card."""
    with _card_takes("writing the first chunk"):
        _timed_write(card, ALIGNED_BYTES, first[ALIGNED_BYTES:], tally)
        tally.first_chunk = FirstChunk.UNKNOWN
        _timed_write(card, 0, first[:ALIGNED_BYTES], tally)
        tally.first_chunk = FirstChunk.IMAGE


def _timed_write(card: Card, offset: int, data: bytes, tally: Tally) -> None:
    begun_s = time.monotonic()
    card.write(offset, data)
    tally.write_s += time.monotonic() - begun_s
    tally.written_bytes += len(data)


def _same_chunks(image: CheckedImage) -> Iterator[bytes]:
    """The chunks of the image, each still what it was when it was checked."""
    chunks = read_chunks(image.file)
    for number, expected in enumerate(image.chunk_sha256):
        try:
            chunk = next(chunks, b"")
        except TargetRefused as fault:
            raise Interrupted(str(fault), fault.hint) from fault
        if hashlib.sha256(chunk).hexdigest() != expected:
            raise Interrupted(f"{image.file} changed in chunk {number} meanwhile", "begin again")
        yield chunk


def _read_back_rest(card: Card, image: CheckedImage, tally: Tally, watch: Watch) -> None:
    watch.begin("reading back", image.size_bytes - CHUNK_BYTES)
    for number in range(1, len(image.chunk_sha256)):
        _compare(card, image, number, tally)
        watch.reach(tally.read_bytes)
    _raise_if_bad(tally)


def _compare(card: Card, image: CheckedImage, number: int, tally: Tally) -> None:
    """Read one chunk back past the cache and note what is wrong with it."""
    offset = number * CHUNK_BYTES
    size = min(CHUNK_BYTES, image.size_bytes - offset)
    begun_s = time.monotonic()
    fault = _chunk_fault(card, offset, size, image.chunk_sha256[number])
    tally.read_s += time.monotonic() - begun_s
    tally.read_bytes += size
    if fault is not None:
        tally.bad_chunks.append(BadChunk(number, fault))


def _raise_if_bad(tally: Tally) -> None:
    if tally.bad_chunks:
        count, worst = len(tally.bad_chunks), tally.bad_chunks[0]
        raise CardBad(f"{count} bad chunks; the first is {worst.number}: {worst.fault}", _OTHER_CARD)


def _chunk_fault(card: Card, offset: int, size: int, expected: str) -> str | None:
    try:
        read = card.read_back(offset, size)
    except OSError as error:
        return f"unreadable: {error.strerror}"
    return None if hashlib.sha256(read).hexdigest() == expected else "differs"


@contextmanager
def _card_takes(step: str) -> Generator[None]:
    """An error of the card while `step` is CardBad."""
    try:
        yield
    except OSError as error:
        hint = "if the card was pulled, put it back and begin again; else use another card"
        raise CardBad(f"{step}: {error.strerror}", hint) from error
