"""Golden bytes of the iris module's protocol; CRC and stuffing were computed by their definitions."""

from collections.abc import Callable

import pytest

from hw.iris.messages import (
    Arming,
    Code,
    Distance,
    FaultNotice,
    Faults,
    Identity,
    ModuleStatus,
    Pattern,
    SelfTest,
    State,
    Strobe,
    Times,
    acknowledged,
)
from hw.iris.protocol import (
    LARGEST_PACKET_BYTES,
    LARGEST_PAYLOAD_BYTES,
    Kind,
    Packet,
    Packets,
    earlier_hello,
    earlier_version_in,
)

HELLO = bytes.fromhex("06 0201 07E1 2A 00")
ARMING = Arming(0x01020304, 30, 3000, 300, 20, pattern=Pattern.EVERY_FOURTH_DARK)
WIRES = {
    "hello": ("0602 0107 E12A 00", Packet(Kind.HELLO, 7)),
    "heartbeat": ("06 02 31 09 05 71 00", Packet(Kind.HEARTBEAT, 9)),
    "ack": ("06 02 7F 09 09 31 03 A6 6D 00", Packet(Kind.ACK, 9, b"\x09\x31\x00")),
    "arm": (
        "12 02 10 03 04 03 02 01 1E B8 0B 07 02 2C 01 14 53 8E 00",
        Packet(Kind.ARM, 3, ARMING.encode()),
    ),
    "another version": ("06 03 31 06 C3 AE 00", Packet(Kind.HEARTBEAT, 6, b"", 3)),
}


@pytest.mark.parametrize(("wire", "packet"), WIRES.values(), ids=WIRES)
def test_golden_bytes_are_read_and_written_alike(wire: str, packet: Packet) -> None:
    assert Packets().feed(bytes.fromhex(wire)) == [packet]
    assert packet.encode() == bytes.fromhex(wire)


def payload(wire: str) -> bytes:
    (packet,) = Packets().feed(bytes.fromhex(wire))
    return packet.payload


def test_an_identity_names_program_chip_and_limits() -> None:
    wire = "05 02 81 07 02 01 0B 01 E6 61 38 52 83 50 B5 2C 1F 07 06 84 03 A0 0F 64 02 78 03 2E 40 00"

    assert Identity.decode(payload(wire)) == Identity(
        (2, 0, 0), 1, "e66138528350b52c", 31, 6, 900, 4000, 100, 120
    )


def test_a_status_tells_state_faults_distance_and_dose() -> None:
    wire = "06 02 82 08 04 01 02 5A 02 1A 02 F9 02 7F 02 32 01 01 03 A9 0A 01 03 41 64 00"

    status = ModuleStatus.decode(payload(wire))

    assert status == ModuleStatus(State.COOLDOWN, Faults.TOO_CLOSE, 90, 26, 24.9, 127, 50, 2729)


def test_events_are_read() -> None:
    strobe = "05 02 A0 05 03 04 87 D6 12 01 01 01 01 08 B8 0B 07 2C 01 03 78 03 1B 78 00"

    assert Strobe.decode(payload(strobe)) == Strobe(3, 1234567, 3000, 7, 300, 3, 120)
    assert Distance.decode(payload("07 02 A1 02 FF FF 04 01 03 85 7A 00")) == Distance(None, 4, 0)
    fault = FaultNotice.decode(payload("05 02 A2 01 01 02 5A 02 03 03 62 58 00"))
    assert fault == FaultNotice(Faults.TOO_CLOSE, 0x3005A)


def test_a_self_test_has_an_entry_for_each_line() -> None:
    test = SelfTest.decode(bytes.fromhex("01 E803 983A  00 0000 0000  8813 01"))

    assert [(line.is_whole, line.current_ma, line.seen) for line in test.lines] == [
        (True, 1000, 15000),
        (False, 0, 0),
    ]
    assert (test.one_shot_us, test.ranger_works) == (5000, True)


def test_an_acknowledgement_names_what_it_answers() -> None:
    assert acknowledged(b"\x09\x10\x08") == (9, Kind.ARM, Code.FORBIDDEN)
    with pytest.raises(ValueError, match="9 is not a valid Code"):
        acknowledged(b"\x09\x10\x09")


MESSAGES = (Identity, ModuleStatus, Strobe, Distance, FaultNotice, Times, SelfTest)


@pytest.mark.parametrize("decode", [message.decode for message in MESSAGES])
def test_a_payload_of_another_length_is_an_error(decode: Callable[[bytes], object]) -> None:
    with pytest.raises(ValueError, match="of 2 bytes"):
        decode(bytes(2))


def test_a_session_that_the_wire_cannot_carry_is_an_error() -> None:
    with pytest.raises(ValueError, match="cannot carry"):
        Arming(1, 30, 70_000, 300, 20).encode()


def test_a_packet_longer_than_any_is_dropped_and_does_not_hide_what_follows() -> None:
    packets = Packets()

    found = packets.feed(b"\x05" * (LARGEST_PACKET_BYTES + 9) + b"\0" + HELLO)

    assert found == [Packet(Kind.HELLO, 7)]
    assert packets.dropped_bytes == LARGEST_PACKET_BYTES + 10


def test_the_largest_payload_fits_and_one_more_byte_does_not() -> None:
    largest = Packet(Kind.UPDATE_BLOCK, 1, bytes(LARGEST_PAYLOAD_BYTES))

    assert len(largest.encode()) == LARGEST_PACKET_BYTES
    assert Packets().feed(largest.encode()) == [largest]
    with pytest.raises(ValueError, match="a body of"):
        Packet(Kind.UPDATE_BLOCK, 1, bytes(252)).encode()


def test_a_module_of_version_1_is_greeted_and_known() -> None:
    identity = bytes.fromhex("A5 0A 81 01 01 01 E66138528350B52C C8A1")

    assert earlier_hello() == bytes.fromhex("A5 00 01 01 EF8C")
    assert earlier_version_in(b"\x00\xff" + identity) == 1
    assert earlier_version_in(identity[:-1] + b"\x00") is None
    assert earlier_version_in(identity[:-1]) is None
