"""Driver of the iris module."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from hw.faults import DeviceFault
from hw.iris.attended import attended
from hw.iris.conversation import Conversation, Patience
from hw.iris.faults import ModuleBroken, ModuleRefused, ModuleRestarted, ModuleSilent
from hw.iris.lit_session import LitSession
from hw.iris.messages import (
    LATCHING,
    Arming,
    Code,
    Identity,
    ModuleStatus,
    SelfTest,
    State,
    Times,
    acknowledged,
)
from hw.iris.protocol import STARTED_SEQUENCE, Kind, Packet
from hw.iris.time_sync import Exchange
from hw.wire.line import ByteLine

T = TypeVar("T")

BAUD = 115_200
SELF_TEST_S = 1.0  # it takes 0.3
HEARTBEAT_S = 0.15  # the module goes dark after 0.5 without
SYNC_S = 2.0
SYNCS_AT_START = 5
REST_S = 1.5  # how long a module that rests after a session is asked again
REST_STEP_S = 0.1
_FOR_NOW = frozenset({Code.FORBIDDEN, Code.OVER_TEMPERATURE})


class IrisModule:
    """A hw.iris.light.IrisLight on a line of its own."""

    def __init__(self, line: ByteLine, patience: Patience | None = None) -> None:
        self._conversation = Conversation(line, self._told, patience or Patience())
        self._lit: LitSession | None = None
        self._has_restarted = asyncio.Event()

    async def hello(self) -> Identity:
        """Who the module is; ModuleForeign when it speaks another version."""
        try:
            return await self._answered(Kind.HELLO, Identity.decode)
        except ModuleSilent:
            await self._conversation.greet_earlier()
            raise

    async def started(self, timeout_s: float) -> Identity:
        """Wait until the module starts and says so; ModuleSilent when it does not."""
        packet = await self._conversation.started(timeout_s)
        return _decoded(packet, Kind.HELLO, Identity.decode)

    async def status(self) -> ModuleStatus:
        """What the module does now."""
        return await self._answered(Kind.STATUS, ModuleStatus.decode)

    async def self_test(self) -> SelfTest:
        """Let it light each line and try its one-shot; ModuleRefused when it is busy."""
        patience = self._conversation.patience.slower(SELF_TEST_S)
        return await self._answered(Kind.SELFTEST, SelfTest.decode, patience=patience)

    async def unlock(self) -> None:
        """Leave FAULT while somebody holds the service button; ModuleRefused without."""
        await self.do(Kind.UNLOCK)

    async def heartbeat(self) -> None:
        """Say that the terminal is alive; each time anew, since to the module a repeat does not say so."""
        once = Patience(self._conversation.patience.reply_s, 1)
        for left in reversed(range(self._conversation.patience.attempts)):
            try:
                await self.do(Kind.HEARTBEAT, patience=once)
            except ModuleSilent:
                if not left:
                    raise
            else:
                return

    async def exchange(self) -> Exchange:
        """Compare the clocks once. Asked once only: a repeat would get the stamps of the first answer."""
        loop = asyncio.get_running_loop()
        once = Patience(self._conversation.patience.reply_s, 1)
        asked_us = round(loop.time() * 1e6)
        packet = await self._conversation.ask(Kind.TIMESYNC, asked_us.to_bytes(8, "little"), once)
        return Exchange(_decoded(packet, Kind.TIMESYNC, Times.decode), loop.time())

    async def do(self, kind: Kind, payload: bytes = b"", patience: Patience | None = None) -> None:
        """Command something; ModuleRefused with the module's code when it will not."""
        code = await self.code_of(kind, payload, patience)
        if code is not Code.SUCCESS:
            raise ModuleRefused(kind, code)

    async def code_of(self, kind: Kind, payload: bytes = b"", patience: Patience | None = None) -> Code:
        """What the module says to a command."""
        packet = await self._conversation.ask(kind, payload, patience)
        return _decoded(packet, Kind.ACK, acknowledged)[2]

    @asynccontextmanager
    async def armed(self, arming: Arming) -> AsyncGenerator[LitSession]:
        """Light inside this context, dark after it; see hw.iris.light.IrisLight."""
        lit = self._lit = LitSession(self._set_on_us)
        self._has_restarted.clear()
        try:
            await self._synchronise(lit, SYNCS_AT_START)
            await self._arm(arming, lit)
            async with attended(self._conversation.pump, lambda: self._attend(lit), self._restart):
                yield lit
        finally:
            self._lit = None
            with suppress(DeviceFault):  # the module goes dark by itself then
                await self._conversation.ask(Kind.DISARM)

    def close(self) -> None:
        """Give the line back."""
        self._conversation.close()

    async def _arm(self, arming: Arming, lit: LitSession) -> None:
        code = await self._armed_code(arming)
        if code in _FOR_NOW:
            await self._explain(lit)
        elif code is not Code.SUCCESS:
            raise ModuleRefused(Kind.ARM, code)

    async def _armed_code(self, arming: Arming) -> Code:
        """Ask again while it rests."""
        loop = asyncio.get_running_loop()
        end_s = loop.time() + REST_S
        while True:
            code = await self.code_of(Kind.ARM, arming.encode())
            if code is not Code.IN_PROGRESS or loop.time() >= end_s:
                return code
            await asyncio.sleep(REST_STEP_S)

    async def _explain(self, lit: LitSession) -> None:
        status = await self.status()
        if status.state is State.FAULT or status.faults & LATCHING:
            raise ModuleBroken(status.faults)
        lit.end(status.faults)
        if not lit.ended():
            raise ModuleRefused(Kind.ARM, Code.FORBIDDEN)

    async def _attend(self, lit: LitSession) -> None:
        """Heartbeats, and from time to time a look at both clocks, which is one too."""
        loop = asyncio.get_running_loop()
        sync_at_s = loop.time() + SYNC_S
        while True:
            if loop.time() >= sync_at_s:
                await self._synchronise(lit, 1)
                sync_at_s = loop.time() + SYNC_S
            else:
                await self.heartbeat()
            await asyncio.sleep(HEARTBEAT_S)

    async def _synchronise(self, lit: LitSession, times: int) -> None:
        """Compare the clocks so often; one that is lost is not missed, all of them are."""
        for left in reversed(range(times * self._conversation.patience.attempts)):
            try:
                lit.compare(await self.exchange())
            except ModuleSilent:
                if not left:
                    raise
            else:
                times -= 1
                if not times:
                    return

    async def _restart(self) -> None:
        await self._has_restarted.wait()
        raise ModuleRestarted

    async def _set_on_us(self, on_us: int) -> bool:
        return await self.code_of(Kind.SET_ON_US, on_us.to_bytes(2, "little")) is Code.SUCCESS

    async def _answered(
        self, kind: Kind, decode: Callable[[bytes], T], patience: Patience | None = None
    ) -> T:
        packet = await self._conversation.ask(kind, patience=patience)
        if packet.kind == Kind.ACK:
            raise ModuleRefused(kind, acknowledged(packet.payload)[2])
        return _decoded(packet, kind, decode)

    def _told(self, packet: Packet) -> None:
        if packet.sequence == STARTED_SEQUENCE and packet.kind not in _EVENTS:
            self._has_restarted.set()
        elif self._lit is not None:
            with suppress(ValueError):  # an event of a later program; what counts is asked for
                self._lit.take(packet)


_EVENTS = frozenset({Kind.STROBE, Kind.DISTANCE, Kind.FAULT})


def _decoded(packet: Packet, kind: Kind, decode: Callable[[bytes], T]) -> T:
    try:
        return decode(packet.payload)
    except ValueError as error:
        raise ModuleRefused(kind) from error
