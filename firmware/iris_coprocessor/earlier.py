"""The greeting of version 1, whose packets were A5, length, type, sequence, payload, CRC.

A terminal of that version hears which version this is, and says so, instead of silence. No more is served.
"""

from protocol import ANSWER, HELLO, VERSION, crc16

GREETING = b"\xa5\x00\x01"
GREETING_BYTES = 6


class EarlierGreeting:
    """Looks for it in all that arrives."""

    def __init__(self) -> None:
        self._tail = b""

    def sequence_in(self, data: bytes) -> int:
        """The sequence number of a greeting that `data` completes; -1 when there is none."""
        held = self._tail + data
        self._tail = held[-(GREETING_BYTES - 1) :]
        at = held.find(GREETING)
        if at < 0 or len(held) < at + GREETING_BYTES:
            return -1
        packet = held[at : at + GREETING_BYTES]
        is_whole = crc16(packet[1:], 3) == packet[4] << 8 | packet[5]
        return packet[3] if is_whole else -1


def answer(sequence: int, reset_cause: int, serial: bytes) -> bytes:
    """What version 1 understands: its identity packet, with the version of now."""
    body = bytes((2 + len(serial), HELLO | ANSWER, sequence, VERSION, reset_cause)) + serial
    crc = crc16(body, len(body))
    return b"\xa5" + body + bytes((crc >> 8, crc & 0xFF))
