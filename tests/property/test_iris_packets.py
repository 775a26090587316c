"""What both decoders of the iris module's packets, the terminal's and its own, do with any bytes whatever."""

from itertools import pairwise

import protocol as board
from hypothesis import given
from hypothesis import strategies as st

from hw.iris.protocol import LARGEST_PACKET_BYTES, LARGEST_PAYLOAD_BYTES, Packet, Packets

BYTES = st.integers(0, 255)
PACKETS = st.builds(Packet, BYTES, BYTES, st.binary(max_size=LARGEST_PAYLOAD_BYTES))
NOISE = st.binary(max_size=40)


def feed_in_pieces(stream: bytes, cuts: list[int]) -> tuple[list[Packet], list[bytes]]:
    """What both decoders make of it."""
    here, there = Packets(), board.Decoder()
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    found: list[Packet] = []
    bodies: list[bytes] = []
    for begin, end in pairwise(edges):
        found += here.feed(stream[begin:end])
        bodies += there.feed(stream[begin:end])
    return found, bodies


def body(packet: Packet) -> bytes:
    return bytes([packet.version, packet.kind, packet.sequence]) + packet.payload


@given(st.lists(st.tuples(NOISE, PACKETS), max_size=6), st.lists(st.integers(0, 1400), max_size=9))
def test_packets_arrive_whole_however_they_are_cut_and_whatever_is_between_them(
    pairs: list[tuple[bytes, Packet]], cuts: list[int]
) -> None:
    stream = b"".join(noise + b"\0" + packet.encode() for noise, packet in pairs)

    found, bodies = feed_in_pieces(stream, cuts)

    assert [packet for packet in found if packet in [sent for _, sent in pairs]] == [
        sent for _, sent in pairs
    ]
    assert bodies == [body(packet) for packet in found]


@given(PACKETS, st.integers(0, LARGEST_PACKET_BYTES * 8))
def test_a_packet_with_one_flipped_bit_is_never_accepted(packet: Packet, bit: int) -> None:
    stream = bytearray(packet.encode())
    stream[bit // 8 % len(stream)] ^= 1 << bit % 8

    found, bodies = feed_in_pieces(bytes(stream) + b"\0", [])

    assert [each for each in found if len(each.payload) == len(packet.payload)] == []
    assert bodies == [body(each) for each in found]


@given(PACKETS)
def test_both_sides_write_the_same_bytes(packet: Packet) -> None:
    wire = board.Packet().holding(packet.kind, packet.sequence, packet.payload)

    assert bytes(wire) == b"\0" + packet.encode()


@given(st.binary(max_size=1000))
def test_every_byte_is_accounted_for_and_at_most_one_packet_is_held_back(noise: bytes) -> None:
    packets = Packets()
    accepted = sum(len(packet.encode()) for packet in packets.feed(noise))
    empty = sum(1 for run in noise.split(b"\0")[:-1] if not run)

    assert 0 <= len(noise) - accepted - empty - packets.dropped_bytes < LARGEST_PACKET_BYTES
