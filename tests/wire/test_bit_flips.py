"""Every single-bit flip of a whole upload, and a million bytes of nonsense: never a wrong image.

A flip in kind, length, content or sum is noticed by the sum; one in the header loses the packet; one in the
address makes it another sensor's, which the sum does not notice and the driver drops. A length that grows may
take the next packet along. In all these cases the image comes out short, and the upload is repeated.
"""

import tracemalloc
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.fingerprint.faults import ImageDamaged, SensorSilent
from hw.fingerprint.protocol import (
    DEFAULT_ADDRESS,
    MAX_PACKET_BYTES,
    Packet,
    data_packets,
    pack_pixels,
    packet_stream,
)
from hw.fingerprint.sensor import FingerprintSensor
from simulator.damage import Chunk
from simulator.lines import DirectLine
from tests.wire.images import whole_image

pytestmark = pytest.mark.slow

PACKETS = 288
FUZZED_BYTES = 1_000_000
PREFIX_BITS = 9 * 8
MOST_HELD_BYTES = 1_000_000  # by the driver and the simulated line together, of uploads of 40 kB


def _flipped(stream: bytes, bit: int) -> bytes:
    whole = int.from_bytes(stream, "little") ^ 1 << bit
    return whole.to_bytes(len(stream), "little")


def _own(packets: list[Packet]) -> list[Packet]:
    return [packet for packet in packets if packet.address == DEFAULT_ADDRESS]


def test_no_single_flip_of_an_upload_makes_a_packet_that_was_not_sent(ridges: NDArray[np.uint8]) -> None:
    packets = list(data_packets(pack_pixels(ridges), 128))
    wire = [packet.encode() for packet in packets]
    flips = 0
    for at, stream in enumerate(wire):
        following, rest = packets[at + 1 : at + 3], b"".join(wire[at + 1 : at + 3])
        for bit in range(PREFIX_BITS):  # a wrong length can reach into the two packets that follow
            accepted = _own(packet_stream().feed(_flipped(stream, bit) + rest))
            assert accepted == following[len(following) - len(accepted) :]
            flips += 1
        for bit in range(PREFIX_BITS, len(stream) * 8):
            assert packet_stream().feed(_flipped(stream, bit)) == []
            flips += 1

    assert (len(packets), flips) == (PACKETS, 8 * 40_032)


@pytest.mark.parametrize("bit", range(0, 139 * 8, 29))
async def test_a_flip_in_an_upload_costs_a_repetition(
    bit: int, imaged: FingerprintSensor, line: DirectLine, ridges: NDArray[np.uint8]
) -> None:
    uploads = 0

    def flip_once(chunk: Chunk) -> Chunk:
        nonlocal uploads
        uploads += chunk.number == 1
        hit = uploads == 1 and chunk.number == 1 + bit % (PACKETS // 2)
        return replace(chunk, data=_flipped(chunk.data, bit % (8 * len(chunk.data)))) if hit else chunk

    line.damage = flip_once

    assert np.array_equal((await whole_image(imaged)).pixels, ridges)
    assert uploads == 2


def _nonsense(rng: np.random.Generator, size: int) -> bytes:
    """Random bytes among which there are whole prefixes of packets, some cut and some with a flipped bit."""
    pieces: list[bytes] = []
    for _ in range(size // 64):
        packet = next(data_packets(rng.bytes(128), 128)).encode()
        match int(rng.integers(4)):
            case 0:
                pieces.append(rng.bytes(200))
            case 1:
                pieces.append(packet[: int(rng.integers(1, len(packet)))])
            case 2:
                pieces.append(_flipped(packet, int(rng.integers(8 * len(packet)))))
            case _:
                pieces.append(packet[:9] + rng.bytes(60))
    nonsense = b"".join(pieces)[:size]
    assert len(nonsense) == size
    return nonsense


def test_a_million_bytes_of_nonsense_leave_at_most_one_packet_in_the_decoder() -> None:
    rng = np.random.default_rng(11)
    noise = _nonsense(rng, FUZZED_BYTES)
    edges = [0, *sorted(rng.integers(0, len(noise), 5000).tolist()), len(noise)]
    decoder = packet_stream()
    fed = accepted = 0

    for begin, end in pairwise(edges):
        fed += end - begin
        accepted += sum(len(packet.encode()) for packet in decoder.feed(noise[begin:end]))
        assert 0 <= fed - accepted - decoder.dropped_bytes < MAX_PACKET_BYTES

    assert fed == FUZZED_BYTES


async def test_a_million_bytes_of_nonsense_in_uploads_never_make_a_wrong_image(
    imaged: FingerprintSensor, line: DirectLine, rng: np.random.Generator, ridges: NDArray[np.uint8]
) -> None:
    nonsense = memoryview(_nonsense(rng, FUZZED_BYTES))
    used = 0

    def fuzz(chunk: Chunk) -> Chunk:
        nonlocal used
        if not chunk.number or rng.random() < 0.3:
            return chunk
        begin = used % FUZZED_BYTES
        used += len(chunk.data)
        return replace(chunk, data=bytes(nonsense[begin : begin + len(chunk.data)]))

    line.damage = fuzz
    tracemalloc.start()
    while used < FUZZED_BYTES:
        with pytest.raises((ImageDamaged, SensorSilent)):
            await imaged.read_image()
    most_held = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most_held < MOST_HELD_BYTES
    line.damage = lambda chunk: chunk
    assert np.array_equal((await whole_image(imaged)).pixels, ridges)
