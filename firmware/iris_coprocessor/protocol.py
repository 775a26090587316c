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
                       also unasked, once, at start-up
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
`hw/iris/protocol.py` is the same for the terminal.
"""

from array import array

VERSION = 2
LARGEST_PAYLOAD = 200
HEAD = 3
LARGEST_BODY = HEAD + LARGEST_PAYLOAD + 2
LARGEST_PACKET = LARGEST_BODY + 2

HELLO, STATUS = 0x01, 0x02
ARM, DISARM, SET_ON_US, UNLOCK = 0x10, 0x11, 0x12, 0x13
TIMESYNC, HEARTBEAT, SELFTEST = 0x30, 0x31, 0x3F
BEGIN, BLOCK, VERIFY, ACTIVATE = 0x40, 0x41, 0x42, 0x43
ANSWER = 0x80
ACK = 0x7F
EVT_STROBE, EVT_DISTANCE, EVT_FAULT = 0xA0, 0xA1, 0xA2

SUCCESS, WRONG_VERSION, RANGE, IN_PROGRESS, FAIL, TOO_HOT, UNSUPPORTED, WRONG_STATE, FORBIDDEN = range(9)


def _crc_of(byte: int) -> int:
    crc = byte << 8
    for _ in range(8):
        crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


_CRCS = array("H", bytes(512))
for _byte in range(256):
    _CRCS[_byte] = _crc_of(_byte)


def crc16(data: bytes | bytearray | memoryview, length: int) -> int:
    """CRC-16/CCITT-FALSE of the first `length` bytes; 0x29B1 for b"123456789"."""
    crc = 0xFFFF
    for at in range(length):
        crc = (crc << 8 & 0xFFFF) ^ _CRCS[crc >> 8 ^ data[at]]
    return crc


class Packet:
    """One packet in buffers that are used again, so that a strobe's costs the heap next to nothing."""

    def __init__(self) -> None:
        self.body = bytearray(LARGEST_BODY)
        self.body[0] = VERSION
        self._wire = bytearray(LARGEST_PACKET + 1)
        self._view = memoryview(self._wire)

    def wire(self, kind: int, sequence: int, length: int) -> memoryview:
        """What goes over the wire when the payload has so many bytes, an empty packet before it."""
        self.body[1], self.body[2] = kind, sequence
        end = HEAD + length
        crc = crc16(self.body, end)
        self.body[end], self.body[end + 1] = crc >> 8, crc & 0xFF
        return self._view[: self._stuff(end + 2)]

    def holding(self, kind: int, sequence: int, payload: bytes) -> memoryview:
        """The same for a payload given whole."""
        self.body[HEAD : HEAD + len(payload)] = payload
        return self.wire(kind, sequence, len(payload))

    def _stuff(self, length: int) -> int:
        """COBS; a body is shorter than 254 bytes, so each run's length fits into its byte."""
        wire, mark = self._wire, 1
        for at in range(length):
            byte = self.body[at]
            wire[at + 2] = byte
            if byte == 0:
                wire[mark] = at + 2 - mark
                mark = at + 2
        wire[mark] = length + 2 - mark
        wire[length + 2] = 0
        return length + 3


def unstuffed(wire: bytes) -> bytes | None:
    """The body of one packet without its closing 00, its CRC verified and cut off; None if damaged."""
    body = bytearray()
    at = 0
    while at < len(wire):
        end = at + wire[at]
        if end > len(wire):
            return None
        if at:
            body.append(0)
        body.extend(wire[at + 1 : end])
        at = end
    length = len(body) - 2
    if length < HEAD or crc16(body, length) != body[length] << 8 | body[length + 1]:
        return None
    return bytes(body[:length])


class Decoder:
    """Finds whole packets in arriving bytes, and holds at most one that has begun."""

    def __init__(self) -> None:
        self._held = bytearray()

    def feed(self, data: bytes) -> list[bytes]:
        """The body of each packet that `data` completes."""
        bodies: list[bytes] = []
        for byte in data:
            if byte:
                if len(self._held) <= LARGEST_PACKET:  # what is longer is dropped at its end
                    self._held.append(byte)
                continue
            body = unstuffed(bytes(self._held)) if self._held else None
            if body is not None:
                bodies.append(body)
            self._held = bytearray()
        return bodies

    def forget(self) -> None:
        """Drop a packet that has begun."""
        self._held = bytearray()
