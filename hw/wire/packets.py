"""Whole packets out of bytes that arrive cut and damaged in any way, whatever the protocol; no I/O."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

AnyPacket = TypeVar("AnyPacket")


@dataclass(frozen=True, slots=True)
class Layout(Generic[AnyPacket]):
    """How packets lie in a stream; offsets in bytes.

    next_begin: where a packet, whole or cut, may begin at or after an offset; the stream's end when nowhere.
    end_of: where the packet that would begin there ends at the earliest; the same offset when none can.
    packet: what lies between two offsets; None when it is no packet.
    run: from where a packet begins and where it ends: several packets from there as one, and where they end;
    None when they are to be taken one by one.
    """

    next_begin: Callable[[bytes, int], int]
    end_of: Callable[[bytes, int], int]
    packet: Callable[[bytes, int, int], AnyPacket | None]
    run: Callable[[bytes, int, int], tuple[AnyPacket, int] | None] = lambda _stream, _begin, _end: None


class PacketStream(Generic[AnyPacket]):
    """Turns arriving bytes into the packets that are whole.

    After damage the search goes on one byte later, so the next whole packet is found. Between two calls it
    holds less than the longest packet that `layout` allows.
    """

    def __init__(self, layout: Layout[AnyPacket]) -> None:
        self._layout = layout
        self._held = b""
        self.dropped_bytes = 0

    def feed(self, data: bytes) -> list[AnyPacket]:
        """The packets that `data` completes; what belongs to none is counted in `dropped_bytes`."""
        stream = self._held + data
        packets: list[AnyPacket] = []
        at = 0
        while True:
            begin = self._layout.next_begin(stream, at)
            self.dropped_bytes += begin - at
            end = self._layout.end_of(stream, begin)
            if end > len(stream):
                self._held = stream[begin:]
                return packets
            packet, at = self._layout.run(stream, begin, end) or self._one(stream, begin, end)
            if packet is None:
                self.dropped_bytes += 1
            else:
                packets.append(packet)

    def _one(self, stream: bytes, begin: int, end: int) -> tuple[AnyPacket | None, int]:
        """The packet between two offsets, and where the search goes on."""
        packet = self._layout.packet(stream, begin, end)
        return packet, begin + 1 if packet is None else end

    def forget(self) -> None:
        """Drop a packet that has begun."""
        self.dropped_bytes += len(self._held)
        self._held = b""
