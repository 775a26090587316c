"""What the EF01 decoder does with any bytes whatever."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hw.fingerprint.protocol import (
    MAX_CONTENT_BYTES,
    MAX_PACKET_BYTES,
    Packet,
    PacketKind,
    data_packets,
    packet_stream,
)
from hw.wire.packets import PacketStream

ADDRESSES = st.integers(0, 0xFFFFFFFF)
CONTENTS = st.binary(max_size=MAX_CONTENT_BYTES)
PACKETS = st.builds(Packet, st.sampled_from(PacketKind), CONTENTS, ADDRESSES)
QUIET_NOISE = st.binary(max_size=40).filter(lambda noise: b"\xef" not in noise)


def feed_in_pieces(decoder: PacketStream[Packet], stream: bytes, cuts: list[int]) -> list[Packet]:
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    pieces = [stream[begin:end] for begin, end in pairwise(edges)]
    return [packet for piece in pieces for packet in decoder.feed(piece)]


@given(st.lists(PACKETS, max_size=6), st.lists(st.integers(0, 2000), max_size=20))
def test_packets_arrive_whole_however_the_line_cuts_them(packets: list[Packet], cuts: list[int]) -> None:
    decoder = packet_stream()
    stream = b"".join(packet.encode() for packet in packets)

    assert feed_in_pieces(decoder, stream, cuts) == packets
    assert decoder.dropped_bytes == 0


@given(st.lists(st.tuples(QUIET_NOISE, PACKETS), max_size=6), st.lists(st.integers(0, 2000), max_size=9))
def test_noise_between_packets_is_dropped_and_counted(
    pairs: list[tuple[bytes, Packet]], cuts: list[int]
) -> None:
    decoder = packet_stream()
    stream = b"".join(noise + packet.encode() for noise, packet in pairs)

    assert feed_in_pieces(decoder, stream, cuts) == [packet for _, packet in pairs]
    assert decoder.dropped_bytes == sum(len(noise) for noise, _ in pairs)


@given(PACKETS, st.integers(0, MAX_PACKET_BYTES * 8))
def test_one_flipped_bit_never_changes_what_is_accepted_but_for_the_address(packet: Packet, bit: int) -> None:
    stream = bytearray(packet.encode())
    at = bit // 8 % len(stream)
    stream[at] ^= 1 << bit % 8
    accepted = packet_stream().feed(bytes(stream))

    altered = [
        got for got in accepted if got.address == packet.address and len(got.content) == len(packet.content)
    ]
    assert altered == []


@given(st.binary(max_size=3000), PACKETS)
def test_a_packet_that_the_noise_cannot_reach_into_is_found_after_any_noise(
    noise: bytes, packet: Packet
) -> None:
    flush = bytes(MAX_PACKET_BYTES)

    assert packet in packet_stream().feed(noise + flush + packet.encode() + flush)


@given(st.binary(max_size=5000))
def test_every_byte_is_accounted_for_and_at_most_one_packet_is_held_back(noise: bytes) -> None:
    decoder = packet_stream()
    accepted = sum(len(packet.encode()) for packet in decoder.feed(noise))

    held_back = len(noise) - accepted - decoder.dropped_bytes

    assert 0 <= held_back < MAX_PACKET_BYTES


@given(st.binary(min_size=1, max_size=2000), st.sampled_from([32, 64, 128, 256]))
def test_data_cut_into_packets_comes_together_again(content: bytes, packet_bytes: int) -> None:
    stream = b"".join(packet.encode() for packet in data_packets(content, packet_bytes))

    packets = packet_stream().feed(stream)

    assert b"".join(packet.content for packet in packets) == content
    assert [packet.kind for packet in packets].index(PacketKind.LAST_DATA) == len(packets) - 1
