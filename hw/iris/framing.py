"""Whole packets out of arriving bytes: COBS between zeros, CRC at the end; no I/O.

Not a `hw.wire.packets.PacketStream`: there a damaged packet is searched again from each of its bytes, which
with a CRC of 16 bits would let one in 300 damaged packets through as another.
"""

from binascii import crc_hqx

CRC_BYTES = 2
LONGEST_RUN = 254


def crc16(data: bytes) -> int:
    """CRC-16/CCITT-FALSE; 0x29B1 for b"123456789"."""
    return crc_hqx(data, 0xFFFF)


def framed(body: bytes) -> bytes:
    """A body with its CRC as it goes over the wire, its closing zero included; at most 251 bytes."""
    whole = body + crc16(body).to_bytes(CRC_BYTES, "big")
    if len(whole) >= LONGEST_RUN:
        raise ValueError(f"a body of {len(body)} bytes")
    return b"".join(bytes([len(run) + 1]) + run for run in whole.split(b"\0")) + b"\0"


def unframed(wire: bytes) -> bytes | None:
    """The body between two zeros, its CRC verified and cut off; None when it is damaged."""
    whole = bytearray()
    at = 0
    while at < len(wire):
        end = at + wire[at]
        if end > len(wire):
            return None
        whole += (b"\0" if at else b"") + wire[at + 1 : end]
        at = end
    body, crc = bytes(whole[:-CRC_BYTES]), bytes(whole[-CRC_BYTES:])
    return body if len(whole) > CRC_BYTES and crc16(body).to_bytes(CRC_BYTES, "big") == crc else None


class BodyStream:
    """Holds less than `longest_bytes` between two calls; what belongs to no whole packet is counted."""

    def __init__(self, longest_bytes: int) -> None:
        self._longest_bytes = longest_bytes
        self._held = b""
        self._is_too_long = False
        self.dropped_bytes = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The bodies of the packets that `data` completes."""
        *ended, self._held = (self._held + data).split(b"\0")
        bodies = [body for wire in ended if (body := self._body(wire)) is not None]
        if len(self._held) >= self._longest_bytes:
            self.dropped_bytes += len(self._held)
            self._held = b""
            self._is_too_long = True
        return bodies

    def forget(self) -> None:
        """Drop a packet that has begun."""
        self.dropped_bytes += len(self._held)
        self._held = b""

    def _body(self, wire: bytes) -> bytes | None:
        was_too_long, self._is_too_long = self._is_too_long, False
        body = None if was_too_long or len(wire) >= self._longest_bytes else unframed(wire)
        if body is None and wire:
            self.dropped_bytes += len(wire) + 1
        return body
