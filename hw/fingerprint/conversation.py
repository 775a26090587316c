"""One transaction at a time with an EF01 sensor, over a line that may lose, change or delay any byte."""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from hw.fingerprint.answers import PACKET_SIZES, SensorParameters
from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.faults import SensorSilent
from hw.fingerprint.protocol import (
    DEFAULT_ADDRESS,
    MAX_PACKET_BYTES,
    PACKET_OVERHEAD_BYTES,
    Packet,
    PacketKind,
    command,
    data_packets,
)
from hw.fingerprint.runs import joining_packet_stream
from hw.wire.line import ByteLine

REPLY_TIMEOUT_S = 1.0  # slowest answer: 0.59 s for an exposure with a finger (measured, FPM10A)
BITS_PER_BYTE = 10  # 8N1: start and stop bit around each byte
PAUSES = 1.15  # users of R307 report 5 to 15 % more than the wire's own time


@dataclass(frozen=True, slots=True)
class Reply:
    """An acknowledgement: confirmation as in codes.Confirmation, or a code unknown to it."""

    confirmation: int
    results: bytes = field(repr=False)


class Conversation:
    """Packets both ways, each transaction with one deadline.

    Acknowledgements do not say which question they answer. So after anything but a clean end (silence,
    damage, cancellation, a lost line) the next transaction first lets the line run dry, and then asks for
    the system parameters: their answer cannot be mistaken, and all late ones come before it.

    address: of the sensor that is spoken to. packet_bytes: content of a data packet that it expects.
    baud: at which the line is, or will be set.
    longest_data_bytes: what the longest upload holds; a line that is noisy for longer is no sensor's.
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
        self.address = address
        self.reply_timeout_s = reply_timeout_s
        self.packet_bytes = PACKET_SIZES[0]  # the smallest, until the sensor has told: any sensor takes it
        self._line = line
        self._baud = baud
        self._longest_data_bytes = longest_data_bytes
        self._decoder = joining_packet_stream()
        self._strange_bytes = 0  # in packets with another address
        self._arrived: deque[Packet] = deque()
        self._is_settled = True
        self._sent_until_s = 0.0  # loop time by which the last data sent have left the line

    @property
    def baud(self) -> int:
        """Speed at which the sensor is spoken to."""
        return self._baud

    @property
    def dropped_bytes(self) -> int:
        """How many bytes have come that are no packet of this sensor; only differences tell something."""
        return self._decoder.dropped_bytes + self._strange_bytes

    def set_baud(self, baud: int) -> None:
        """Speak at `baud` from now on; ValueError when the line has no such speed."""
        self._line.set_baud(baud)
        self._baud = baud
        self._is_settled = False

    def unsettle(self) -> None:
        """Expect anything on the line, as after power-up."""
        self._is_settled = False

    def close(self) -> None:
        """Give the line back."""
        self._line.close()

    def patience_s(self) -> float:
        """Until when, in loop time, the next packet of an upload may be late."""
        return asyncio.get_running_loop().time() + self.reply_timeout_s

    def data_s(self, size_bytes: int) -> float:
        """Time that so much data may take: in the smallest packets, and with the pauses of a slow sensor."""
        packets = -(-size_bytes // PACKET_SIZES[0])
        return (size_bytes + packets * PACKET_OVERHEAD_BYTES) * self._byte_s * PAUSES

    @asynccontextmanager
    async def transaction(self, limit_s: float) -> AsyncGenerator[float]:
        """Begin on a settled line; yields the deadline in loop time."""
        if not self._is_settled:
            await self.settle(self.reply_timeout_s)
        self._is_settled = False
        self._forget()
        yield asyncio.get_running_loop().time() + limit_s
        self._is_settled = True

    async def settle(self, limit_s: float) -> Reply:
        """Let the line run dry, then ask what no late answer can be taken for, and wait for it so long."""
        await self._drain()
        self._forget()
        deadline_s = max(asyncio.get_running_loop().time(), self._sent_until_s) + limit_s
        await self.send(Instruction.READ_PARAMETERS)
        while not _is_echo(reply := await self.reply(deadline_s, SensorParameters.ENCODED_BYTES)):
            pass
        self._is_settled = True
        return reply

    async def send(self, instruction: Instruction, arguments: bytes = b"") -> None:
        """Send a command; SensorSilent when the line does not take it."""
        await self._write(command(instruction, arguments, self.address).encode(), 0.0)

    async def send_data(self, content: bytes) -> None:
        """Send data packets; SensorSilent when the line does not take them."""
        packets = data_packets(content, self.packet_bytes, self.address)
        data = b"".join(packet.encode() for packet in packets)
        taken_s = self.data_s(len(content))
        self._sent_until_s = asyncio.get_running_loop().time() + taken_s
        await self._write(data, taken_s)

    async def reply(self, deadline_s: float, result_bytes: int | None) -> Reply:
        """The next acknowledgement that fits; stale data and stale answers of another length are dropped.

        result_bytes: of a confirmed answer; None takes any.
        """
        while True:
            packet = await self.packet(deadline_s)
            if packet.kind is not PacketKind.ACKNOWLEDGE or not packet.content:
                continue
            reply = Reply(packet.content[0], packet.content[1:])
            if reply.confirmation == Confirmation.COMMAND_DAMAGED:
                raise SensorSilent  # it heard noise instead of the question, which is asked again
            if reply.confirmation != Confirmation.OK or result_bytes in {None, len(reply.results)}:
                return reply

    async def packet(self, deadline_s: float) -> Packet:
        """The next packet from this sensor; SensorSilent at the deadline."""
        loop = asyncio.get_running_loop()
        while not self._arrived:
            left_s = deadline_s - loop.time()
            data = await self._line.read_some(timeout_s=left_s) if left_s > 0 else b""
            if not data:
                raise SensorSilent
            for packet in self._decoder.feed(data):
                self._sort(packet)
        return self._arrived.popleft()

    def _sort(self, packet: Packet) -> None:
        if packet.address == self.address:
            self._arrived.append(packet)
        else:
            self._strange_bytes += PACKET_OVERHEAD_BYTES + len(packet.content)

    @property
    def _byte_s(self) -> float:
        return BITS_PER_BYTE / self._baud

    async def _drain(self) -> None:
        """Read until the line is quiet for two packets' time; SensorSilent when it never is."""
        loop = asyncio.get_running_loop()
        deadline_s = loop.time() + self.data_s(self._longest_data_bytes)
        while await self._line.read_some(timeout_s=2 * MAX_PACKET_BYTES * self._byte_s):
            if loop.time() > deadline_s:
                raise SensorSilent

    def _forget(self) -> None:
        """Let nothing that has arrived answer the next question."""
        self._line.discard_input()
        self._decoder.forget()
        self._arrived.clear()

    async def _write(self, data: bytes, more_s: float) -> None:
        try:
            await self._line.write(data, timeout_s=self.reply_timeout_s + more_s)
        except TimeoutError as error:
            raise SensorSilent from error


def _is_echo(reply: Reply) -> bool:
    """Whether only the question of `settle` can have this answer."""
    return (
        len(reply.results) == SensorParameters.ENCODED_BYTES
        or reply.confirmation == Confirmation.PASSWORD_NEEDED
    )
