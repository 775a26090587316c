"""The wire between the terminal and the iris module, without I/O.

One packet, numbers big-endian:

    offset  bytes  field
    0       1      A5
    1       1      length of the payload, at most 48
    2       1      command; an answer is its command with bit 7 set
    3       1      sequence number; an answer carries that of its question, the packet of start-up 0
    4       n      payload
    4 + n   2      CRC-16/CCITT-FALSE of offsets 1 to 3 + n (polynomial 1021, initial FFFF)

Commands of the terminal, and what answers them:

    01 HELLO    no payload     81: protocol version, cause of the last reset, 8 bytes of unique number;
                               also sent unasked, once, at start-up
    02 PING     any payload    82: the same payload
    03 STATUS   no payload     83: outputs (bit 0 lamp, bit 1 light), milliseconds left of the lease (2),
                               how often a lease ran out (2)
    04 LAMP     0 or 1         84: no payload; the lamp shows it while the lease lasts
    anything else              FF: the command, the reason (1 unknown command, 2 impossible payload)

Every whole packet renews a lease of two seconds; when it runs out, the module goes dark.
`firmware/iris_coprocessor/protocol.py` is the same for the module; golden bytes keep them together.
"""

import struct
from binascii import crc_hqx
from dataclasses import dataclass
from enum import IntEnum
from typing import Self

from hw.wire.packets import Layout, PacketStream

VERSION = 1
MARK = b"\xa5"
LARGEST_PAYLOAD_BYTES = 48
OVERHEAD_BYTES = 6
LARGEST_PACKET_BYTES = LARGEST_PAYLOAD_BYTES + OVERHEAD_BYTES
ANSWER = 0x80
REFUSED = 0xFF
STARTED_SEQUENCE = 0
LEASE_S = 2.0

_IDENTITY = struct.Struct(">BB8s")
_STATUS = struct.Struct(">BHH")
_CRC = struct.Struct(">H")


class Command(IntEnum):
    """What the terminal asks for."""

    HELLO = 0x01
    PING = 0x02
    STATUS = 0x03
    LAMP = 0x04


@dataclass(frozen=True, slots=True)
class Packet:
    """One packet; payload is at most LARGEST_PAYLOAD_BYTES long."""

    command: int
    sequence: int
    payload: bytes = b""

    def encode(self) -> bytes:
        """The packet as it goes over the wire."""
        body = bytes([len(self.payload), self.command, self.sequence]) + self.payload
        return MARK + body + _CRC.pack(_crc16(body))


def _next_mark(stream: bytes, at: int) -> int:
    begin = stream.find(MARK, at)
    return begin if begin >= 0 else len(stream)


def _packet_end(stream: bytes, begin: int) -> int:
    """Where the packet ends that would begin here; `begin` when none can."""
    if begin + 1 >= len(stream):
        return begin + OVERHEAD_BYTES
    length = stream[begin + 1]
    return begin + OVERHEAD_BYTES + length if length <= LARGEST_PAYLOAD_BYTES else begin


def _packet(stream: bytes, begin: int, end: int) -> Packet | None:
    """The packet between two offsets, or None when it is none or its CRC is wrong."""
    body = stream[begin + 1 : end - _CRC.size]
    if begin == end or _CRC.unpack_from(stream, end - _CRC.size)[0] != _crc16(body):
        return None
    return Packet(body[1], body[2], body[3:])


_LAYOUT = Layout(_next_mark, _packet_end, _packet)


def packet_stream() -> PacketStream[Packet]:
    """A decoder of arriving bytes; never holds more than LARGEST_PACKET_BYTES between calls."""
    return PacketStream(_LAYOUT)


def _crc16(data: bytes) -> int:
    return crc_hqx(data, 0xFFFF)


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the module is. reset_cause: on the RP2 1 power, 3 watchdog. unique_number: of the chip, in hex."""

    protocol_version: int
    reset_cause: int
    unique_number: str

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read the answer to HELLO; ValueError when it is none."""
        if len(payload) != _IDENTITY.size:
            raise ValueError(f"an identity of {len(payload)} bytes")
        version, cause, number = _IDENTITY.unpack(payload)
        return cls(version, cause, number.hex())


@dataclass(frozen=True, slots=True)
class ModuleStatus:
    """What the module does now. lapses: how often it went dark because the terminal was silent."""

    lamp_is_on: bool
    light_is_on: bool
    lease_left_s: float
    lapses: int

    @classmethod
    def decode(cls, payload: bytes) -> Self:
        """Read the answer to STATUS; ValueError when it is none."""
        if len(payload) != _STATUS.size:
            raise ValueError(f"a status of {len(payload)} bytes")
        outputs, left_ms, lapses = _STATUS.unpack(payload)
        return cls(bool(outputs & 1), bool(outputs & 2), left_ms / 1000, lapses)
