"""Driver of the iris module."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from tests.iris_coprocessor.version_1.terminal.faults import ModuleForeign, ModuleRefused, ModuleSilent
from tests.iris_coprocessor.version_1.terminal.protocol import (
    ANSWER,
    REFUSED,
    STARTED_SEQUENCE,
    VERSION,
    Command,
    Identity,
    ModuleStatus,
    Packet,
    packet_stream,
)
from hw.wire.line import ByteLine

T = TypeVar("T")

BAUD = 115_200
REPLY_TIMEOUT_S = 0.25  # the longest packet takes 5 ms each way, a step of the program 1 ms
ATTEMPTS = 3
_SEQUENCES = 255  # 1 to 255; 0 belongs to start-up


class IrisModule:
    """A module that is asked one thing at a time; every command may be asked twice without harm."""

    def __init__(self, line: ByteLine) -> None:
        self._line = line
        self._decoder = packet_stream()
        self._sequence = 0

    async def hello(self) -> Identity:
        """Who the module is; ModuleForeign when it speaks another version."""
        return _known(await self._ask(Command.HELLO, Identity.decode))

    async def started(self, timeout_s: float) -> Identity:
        """Wait until the module starts and says so; ModuleSilent when it does not."""
        started = Packet(Command.HELLO | ANSWER, STARTED_SEQUENCE)
        try:
            return _known(Identity.decode(await self._answer(started, timeout_s)))
        except ValueError as error:
            raise ModuleRefused(Command.HELLO) from error

    async def ping(self, payload: bytes = b"") -> bool:
        """Whether `payload` comes back as it went."""
        return await self._ask(Command.PING, bytes, payload) == payload

    async def status(self) -> ModuleStatus:
        """What the module does now."""
        return await self._ask(Command.STATUS, ModuleStatus.decode)

    async def show_lamp(self, *, is_on: bool) -> None:
        """Switch the module's lamp, which goes dark by itself when the terminal falls silent."""
        await self._ask(Command.LAMP, bytes, bytes([is_on]))

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    async def _ask(self, command: Command, decode: Callable[[bytes], T], payload: bytes = b"") -> T:
        """The answer, asked for up to ATTEMPTS times."""
        for _ in range(ATTEMPTS):
            self._sequence = self._sequence % _SEQUENCES + 1
            try:
                return decode(await self._asked_once(Packet(command, self._sequence, payload)))
            except ModuleSilent:
                continue
            except ValueError as error:
                raise ModuleRefused(command) from error
        raise ModuleSilent

    async def _asked_once(self, question: Packet) -> bytes:
        self._decoder.forget()
        try:
            await self._line.write(question.encode(), timeout_s=REPLY_TIMEOUT_S)
        except TimeoutError as error:
            raise ModuleSilent from error
        return await self._answer(Packet(question.command | ANSWER, question.sequence), REPLY_TIMEOUT_S)

    async def _answer(self, expected: Packet, timeout_s: float) -> bytes:
        """The payload of the answer with the command and sequence of `expected`; others are dropped."""
        loop = asyncio.get_running_loop()
        deadline_s = loop.time() + timeout_s
        while (left_s := deadline_s - loop.time()) > 0:
            for packet in self._decoder.feed(await self._line.read_some(timeout_s=left_s)):
                if packet.sequence != expected.sequence:
                    continue
                if packet.command == REFUSED:
                    raise ModuleRefused(expected.command & ~ANSWER)
                if packet.command == expected.command:
                    return packet.payload
        raise ModuleSilent


def _known(identity: Identity) -> Identity:
    if identity.protocol_version != VERSION:
        raise ModuleForeign(identity.protocol_version)
    return identity
