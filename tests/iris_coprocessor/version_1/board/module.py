"""The iris module's program: answers the terminal, and goes dark when the terminal falls silent.

The watchdog starts with the first packet of a terminal: at a bench without one, the program can be
interrupted for as long as copying a new one takes.
"""

import struct
from time import sleep_ms, ticks_diff, ticks_ms

import protocol
from lease import Lease
from machine import UART, WDT, Pin, reset_cause, unique_id
from outputs import Outputs

BAUD = 115200
WATCHDOG_MS = 3000  # longer than the lease, so that a lapse is told rather than reset
READ_AT_MOST = 64
PAUSE_MS = 50  # within a packet; a longer one ends it, so that half a packet never swallows the next


class Module:
    """One module on one line."""

    def __init__(self, uart: UART) -> None:
        self._uart = uart
        self._decoder = protocol.Decoder()
        self._heard_ms = ticks_ms()
        self._outputs = Outputs()
        self._lease = Lease()
        self._watchdog: WDT | None = None
        self._answers = {
            protocol.HELLO: self._hello,
            protocol.PING: self._ping,
            protocol.STATUS: self._status,
            protocol.LAMP: self._lamp,
        }

    def run(self) -> None:
        """Say who this is, then serve for ever; dark when interrupted."""
        self._send(protocol.HELLO, 0, self._identity())
        try:
            while True:
                self.step()
        finally:
            self._outputs.darken()

    def step(self) -> None:
        """Answer what has arrived, then see to lease and watchdog."""
        for command, sequence, payload in self._decoder.feed(self._heard()):
            self._renew()
            self._answer(command, sequence, payload)
        if self._lease.has_just_lapsed():
            self._outputs.darken()
        if self._watchdog is not None:
            self._watchdog.feed()
        sleep_ms(1)

    def _heard(self) -> bytes:
        data = self._uart.read(READ_AT_MOST) or b""
        if data:
            self._heard_ms = ticks_ms()
        elif ticks_diff(ticks_ms(), self._heard_ms) > PAUSE_MS:
            self._decoder.forget()
        return data

    def _renew(self) -> None:
        self._lease.renew()
        if self._watchdog is None:
            self._watchdog = WDT(timeout=WATCHDOG_MS)

    def _answer(self, command: int, sequence: int, payload: bytes) -> None:
        answer = self._answers.get(command)
        if answer is None:
            self._refuse(command, sequence, protocol.UNKNOWN_COMMAND)
            return
        content = answer(payload)
        if content is None:
            self._refuse(command, sequence, protocol.IMPOSSIBLE_PAYLOAD)
        else:
            self._send(command, sequence, content)

    def _hello(self, payload: bytes) -> bytes | None:
        return None if payload else self._identity()

    def _ping(self, payload: bytes) -> bytes | None:
        return payload

    def _status(self, payload: bytes) -> bytes | None:
        if payload:
            return None
        return struct.pack(">BHH", self._outputs.bits(), self._lease.left_ms(), self._lease.lapses)

    def _lamp(self, payload: bytes) -> bytes | None:
        if payload not in (b"\x00", b"\x01"):
            return None
        self._outputs.show_lamp(payload == b"\x01")
        return b""

    def _identity(self) -> bytes:
        return struct.pack(">BB8s", protocol.VERSION, reset_cause(), unique_id())

    def _refuse(self, command: int, sequence: int, reason: int) -> None:
        self._send(protocol.REFUSED, sequence, bytes((command, reason)))

    def _send(self, command: int, sequence: int, payload: bytes) -> None:
        self._uart.write(protocol.encode(command | protocol.ANSWER, sequence, payload))


def run() -> None:
    """Serve the terminal on the first UART: pins 0 and 1 of the board."""
    Module(UART(0, baudrate=BAUD, tx=Pin(0), rx=Pin(1))).run()
