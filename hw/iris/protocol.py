"""The wire between the terminal and the iris module, version 2, without I/O.

One packet is COBS(body + CRC) and then 00; no 00 is inside. Empty packets are nothing. The body:

    offset  bytes  field
    0       1      version of the protocol: 2
    1       1      type
    2       1      sequence number; an answer carries that of its question
    3       n      payload, at most 200 bytes, numbers little-endian
    3 + n   2      CRC-16/CCITT-FALSE of everything before it, big-endian (polynomial 1021, initial FFFF)

    01 HELLO       81: program 3 bytes, hardware 1, serial 8, capabilities 2, LEDs 1, mW/sr of one 2,
                       longest on-time in us 2, largest duty in thousandths 2, nearest distance in mm 2;
                       also unasked, once, at start-up, with sequence number 0
    02 STATUS      82: state 1, faults 2, distance in mm 2 (FFFF none), its age in ms 2, tenths of a degree 2,
                       dose in thousandths of its limit 2, strobes 4, ms since start 4
    10 ARM         session 4, frames a second 1, on-time in us 2, lines 1, pattern 1 (0 both, 1 alternate,
                   2 every fourth dark), frames 2, most seconds 1
    11 DISARM      nothing
    12 SET_ON_US   on-time in us 2
    13 UNLOCK      nothing; needs the service button
    30 TIMESYNC    us of the terminal 8; B0: the same 8, us of the module at receipt 8, and at answering 8
    31 HEARTBEAT   nothing
    3F SELFTEST    BF: for each line ok 1, mA 2, photodiode 2; one-shot in us 2, distance sensor ok 1;
                   it lights: in FAULT it needs the service button
    40 BEGIN       bytes of the bundle 4
    41 BLOCK       number 2, up to 128 bytes
    42 VERIFY      CRC-32 of the bundle 4
    43 ACTIVATE    nothing; the module starts anew
    7F ACK         answers all others: sequence 1, type 1, code 1
    A0 STROBE      index 2, us of the module 8, on-time in us 2, lines 1, distance in mm 2, sigma in mm 1,
                   dose in thousandths of its limit 2
    A1 DISTANCE    mm 2, status 1, signal 2
    A2 FAULT       faults 2, detail 4

A packet whose CRC is wrong is not answered; one of another version is answered by ACK 1, but HELLO as always.
A question that comes again, with the same sequence number, is answered again and not executed again.
What a module says (7F, types from 80 on) is not answered. Light goes on for 500 ms after a new question of
this version: HELLO does not count, nor does one that comes again.
`firmware/iris_coprocessor/protocol.py` is the same for the module; golden bytes keep them together.
"""

from dataclasses import dataclass, field
from enum import IntEnum

from hw.iris.framing import BodyStream, crc16, framed

VERSION = 2
HEAD_BYTES = 3
LARGEST_PAYLOAD_BYTES = 200
LARGEST_PACKET_BYTES = HEAD_BYTES + LARGEST_PAYLOAD_BYTES + 2 + 2
ANSWER = 0x80
STARTED_SEQUENCE = 0
SEQUENCES = 255  # 1 to 255; 0 belongs to start-up
BLOCK_BYTES = 128


class Kind(IntEnum):
    """Types of packets: what the terminal asks, and what the module says."""

    HELLO = 0x01
    STATUS = 0x02
    ARM = 0x10
    DISARM = 0x11
    SET_ON_US = 0x12
    UNLOCK = 0x13
    TIMESYNC = 0x30
    HEARTBEAT = 0x31
    SELFTEST = 0x3F
    UPDATE_BEGIN = 0x40
    UPDATE_BLOCK = 0x41
    UPDATE_VERIFY = 0x42
    UPDATE_ACTIVATE = 0x43
    ACK = 0x7F
    STROBE = 0xA0
    DISTANCE = 0xA1
    FAULT = 0xA2


OWN_ANSWERS = frozenset({Kind.HELLO, Kind.STATUS, Kind.TIMESYNC, Kind.SELFTEST})
EVENTS = frozenset({Kind.STROBE, Kind.DISTANCE, Kind.FAULT})


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet; payload is at most LARGEST_PAYLOAD_BYTES long."""

    kind: int
    sequence: int
    payload: bytes = field(default=b"", repr=False)
    version: int = VERSION

    def encode(self) -> bytes:
        """The packet as it goes over the wire."""
        return framed(bytes([self.version, self.kind, self.sequence]) + self.payload)


class Packets:
    """A decoder of arriving bytes; holds less than LARGEST_PACKET_BYTES between calls."""

    def __init__(self) -> None:
        self._bodies = BodyStream(LARGEST_PACKET_BYTES)

    def feed(self, data: bytes) -> list[Packet]:
        """The packets that `data` completes, of any version."""
        return [
            Packet(body[1], body[2], body[HEAD_BYTES:], body[0])
            for body in self._bodies.feed(data)
            if len(body) >= HEAD_BYTES
        ]

    def forget(self) -> None:
        """Drop a packet that has begun."""
        self._bodies.forget()

    @property
    def dropped_bytes(self) -> int:
        """How many bytes belonged to no whole packet."""
        return self._bodies.dropped_bytes


# A module of version 1 hears A5, length, type, sequence, CRC, and answers so; nothing else of it is spoken.
_EARLIER_HELLO = b"\x00\x01\x01"
_EARLIER_IDENTITY = b"\xa5\x0a\x81"
_EARLIER_IDENTITY_BYTES = 16


def earlier_hello() -> bytes:
    """The greeting that a module of version 1 understands."""
    return b"\xa5" + _EARLIER_HELLO + crc16(_EARLIER_HELLO).to_bytes(2, "big")


def earlier_version_in(data: bytes) -> int | None:
    """The version that a module of version 1 names at start-up or when greeted; None when it is not heard."""
    at = data.find(_EARLIER_IDENTITY)
    packet = data[at : at + _EARLIER_IDENTITY_BYTES] if at >= 0 else b""
    if len(packet) < _EARLIER_IDENTITY_BYTES or crc16(packet[1:-2]).to_bytes(2, "big") != packet[-2:]:
        return None
    return packet[4]
