"""Golden bytes of the iris module's protocol; the CRCs were computed by the definition, bit by bit."""

import pytest

from hw.iris.protocol import (
    LARGEST_PACKET_BYTES,
    LARGEST_PAYLOAD_BYTES,
    Command,
    Identity,
    ModuleStatus,
    Packet,
    packet_stream,
)

HELLO = bytes.fromhex("A5 00 01 07 8F4A")
IDENTITY = bytes.fromhex("A5 0A 81 07 01 01 E66138528350B52C 3955")
PING = bytes.fromhex("A5 02 02 09 A55A 3F42")


@pytest.mark.parametrize(
    ("wire", "packet"),
    [
        (HELLO, Packet(Command.HELLO, 7)),
        (IDENTITY, Packet(0x81, 7, bytes.fromhex("0101E66138528350B52C"))),
        (PING, Packet(Command.PING, 9, b"\xa5\x5a")),
    ],
    ids=["hello", "identity", "ping"],
)
def test_golden_bytes_are_read_and_written_alike(wire: bytes, packet: Packet) -> None:
    assert packet_stream().feed(wire) == [packet]
    assert packet.encode() == wire


def test_an_identity_names_version_cause_and_chip() -> None:
    assert Identity.decode(IDENTITY[4:-2]) == Identity(1, 1, "e66138528350b52c")


def test_a_status_tells_outputs_lease_and_lapses() -> None:
    assert ModuleStatus.decode(bytes.fromhex("01 07D0 0003")) == ModuleStatus(True, False, 2.0, 3)
    assert ModuleStatus.decode(bytes.fromhex("02 0000 0000")) == ModuleStatus(False, True, 0.0, 0)


@pytest.mark.parametrize("decode", [Identity.decode, ModuleStatus.decode])
def test_a_payload_of_another_length_is_an_error(decode: type) -> None:
    with pytest.raises(ValueError, match="of 3 bytes"):
        decode(bytes(3))


def test_a_packet_longer_than_any_is_dropped_and_does_not_hide_what_follows() -> None:
    decoder = packet_stream()

    packets = decoder.feed(bytes([0xA5, LARGEST_PAYLOAD_BYTES + 1]) + HELLO)

    assert packets == [Packet(Command.HELLO, 7)]
    assert decoder.dropped_bytes == 2


def test_a_beginning_without_end_holds_back_no_more_than_one_packet() -> None:
    endless = bytes([0xA5, LARGEST_PAYLOAD_BYTES]) + bytes(LARGEST_PACKET_BYTES - 2)

    assert packet_stream().feed(endless + HELLO) == [Packet(Command.HELLO, 7)]
