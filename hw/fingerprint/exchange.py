"""Questions to an EF01 sensor and their answers, over a line that may lose, change or delay any byte."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from hw.fingerprint.answers import PACKET_SIZES, SensorParameters
from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.faults import ImageDamaged, SensorRefused, SensorSilent
from hw.fingerprint.intake import Intake
from hw.fingerprint.protocol import (
    DEFAULT_ADDRESS,
    MAX_PACKET_BYTES,
    PACKET_OVERHEAD_BYTES,
    Packet,
    PacketKind,
    command,
    packet_stream,
)
from hw.wire.line import ByteLine

T = TypeVar("T")

REPLY_TIMEOUT_S = 1.0  # slowest answer: 0.59 s for an exposure with a finger (measured, FPM10A)
COMMAND_ATTEMPTS = 2
UPLOAD_ATTEMPTS = 3
BITS_PER_BYTE = 10  # 8N1: start and stop bit around each byte
PAUSES = 1.15  # users of R307 report 5 to 15 % more than the wire's own time

_DATA = frozenset({PacketKind.DATA, PacketKind.LAST_DATA})


class UploadGivenUp(Exception):
    """Whoever watches an upload wants no more of it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An acknowledgement: confirmation as in protocol.Confirmation, or a code unknown to it."""

    confirmation: int
    results: bytes = field(repr=False)


class Exchange:
    """One transaction at a time, each with one deadline.

    Acknowledgements do not say which question they answer. So after anything but a clean end (silence,
    damage, cancellation, a lost line) the next transaction first lets the line run dry, and then asks for
    the system parameters: their answer cannot be mistaken, and all late ones come before it.
    """

    def __init__(
        self,
        line: ByteLine,
        *,
        baud: int,
        longest_data_bytes: int,
        address: int = DEFAULT_ADDRESS,
        reply_timeout_s: float = REPLY_TIMEOUT_S,
    ) -> None:
        self._line = line
        self._byte_s = BITS_PER_BYTE / baud
        self._longest_data_s = self._data_s(longest_data_bytes)
        self._address = address
        self._reply_timeout_s = reply_timeout_s
        self._decoder = packet_stream()
        self._arrived: deque[Packet] = deque()
        self._is_settled = True

    def unsettle(self) -> None:
        """Expect anything on the line, as after power-up."""
        self._is_settled = False

    async def ask(self, instruction: Instruction, arguments: bytes = b"", *, result_bytes: int = 0) -> Reply:
        """The answer to a question that does no harm when it is asked twice."""

        async def once() -> Reply:
            async with self._transaction(self._reply_timeout_s) as deadline_s:
                await self._send(instruction, arguments)
                return await self._reply(deadline_s, result_bytes)

        return await _persist(once, COMMAND_ATTEMPTS)

    async def fetch(self, instruction: Instruction, intake: Intake, arguments: bytes = b"") -> bool:
        """Let the data that follow the answer flow into `intake`; asked again when they come damaged.

        False when `intake` gave them up: the next transaction then lets the line run dry first.
        """

        async def once() -> bool:
            limit_s = self._reply_timeout_s + self._data_s(intake.limit_bytes)
            async with self._transaction(limit_s) as deadline_s:
                await self._send(instruction, arguments)
                reply = await self._reply(deadline_s, 0)
                if reply.confirmation == Confirmation.OK:
                    await self._flow(deadline_s, intake)
                    return True
            raise SensorRefused(reply.confirmation, instruction)

        try:
            return await _persist(once, UPLOAD_ATTEMPTS)
        except UploadGivenUp:
            return False

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    @asynccontextmanager
    async def _transaction(self, limit_s: float) -> AsyncGenerator[float]:
        """Begin on a settled line; yields the deadline in loop time."""
        if not self._is_settled:
            await self._settle()
        self._is_settled = False
        self._forget()
        yield asyncio.get_running_loop().time() + limit_s
        self._is_settled = True

    async def _settle(self) -> None:
        """Let the line run dry, then ask what no late answer can be taken for."""
        await self._drain()
        self._forget()
        deadline_s = asyncio.get_running_loop().time() + self._reply_timeout_s
        await self._send(Instruction.READ_PARAMETERS)
        while not _is_echo(await self._reply(deadline_s, SensorParameters.ENCODED_BYTES)):
            pass

    async def _drain(self) -> None:
        """Read until the line is quiet for two packets' time; SensorSilent when it never is."""
        loop = asyncio.get_running_loop()
        deadline_s = loop.time() + self._longest_data_s
        while await self._line.read_some(timeout_s=2 * MAX_PACKET_BYTES * self._byte_s):
            if loop.time() > deadline_s:
                raise SensorSilent

    def _data_s(self, size_bytes: int) -> float:
        """Time that so much data may take: in the smallest packets, and with the pauses of a slow sensor."""
        packets = -(-size_bytes // PACKET_SIZES[0])
        return (size_bytes + packets * PACKET_OVERHEAD_BYTES) * self._byte_s * PAUSES

    def _forget(self) -> None:
        """Let nothing that has arrived answer the next question."""
        self._line.discard_input()
        self._decoder.forget()
        self._arrived.clear()

    async def _send(self, instruction: Instruction, arguments: bytes = b"") -> None:
        packet = command(instruction, arguments, self._address)
        try:
            await self._line.write(packet.encode(), timeout_s=self._reply_timeout_s)
        except TimeoutError as error:
            raise SensorSilent from error

    async def _reply(self, deadline_s: float, result_bytes: int) -> Reply:
        """The next acknowledgement that fits; stale data and stale answers of another length are dropped."""
        while True:
            packet = await self._packet(deadline_s)
            if packet.kind is not PacketKind.ACKNOWLEDGE or not packet.content:
                continue
            reply = Reply(packet.content[0], packet.content[1:])
            if reply.confirmation == Confirmation.COMMAND_DAMAGED:
                raise SensorSilent  # it heard noise instead of the question, which is asked again
            if reply.confirmation != Confirmation.OK or len(reply.results) == result_bytes:
                return reply

    async def _flow(self, deadline_s: float, intake: Intake) -> None:
        """The content of all data packets up to the last one, into `intake`."""
        intake.begin()
        is_last = False
        while not is_last:
            packet = await self._packet(deadline_s)
            if packet.kind in _DATA and not intake.take(packet.content):
                raise UploadGivenUp
            is_last = packet.kind is PacketKind.LAST_DATA
        intake.end()

    async def _packet(self, deadline_s: float) -> Packet:
        """The next packet from this sensor; SensorSilent at the deadline."""
        loop = asyncio.get_running_loop()
        while not self._arrived:
            left_s = deadline_s - loop.time()
            data = await self._line.read_some(timeout_s=left_s) if left_s > 0 else b""
            if not data:
                raise SensorSilent
            packets = self._decoder.feed(data)
            self._arrived.extend(packet for packet in packets if packet.address == self._address)
        return self._arrived.popleft()


def _is_echo(reply: Reply) -> bool:
    """Whether only the question of `_settle` can have this answer."""
    return (
        len(reply.results) == SensorParameters.ENCODED_BYTES
        or reply.confirmation == Confirmation.PASSWORD_NEEDED
    )


async def _persist(transaction: Callable[[], Awaitable[T]], attempts: int) -> T:
    """The result of `transaction`, tried again after silence and damage."""
    for _ in range(attempts - 1):
        try:
            return await transaction()
        except (SensorSilent, ImageDamaged):
            continue
    return await transaction()
