"""Data packets decoded many at once are those that are found one at a time, whatever the line did to them."""

from itertools import groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from hw.fingerprint.protocol import Packet, PacketKind, data_packets, packet_stream
from hw.fingerprint.runs import joining_packet_stream
from hw.wire.packets import PacketStream

ADDRESSES = st.sampled_from([0xFFFFFFFF, 0xFFFFFFFE])


def upload(seed: bytes, size: int, packet_bytes: int, address: int) -> bytes:
    """An upload of so many bytes that repeat `seed`."""
    content = (seed * (size // len(seed) + 1))[:size]
    return b"".join(packet.encode() for packet in data_packets(content, packet_bytes, address))


UPLOADS = st.builds(
    upload,
    st.binary(min_size=1, max_size=300),
    st.integers(0, 3000),
    st.sampled_from([32, 64, 128, 256]),
    ADDRESSES,
)
STREAMS = st.lists(UPLOADS | st.binary(max_size=40), max_size=4).map(b"".join)
CUTS = st.lists(st.integers(0, 10_000), max_size=12)
HITS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=6)
GAPS = st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 200)), max_size=3)

Joined = tuple[PacketKind, int, bytes]


def joined(packets: list[Packet]) -> list[Joined]:
    """Neighbouring data packets of one address as one."""
    alike = groupby(packets, lambda packet: (packet.kind, packet.address))
    return [
        piece
        for (kind, address), group in alike
        for piece in _pieces(kind, address, [packet.content for packet in group])
    ]


def _pieces(kind: PacketKind, address: int, contents: list[bytes]) -> list[Joined]:
    if kind is PacketKind.DATA:
        return [(kind, address, b"".join(contents))]
    return [(kind, address, content) for content in contents]


def fed(decoder: PacketStream[Packet], stream: bytes, cuts: list[int]) -> tuple[list[Joined], int]:
    edges = [0, *sorted(cut % (len(stream) + 1) for cut in cuts), len(stream)]
    packets = [packet for begin, end in pairwise(edges) for packet in decoder.feed(stream[begin:end])]
    return joined(packets), decoder.dropped_bytes


def struck(stream: bytes, hits: list[tuple[int, int]], gaps: list[tuple[int, int]]) -> bytes:
    """A stream with bytes changed and stretches lost."""
    damaged = bytearray(stream)
    for at, value in hits:
        if damaged:
            damaged[at % len(damaged)] = value
    for at, size in gaps:
        begin = at % (len(damaged) + 1)
        del damaged[begin : begin + size]
    return bytes(damaged)


@given(STREAMS, CUTS, HITS, GAPS)
def test_both_ways_find_the_same_packets_and_drop_the_same_bytes(
    stream: bytes, cuts: list[int], hits: list[tuple[int, int]], gaps: list[tuple[int, int]]
) -> None:
    arrived = struck(stream, hits, gaps)

    assert fed(joining_packet_stream(), arrived, cuts) == fed(packet_stream(), arrived, cuts)


@given(st.binary(max_size=4000), CUTS)
def test_both_ways_agree_on_any_bytes(noise: bytes, cuts: list[int]) -> None:
    assert fed(joining_packet_stream(), noise, cuts) == fed(packet_stream(), noise, cuts)


def test_an_upload_that_comes_at_once_is_two_packets() -> None:
    content = bytes(range(256)) * 4
    stream = b"".join(packet.encode() for packet in data_packets(content, 128))

    packets = joining_packet_stream().feed(stream)

    assert [packet.kind for packet in packets] == [PacketKind.DATA, PacketKind.LAST_DATA]
    assert b"".join(packet.content for packet in packets) == content
