"""Questions to an EF01 sensor and their answers; what went wrong on the wire is asked again."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from typing import TypeVar

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.conversation import Conversation, Reply
from hw.fingerprint.faults import SensorRefused, SensorSilent, UploadDamaged
from hw.fingerprint.intake import Intake
from hw.fingerprint.protocol import PacketKind

T = TypeVar("T")

COMMAND_ATTEMPTS = 2
UPLOAD_ATTEMPTS = 3

_DATA = frozenset({PacketKind.DATA, PacketKind.LAST_DATA})


class UploadGivenUp(Exception):
    """Whoever watches an upload wants no more of it."""


class Exchange:
    """The forms that a transaction takes."""

    def __init__(self, talk: Conversation) -> None:
        self.talk = talk

    async def ask(
        self,
        instruction: Instruction,
        arguments: bytes = b"",
        *,
        result_bytes: int = 0,
        attempts: int = COMMAND_ATTEMPTS,
    ) -> Reply:
        """The answer to a question; `attempts` is 1 for one that does harm when it is asked twice."""

        async def once() -> Reply:
            async with self.talk.transaction(self.talk.reply_timeout_s) as deadline_s:
                await self.talk.send(instruction, arguments)
                return await self.talk.reply(deadline_s, result_bytes)

        return await _persist(once, attempts)

    async def fetch(self, instruction: Instruction, intake: Intake, arguments: bytes = b"") -> bool:
        """Let the data that follow the answer flow into `intake`; asked again when they come damaged.

        False when `intake` gave them up: the next transaction then lets the line run dry first.
        """

        async def once() -> bool:
            limit_s = self.talk.reply_timeout_s + self.talk.data_s(intake.limit_bytes)
            async with self.talk.transaction(limit_s) as deadline_s:
                await self.talk.send(instruction, arguments)
                reply = await self.talk.reply(deadline_s, 0)
                if reply.confirmation == Confirmation.OK:
                    await self._flow(deadline_s, intake)
                    return True
            raise SensorRefused(reply.confirmation, instruction)

        try:
            return await _persist(once, UPLOAD_ATTEMPTS)
        except UploadGivenUp:
            return False

    async def deliver(self, instruction: Instruction, content: bytes, arguments: bytes = b"") -> Reply:
        """Send data to the sensor once it has agreed; the answer is its agreement.

        No sensor acknowledges the data themselves, so the next transaction makes sure that it listens again.
        """

        async def once() -> Reply:
            async with self.talk.transaction(self.talk.reply_timeout_s) as deadline_s:
                await self.talk.send(instruction, arguments)
                reply = await self.talk.reply(deadline_s, 0)
                if reply.confirmation == Confirmation.OK:
                    await self.talk.send_data(content)
            return reply

        reply = await _persist(once, COMMAND_ATTEMPTS)
        self.talk.unsettle()
        return reply

    async def follow(
        self, instruction: Instruction, arguments: bytes, *, ends: Callable[[Reply], bool], limit_s: float
    ) -> AsyncGenerator[Reply]:
        """Each step that the sensor reports, to a refusal or to the one that `ends`.

        Whoever stops listening before, or is cancelled, interrupts the sensor.
        """
        is_over = False
        async with self.talk.transaction(limit_s) as deadline_s:
            try:
                await self.talk.send(instruction, arguments)
                while not is_over:
                    reply = await self.talk.reply(deadline_s, None)
                    is_over = reply.confirmation != Confirmation.OK or ends(reply)
                    yield reply
            finally:
                if not is_over:
                    await self.interrupt()

    async def rename(self, instruction: Instruction, arguments: bytes, address: int) -> Reply:
        """The answer to a question from the new address that the question gives."""
        before = self.talk.address
        try:
            async with self.talk.transaction(self.talk.reply_timeout_s) as deadline_s:
                await self.talk.send(instruction, arguments)
                self.talk.address = address
                return await self.talk.reply(deadline_s, 0)
        except SensorSilent:
            self.talk.address = before
            raise

    async def interrupt(self) -> None:
        """Tell the sensor to stop, and do not wait for what it says to that."""
        self.talk.unsettle()
        await self.talk.send(Instruction.CANCEL)

    async def _flow(self, deadline_s: float, intake: Intake) -> None:
        """The content of all data packets up to the last one, into `intake`."""
        intake.begin(self.talk.packet_bytes)
        dropped_before = self.talk.dropped_bytes
        is_last = False
        while not is_last:
            packet = await self.talk.packet(min(deadline_s, self.talk.patience_s()))
            if packet.kind in _DATA and not intake.take(packet.content):
                raise UploadGivenUp
            is_last = packet.kind is PacketKind.LAST_DATA
        intake.end(stray_bytes=self.talk.dropped_bytes - dropped_before)


async def _persist(transaction: Callable[[], Awaitable[T]], attempts: int) -> T:
    """The result of `transaction`, tried again after silence and damage."""
    for _ in range(attempts - 1):
        try:
            return await transaction()
        except (SensorSilent, UploadDamaged):
            continue
    return await transaction()
