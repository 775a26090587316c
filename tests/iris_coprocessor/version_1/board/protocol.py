"""The wire between the terminal and the iris module, without I/O; MicroPython.

One packet:

    offset  bytes  field
    0       1      A5
    1       1      length of the payload, at most 48
    2       1      command; an answer is its command with bit 7 set
    3       1      sequence number; an answer carries that of its question, the packet of start-up 0
    4       n      payload, numbers big-endian
    4 + n   2      CRC-16/CCITT-FALSE of offsets 1 to 3 + n, big-endian (polynomial 1021, initial FFFF)

Commands of the terminal, and what answers them:

    01 HELLO    no payload     81: protocol version, cause of the last reset, 8 bytes of unique number;
                               also sent unasked, once, at start-up
    02 PING     any payload    82: the same payload
    03 STATUS   no payload     83: outputs (bit 0 lamp, bit 1 light), milliseconds left of the lease (2),
                               how often a lease ran out (2)
    04 LAMP     0 or 1         84: no payload; the lamp shows it while the lease lasts
    anything else              FF: the command, the reason (1 unknown command, 2 impossible payload)

A packet whose CRC is wrong is not answered. `hw/iris/protocol.py` is the same for the terminal.
"""

from micropython import const

VERSION = const(1)
MARK = const(0xA5)
LARGEST_PAYLOAD = const(48)
OVERHEAD = const(6)

HELLO = const(0x01)
PING = const(0x02)
STATUS = const(0x03)
LAMP = const(0x04)
ANSWER = const(0x80)
REFUSED = const(0x7F)  # its answer is FF

UNKNOWN_COMMAND = const(1)
IMPOSSIBLE_PAYLOAD = const(2)


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE; 0x29B1 for b"123456789"."""
    crc = 0xFFFF
    for byte in data:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return crc


def encode(command: int, sequence: int, payload: bytes = b"") -> bytes:
    """One packet as it goes over the wire."""
    body = bytes((len(payload), command, sequence)) + payload
    crc = crc16(body)
    return bytes((MARK,)) + body + bytes((crc >> 8, crc & 0xFF))


class Decoder:
    """Finds whole packets in arriving bytes; after damage the search goes on one byte later."""

    def __init__(self) -> None:
        self._held = b""

    def feed(self, data: bytes) -> list[tuple[int, int, bytes]]:
        """Command, sequence and payload of each packet that `data` completes."""
        held = self._held + data
        packets: list[tuple[int, int, bytes]] = []
        at = 0
        while at + 1 < len(held):
            end = at + OVERHEAD + held[at + 1]
            if held[at] != MARK or held[at + 1] > LARGEST_PAYLOAD:
                at += 1
            elif end > len(held):
                break
            elif crc16(held[at + 1 : end - 2]) != held[end - 2] << 8 | held[end - 1]:
                at += 1
            else:
                packets.append((held[at + 2], held[at + 3], held[at + 4 : end - 2]))
                at = end
        self._held = held[at:]
        return packets

    def forget(self) -> None:
        """Drop a packet that has begun."""
        self._held = b""
