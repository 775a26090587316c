"""Questions and answers on the iris module's line, one at a time, and what it says unasked in between."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from hw.faults import DeviceFault
from hw.iris.faults import ModuleForeign, ModuleRefused, ModuleSilent
from hw.iris.messages import acknowledged
from hw.iris.protocol import (
    ANSWER,
    EVENTS,
    OWN_ANSWERS,
    SEQUENCES,
    STARTED_SEQUENCE,
    VERSION,
    Kind,
    Packet,
    Packets,
    earlier_hello,
    earlier_version_in,
)
from hw.wire.line import ByteLine

HEARD_AT_MOST_BYTES = 64  # kept to find the answer of an earlier version in
PUMP_S = 60.0


@dataclass(frozen=True, slots=True)
class Patience:
    """How long an answer may take, and how often a question is asked. Repeats are answered, not executed."""

    reply_s: float = 0.1  # 2 ms on the wire, 3 ms behind a strobe, 5 ms in the module [unverified]
    attempts: int = 5

    def slower(self, reply_s: float) -> "Patience":
        """The same for a command that takes longer."""
        return Patience(max(reply_s, self.reply_s), self.attempts)


@dataclass(slots=True)
class _Question:
    """The one that waits for its answer."""

    packet: Packet
    answer: "asyncio.Future[Packet]"

    def is_answered_by(self, packet: Packet) -> bool:
        """Whether that packet answers it, for itself or by an acknowledgement."""
        if packet.sequence != self.packet.sequence:
            return False
        own = self.packet.kind | ANSWER if self.packet.kind in OWN_ANSWERS else None
        return packet.kind in (own, Kind.ACK)


class Conversation:
    """One line. told: is given each packet that the module sends unasked."""

    def __init__(self, line: ByteLine, told: Callable[[Packet], None], patience: Patience) -> None:
        self.patience = patience
        self._line = line
        self._told = told
        self._packets = Packets()
        self._sequence = 0
        self._turn = asyncio.Lock()
        self._question: _Question | None = None
        self._is_pumped = False
        self._heard = b""

    async def ask(self, kind: Kind, payload: bytes = b"", patience: Patience | None = None) -> Packet:
        """What answers; ModuleSilent when nothing does, ModuleForeign when that is of another version."""
        patience = patience or self.patience
        async with self._turn:
            self._sequence = self._sequence % SEQUENCES + 1
            question = Packet(kind, self._sequence, payload)
            for _ in range(patience.attempts):
                answer = await self._asked_once(question, patience.reply_s)
                if answer is not None:
                    return _known(answer)
        raise ModuleSilent

    async def pump(self) -> None:
        """Hear what comes, for ever; meanwhile questions need not listen themselves."""
        async with self._turn:
            self._is_pumped = True
        try:
            while True:
                self._take(await self._line.read_some(timeout_s=PUMP_S))
        except DeviceFault as fault:
            if self._question is not None and not self._question.answer.done():
                self._question.answer.set_exception(fault)
            raise
        finally:
            self._is_pumped = False

    async def started(self, timeout_s: float) -> Packet:
        """Wait for the packet of start-up; ModuleSilent when it does not come."""
        async with self._turn:
            started = await self._answer_to(Packet(Kind.HELLO, STARTED_SEQUENCE), timeout_s)
        if started is None:
            raise ModuleSilent
        return _known(started)

    async def greet_earlier(self) -> None:
        """Say hello to a module of version 1, which hears nothing else; ModuleForeign when it is one."""
        async with self._turn:
            await self._write(earlier_hello(), self.patience.reply_s)
            await self._answer_to(Packet(Kind.HELLO, STARTED_SEQUENCE), self.patience.reply_s)

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    async def _asked_once(self, question: Packet, timeout_s: float) -> Packet | None:
        """The answer, or None when it does not come in time."""
        if not self._is_pumped:
            self._packets.forget()
        await self._write(b"\0" + question.encode(), timeout_s)  # ends a packet that lost its own end
        return await self._answer_to(question, timeout_s)

    async def _write(self, data: bytes, timeout_s: float) -> None:
        try:
            await self._line.write(data, timeout_s=timeout_s)
        except TimeoutError as error:
            raise ModuleSilent from error

    async def _answer_to(self, packet: Packet, timeout_s: float) -> Packet | None:
        loop = asyncio.get_running_loop()
        question = self._question = _Question(packet, loop.create_future())
        deadline_s = loop.time() + timeout_s
        try:
            while not question.answer.done() and (left_s := deadline_s - loop.time()) > 0:
                if self._is_pumped:
                    await asyncio.wait([question.answer], timeout=left_s)
                else:
                    self._take(await self._line.read_some(timeout_s=left_s))
            return question.answer.result() if question.answer.done() else None
        finally:
            self._question = None

    def _take(self, data: bytes) -> None:
        self._heard = (self._heard + data)[-HEARD_AT_MOST_BYTES:]
        if (version := earlier_version_in(self._heard)) is not None:
            self._heard = b""
            raise ModuleForeign(version)
        for packet in self._packets.feed(data):
            question = self._question
            if question is not None and not question.answer.done() and question.is_answered_by(packet):
                question.answer.set_result(packet)
            elif packet.kind in EVENTS or packet.sequence == STARTED_SEQUENCE:
                self._told(packet)


def _known(packet: Packet) -> Packet:
    if packet.version != VERSION:
        raise ModuleForeign(packet.version)
    if packet.kind != Kind.ACK:
        return packet
    try:
        acknowledged(packet.payload)
    except ValueError as error:
        raise ModuleRefused(packet.kind) from error
    return packet
