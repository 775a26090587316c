"""A serial port as a ByteLine; the only module that imports pyserial.

pyserial opens, configures and locks the port. Bytes go past it, because its write spins or blocks for
ever before a deaf peer. Opening drops what has arrived before: never rely on a power-up byte.
"""

import asyncio
import os
import termios
from collections.abc import Callable, Generator
from contextlib import contextmanager
from functools import partial

import serial

from hw.wire.line import LineLost

FULL_READ_BYTES = 4095  # the most that a terminal device of Linux gives at once: more may wait
READ_AT_MOST_BYTES = 1 << 16


def open_serial(port: str, baud: int) -> "SerialLine":
    """Open `port` with 8N1 for this process alone; LineLost when it is missing or taken."""
    with _hang_up_is_loss(port):
        # inter_byte_timeout=0 makes the kernel tell "nothing yet" from "hung up" (VMIN=1).
        return SerialLine(serial.Serial(port, baud, exclusive=True, inter_byte_timeout=0), port)


class SerialLine:
    """A hw.wire.line.ByteLine for one reader and one writer; holds no bytes itself."""

    def __init__(self, port: serial.Serial, name: str) -> None:
        self._port = port
        self._name = name
        self._descriptor = port.fileno()
        self._waiting: set[asyncio.Future[None]] = set()
        os.set_blocking(self._descriptor, False)

    async def write(self, data: bytes, *, timeout_s: float) -> None:
        """Hand all of `data` to the line; TimeoutError when it does not take it in time."""
        loop = asyncio.get_running_loop()
        rest = memoryview(data)
        async with asyncio.timeout(timeout_s):
            while rest := rest[self._write_now(rest) :]:
                await self._ready(loop.add_writer, loop.remove_writer)

    async def read_some(self, *, timeout_s: float) -> bytes:
        """At least one byte, or b"" when nothing arrives within `timeout_s`."""
        if data := self._read_now():
            await asyncio.sleep(0)  # whoever never stops talking shall not stop the loop
            return data  # most of an upload waits already, and needs no timer
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout_s):
                while not (data := self._read_now()):
                    await self._ready(loop.add_reader, loop.remove_reader)
                return data
        except TimeoutError:
            return b""

    def set_baud(self, baud: int) -> None:
        """Speak and listen at `baud` from the next byte on; ValueError when the port has no such speed.

        What was written before leaves at the old speed first: the loop waits for it, 2 ms for a command.
        """
        with self._lost_when_hung_up():
            termios.tcdrain(self._descriptor)
            self._port.baudrate = baud

    def discard_input(self) -> None:
        """Forget the bytes that have arrived and were not read."""
        with self._lost_when_hung_up():
            termios.tcflush(self._descriptor, termios.TCIFLUSH)

    def close(self) -> None:
        """Give the port back; closing twice is harmless."""
        for waiter in self._waiting:
            waiter.get_loop().remove_reader(self._descriptor)
            waiter.get_loop().remove_writer(self._descriptor)
            _settle(waiter)
        self._port.close()

    def _read_now(self) -> bytes:
        """All that has arrived, up to READ_AT_MOST_BYTES, or b"" when nothing has.

        Whoever decodes piece by piece takes twice the time for an upload (measured over a pseudo-terminal).
        """
        data = piece = self._piece()
        while len(piece) >= FULL_READ_BYTES and len(data) < READ_AT_MOST_BYTES:
            piece = self._piece()
            data += piece
        return data

    def _piece(self) -> bytes:
        """What the device gives at once, or b"" when nothing has arrived."""
        with self._lost_when_hung_up():
            try:
                data = os.read(self._descriptor, FULL_READ_BYTES)
            except BlockingIOError:
                return b""
        if not data:
            raise LineLost(self._name)
        return data

    def _write_now(self, data: memoryview) -> int:
        """How many bytes the port takes without waiting."""
        with self._lost_when_hung_up():
            try:
                return os.write(self._descriptor, data)
            except BlockingIOError:
                return 0

    async def _ready(
        self, watch: Callable[[int, Callable[[], None]], None], unwatch: Callable[[int], bool]
    ) -> None:
        """Wait until the port can be read or written, or is closed."""
        ready = asyncio.get_running_loop().create_future()
        watch(self._descriptor, partial(_settle, ready))
        self._waiting.add(ready)
        try:
            await ready
        finally:
            self._waiting.discard(ready)
            if self._port.is_open:  # else the number may be another file's by now
                unwatch(self._descriptor)

    @contextmanager
    def _lost_when_hung_up(self) -> Generator[None]:
        if not self._port.is_open:
            raise LineLost(self._name)
        with _hang_up_is_loss(self._name):
            yield


@contextmanager
def _hang_up_is_loss(name: str) -> Generator[None]:
    """All the ways in which an operating system and pyserial say that a port is gone."""
    try:
        yield
    except (OSError, termios.error) as error:  # SerialException is an OSError
        raise LineLost(name) from error


def _settle(ready: "asyncio.Future[None]") -> None:
    if not ready.done():
        ready.set_result(None)
