"""Golden bytes of the EF01 protocol, captured between other people's hosts and real sensors."""

import numpy as np
import pytest

from hw.fingerprint.answers import SensorParameters
from hw.fingerprint.codes import Instruction
from hw.fingerprint.protocol import (
    MAX_CONTENT_BYTES,
    MAX_PACKET_BYTES,
    Packet,
    PacketKind,
    command,
    data_packets,
    pack_pixels,
    packet_stream,
    unpack_pixels,
)

READ_PARAMETERS = bytes.fromhex("EF01 FFFFFFFF 01 0003 0F 0013")
PARAMETERS = bytes.fromhex("EF01 FFFFFFFF 07 0013 00 0000 0000 0050 0003 FFFFFFFF 0002 000C 0477")
UPLOAD_FEATURES = bytes.fromhex("EF01 FFFFFFFF 01 0004 08 01 000E")
ACKNOWLEDGED = bytes.fromhex("EF01 FFFFFFFF 07 0003 00 000A")


def test_a_command_is_encoded_as_a_real_host_sent_it() -> None:
    assert command(Instruction.READ_PARAMETERS).encode() == READ_PARAMETERS


@pytest.mark.parametrize(
    ("captured", "packet"),
    [
        (READ_PARAMETERS, Packet(PacketKind.COMMAND, b"\x0f")),
        (UPLOAD_FEATURES, Packet(PacketKind.COMMAND, b"\x08\x01")),
        (ACKNOWLEDGED, Packet(PacketKind.ACKNOWLEDGE, b"\x00")),
    ],
    ids=["read parameters", "upload features", "acknowledged"],
)
def test_captured_bytes_are_read_and_written_alike(captured: bytes, packet: Packet) -> None:
    assert packet_stream().feed(captured) == [packet]
    assert packet.encode() == captured


def test_the_parameters_of_a_real_sensor_are_read_and_written_alike() -> None:
    (packet,) = packet_stream().feed(PARAMETERS)

    parameters = SensorParameters.decode(packet.content[1:])

    assert parameters == SensorParameters(
        status=0,
        system_id=0,
        library_size=80,
        security_level=3,
        address=0xFFFFFFFF,
        packet_bytes=128,
        baud=115_200,
    )
    assert parameters.encode() == packet.content[1:]


def test_a_packet_size_that_no_sensor_has_is_an_error() -> None:
    with pytest.raises(ValueError, match="packet code 4"):
        SensorParameters.decode(bytes.fromhex("0000 0000 0050 0003 FFFFFFFF 0004 000C"))


def test_the_address_is_reported_because_the_sum_does_not_cover_it() -> None:
    foreign = bytes.fromhex("EF01 FFFFFFFE 07 0003 00 000A")

    (packet,) = packet_stream().feed(foreign)

    assert packet.address == 0xFFFFFFFE


@pytest.mark.parametrize(
    "impossible",
    [
        bytes.fromhex("EF01 FFFFFFFF 07 0003 00 000B"),
        bytes.fromhex("EF01 FFFFFFFF 03 0003 00 0006"),
        bytes.fromhex("EF01 FFFFFFFF 07 0001 0008"),
        bytes.fromhex("EF01 FFFFFFFF 07 0103") + bytes(MAX_CONTENT_BYTES + 1) + bytes.fromhex("000B"),
    ],
    ids=["wrong sum", "unknown kind", "length below its own sum", "longer than any sensor sends"],
)
def test_what_no_sensor_sends_is_dropped_counted_and_does_not_hide_what_follows(impossible: bytes) -> None:
    decoder = packet_stream()

    packets = decoder.feed(impossible + ACKNOWLEDGED)

    assert packets == [Packet(PacketKind.ACKNOWLEDGE, b"\x00")]
    assert decoder.dropped_bytes == len(impossible)


def test_a_header_without_end_holds_back_no_more_than_one_packet() -> None:
    endless = bytes.fromhex("EF01 FFFFFFFF 02 0102") + bytes([7]) * (MAX_PACKET_BYTES - 9)

    assert packet_stream().feed(endless + ACKNOWLEDGED) == [Packet(PacketKind.ACKNOWLEDGE, b"\x00")]


def test_a_forgotten_beginning_does_not_swallow_the_next_packet() -> None:
    decoder = packet_stream()
    decoder.feed(PARAMETERS[:20])

    decoder.forget()

    assert decoder.feed(ACKNOWLEDGED) == [Packet(PacketKind.ACKNOWLEDGE, b"\x00")]
    assert decoder.dropped_bytes == 20


def test_data_is_cut_into_packets_of_which_only_the_last_is_marked() -> None:
    packets = list(data_packets(bytes(range(70)), 32))

    assert [(packet.kind, len(packet.content)) for packet in packets] == [
        (PacketKind.DATA, 32),
        (PacketKind.DATA, 32),
        (PacketKind.LAST_DATA, 6),
    ]
    assert b"".join(packet.content for packet in packets) == bytes(range(70))


def test_the_upper_four_bits_of_a_byte_are_the_left_pixel() -> None:
    assert unpack_pixels(bytes([0x0F, 0x1A])).tolist() == [0, 255, 17, 170]


def test_a_packed_image_keeps_the_upper_four_bits_of_each_pixel() -> None:
    pixels = np.array([[0x12, 0xFF], [0x80, 0x7F]], np.uint8)

    assert pack_pixels(pixels) == bytes([0x1F, 0x87])


def test_a_packet_does_not_show_its_content() -> None:
    assert "content" not in repr(Packet(PacketKind.DATA, b"ridges"))
