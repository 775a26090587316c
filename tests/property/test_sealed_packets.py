"""A packet is read back as it was written, or it is refused."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.sealing.contents import ContentsMalformed, join_contents, split_contents
from firmware.sealing.packet import (
    MAX_HEADER_BYTES,
    NONCE_BYTES,
    SUITE,
    TAG_BYTES,
    ContentType,
    Kind,
    PacketHeader,
    PacketMalformed,
    SealedPacket,
    parse_packet,
)

HEADER = PacketHeader(
    "0123456789abcdef", "fedcba9876543210", Kind.IRIS, 7, SUITE, "2026-03-02T05:00:00Z", ContentType.ARTEFACT
)
GOLDEN_HEADER = (
    b'{"artefact_id":"fedcba9876543210","content_type":"tram-artefact","created":"2026-03-02T05:00:00Z",'
    b'"kind":"iris","record_id":"0123456789abcdef","sequence":7,"suite":"hpke-x25519-sha256+chacha20poly1305"}'
)
GOLDEN = b"TRS1" + b"\x00\xca" + GOLDEN_HEADER + b"\x00" * 11 + b"\x07" + b"ciphertext" + b"T" * 16

ids = st.text("0123456789abcdef", min_size=16, max_size=64)
headers = st.builds(
    PacketHeader,
    record_id=ids,
    artefact_id=ids,
    kind=st.sampled_from(Kind),
    sequence=st.integers(0, 9999),
    suite=st.just(SUITE),
    created=st.datetimes().map(lambda moment: f"{moment:%Y-%m-%dT%H:%M:%SZ}".rjust(20, "0")),
    content_type=st.sampled_from(ContentType),
)
packets = st.builds(
    SealedPacket,
    headers,
    st.binary(min_size=NONCE_BYTES, max_size=NONCE_BYTES),
    st.binary(min_size=TAG_BYTES, max_size=200),
)


def with_header(header: bytes) -> bytes:
    return b"TRS1" + len(header).to_bytes(2, "big") + header + bytes(NONCE_BYTES + TAG_BYTES)


def test_the_layout_is_the_one_that_is_drawn() -> None:
    packet = SealedPacket(HEADER, bytes(11) + b"\x07", b"ciphertext" + b"T" * 16)

    assert packet.encode() == GOLDEN
    assert parse_packet(GOLDEN) == packet


@given(packets)
def test_a_packet_is_read_back_as_it_was_written(packet: SealedPacket) -> None:
    assert parse_packet(packet.encode()) == packet


@given(st.binary(max_size=600))
def test_noise_is_refused(noise: bytes) -> None:
    with pytest.raises(PacketMalformed):
        parse_packet(noise)


@given(packets, st.data())
def test_what_is_accepted_has_one_spelling(packet: SealedPacket, data: st.DataObject) -> None:
    damaged = bytearray(packet.encode())
    damaged[data.draw(st.integers(0, len(damaged) - 1))] ^= data.draw(st.integers(1, 255))

    try:
        parsed = parse_packet(bytes(damaged))
    except PacketMalformed:
        return
    assert parsed.encode() == bytes(damaged)
    assert parsed != packet


@given(packets, st.data())
def test_a_packet_cut_short_is_refused_or_has_less_ciphertext(
    packet: SealedPacket, data: st.DataObject
) -> None:
    whole = packet.encode()
    cut = whole[: data.draw(st.integers(0, len(whole) - 1))]

    try:
        parsed = parse_packet(cut)
    except PacketMalformed:
        return
    assert parsed.header == packet.header
    assert parsed.ciphertext == packet.ciphertext[: len(parsed.ciphertext)]


@pytest.mark.parametrize(
    "change",
    [
        {"record_id": "../../etc/passwd"},
        {"record_id": 5},
        {"kind": "face"},
        {"sequence": -1},
        {"sequence": 10_000},
        {"sequence": True},
        {"sequence": "7"},
        {"suite": "none"},
        {"created": "yesterday"},
        {"content_type": "text/html"},
        {"name": "one field too many"},
    ],
)
def test_a_header_with_a_foreign_value_is_refused(change: dict[str, Any]) -> None:
    document = {**json.loads(GOLDEN_HEADER), **change}

    with pytest.raises(PacketMalformed):
        parse_packet(with_header(json.dumps(document, sort_keys=True, separators=(",", ":")).encode()))


@pytest.mark.parametrize(
    "header",
    [
        b"",
        b"[]",
        b"{}",
        b"\xff\xfe",
        b"[" * MAX_HEADER_BYTES,
        b" " * (MAX_HEADER_BYTES + 1),
        b" " + GOLDEN_HEADER,
        GOLDEN_HEADER.replace(b":7", b":7.0"),
        GOLDEN_HEADER.replace(b'"kind"', b'"kind":"iris","kind"'),
    ],
)
def test_a_header_in_another_spelling_is_refused(header: bytes) -> None:
    with pytest.raises(PacketMalformed):
        parse_packet(with_header(header))


def test_every_header_is_below_the_limit() -> None:
    longest = replace(HEADER, record_id="f" * 64, artefact_id="f" * 64, kind=Kind.FINGERPRINT, sequence=9999)

    assert len(longest.encode()) < MAX_HEADER_BYTES


@given(st.binary(max_size=300), st.binary(max_size=300), st.binary(max_size=300))
def test_contents_come_apart_as_they_were_put_together(
    document: bytes, picture: bytes, product: bytes
) -> None:
    assert split_contents(join_contents(document, picture, product)) == (document, picture, product)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0",
        b"\0\0\0\x05{}",
        b"\xff\xff\xff\xff",
        b"\0\0\0\x02{}",
        b"\0\0\0\x02{}\0\0\0\x01",
    ],
)
def test_contents_that_claim_more_than_there_is_are_refused(data: bytes) -> None:
    with pytest.raises(ContentsMalformed):
        split_contents(data)
