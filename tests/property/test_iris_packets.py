"""What the decoder of the iris module's packets does with any bytes whatever."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hw.iris.protocol import LARGEST_PACKET_BYTES, LARGEST_PAYLOAD_BYTES, Packet, packet_stream
from hw.wire.packets import PacketStream

BYTES = st.integers(0, 255)
PACKETS = st.builds(Packet, BYTES, BYTES, st.binary(max_size=LARGEST_PAYLOAD_BYTES))
QUIET_NOISE = st.binary(max_size=40).filter(lambda noise: b"\xa5" not in noise)


def feed_in_pieces(decoder: PacketStream[Packet], stream: bytes, cuts: list[int]) -> list[Packet]:
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    return [packet for begin, end in pairwise(edges) for packet in decoder.feed(stream[begin:end])]


@given(st.lists(st.tuples(QUIET_NOISE, PACKETS), max_size=6), st.lists(st.integers(0, 400), max_size=9))
def test_packets_arrive_whole_however_they_are_cut_and_the_noise_between_them_is_counted(
    pairs: list[tuple[bytes, Packet]], cuts: list[int]
) -> None:
    decoder = packet_stream()
    stream = b"".join(noise + packet.encode() for noise, packet in pairs)

    assert feed_in_pieces(decoder, stream, cuts) == [packet for _, packet in pairs]
    assert decoder.dropped_bytes == sum(len(noise) for noise, _ in pairs)


@given(PACKETS, st.integers(0, LARGEST_PACKET_BYTES * 8))
def test_a_packet_with_one_flipped_bit_is_never_accepted_as_another_of_its_length(
    packet: Packet, bit: int
) -> None:
    stream = bytearray(packet.encode())
    stream[bit // 8 % len(stream)] ^= 1 << bit % 8

    accepted = packet_stream().feed(bytes(stream))

    assert [got for got in accepted if len(got.payload) == len(packet.payload)] == []


@given(st.binary(max_size=600), PACKETS)
def test_a_packet_that_the_noise_cannot_reach_into_is_found_after_any_noise(
    noise: bytes, packet: Packet
) -> None:
    flush = bytes(LARGEST_PACKET_BYTES)

    assert packet in packet_stream().feed(noise + flush + packet.encode())


@given(st.binary(max_size=1000))
def test_every_byte_is_accounted_for_and_at_most_one_packet_is_held_back(noise: bytes) -> None:
    decoder = packet_stream()
    accepted = sum(len(packet.encode()) for packet in decoder.feed(noise))

    assert 0 <= len(noise) - accepted - decoder.dropped_bytes < LARGEST_PACKET_BYTES
