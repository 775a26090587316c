"""The line to the terminal: whole packets in, packets out; greetings of version 1 are answered here."""

from time import ticks_diff, ticks_ms

import earlier
from machine import UART, reset_cause, unique_id
from protocol import Decoder, Packet

READ_AT_MOST = 64
PAUSE_MS = 50  # within a packet; a longer one ends it, so that half a packet never swallows the next


class Link:
    """One UART. packet: to be filled in place by whoever sends often."""

    def __init__(self, uart: UART) -> None:
        self.packet = Packet()
        self._uart = uart
        self._decoder = Decoder()
        self._earlier = earlier.EarlierGreeting()
        self._heard_ms = ticks_ms()
        self._events = 0

    def heard(self) -> list[bytes]:
        """The bodies of the packets that have become whole."""
        data = self._uart.read(READ_AT_MOST) or b""
        if data:
            self._heard_ms = ticks_ms()
            self._greet_earlier(data)
        elif ticks_diff(ticks_ms(), self._heard_ms) > PAUSE_MS:
            self._decoder.forget()
        return self._decoder.feed(data)

    def answer(self, kind: int, sequence: int, payload: bytes) -> None:
        """Send one packet."""
        self._uart.write(self.packet.holding(kind, sequence, payload))

    def event(self, kind: int, payload: bytes) -> None:
        """Send one event; events count themselves, so that a lost one is noticed."""
        self._events = self._events + 1 & 0xFF
        self.answer(kind, self._events, payload)

    def event_in_place(self, kind: int, length: int) -> None:
        """Send an event whose payload lies in `packet` already."""
        self._events = self._events + 1 & 0xFF
        self._uart.write(self.packet.wire(kind, self._events, length))

    def flush(self) -> None:
        """Wait until everything has gone."""
        self._uart.flush()

    def _greet_earlier(self, data: bytes) -> None:
        sequence = self._earlier.sequence_in(data)
        if sequence >= 0:
            self._uart.write(earlier.answer(sequence, reset_cause(), unique_id()))
