"""A serial line inside the process: whole packets at the port's speed, damaged and unplugged at will."""

import asyncio
import math
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from hw.wire.line import LineLost
from simulator.damage import Chunk, Damage, intact
from simulator.uart import BITS_PER_BYTE, heard

HAND_OVER_S = 0.1  # not woken for each packet, a reader costs 4 ms an image instead of 14 (measured)


class Twin(Protocol):
    """A device at the other end of a line."""

    @property
    def baud(self) -> int:
        """The speed at which it talks and hears now."""
        ...

    def receive(self, data: bytes) -> Iterable[Chunk]:
        """What the device sends after `data` has reached it; each delay counts from the chunk before.

        Each chunk goes at the speed that the device has when it is taken.
        """
        ...

    def power_on(self) -> Chunk:
        """Power comes; the device listens after the chunk's delay, and says then what the chunk holds."""
        ...

    def power_off(self) -> None:
        """Power is gone."""
        ...


@dataclass(slots=True)
class Pace:
    """When bytes have passed over one direction of a line. free_s: when all have that are under way."""

    free_s: float = 0.0

    def passed_s(self, now_s: float, chunk: Chunk, baud: int) -> float:
        """When the last byte of `chunk` arrives at that speed, given what is still under way."""
        begin_s = max(now_s, self.free_s) + chunk.delay_s
        self.free_s = begin_s + len(chunk.data) * BITS_PER_BYTE / baud
        return self.free_s


class DirectLine:
    """A ByteLine to a twin, for one reader; use it under virtual time.

    baud: the reader's speed; what one end sends at another speed than the other end's arrives as garbage.
    damage befalls what the twin sends, request_damage what it is sent; both may be changed at any time.
    """

    def __init__(
        self,
        twin: Twin,
        baud: int,
        damage: Damage = intact,
        request_damage: Damage = intact,
    ) -> None:
        self.damage: Damage = damage
        self.request_damage: Damage = request_damage
        self._twin = twin
        self._baud = baud
        self._out = Pace()
        self._in = Pace()
        self._arriving: deque[tuple[float, bytes, int]] = deque()  # when it has passed, data, speed
        self._heard = b""
        self._listens_from_s = 0.0
        self._is_plugged = True
        self._is_closed = False
        self._wake: Callable[[], None] = _nobody

    def unplug(self) -> None:
        """Pull the cable: the twin loses power, the reader its line."""
        self._is_plugged = False
        self._in = Pace()
        self._arriving.clear()
        self._heard = b""
        self._twin.power_off()
        self._wake()

    def plug(self) -> None:
        """Put the cable back."""
        self._is_plugged = True
        self.wake_up(self._twin.power_on())

    def wake_up(self, first_words: Chunk) -> None:
        """The twin has got power just now: it listens after the chunk's delay."""
        self._listens_from_s = _now_s() + first_words.delay_s
        said_s = Pace().passed_s(_now_s(), first_words, self._twin.baud)
        self._arriving.append((said_s, first_words.data, self._twin.baud))
        self._wake()

    def say(self, data: bytes) -> None:
        """Bytes appear on the line that nobody asked for."""
        if self._is_plugged and not self._is_closed:
            self._arrive(Chunk(data))

    def set_baud(self, baud: int) -> None:
        """The reader's speed from the next byte on."""
        self._check()
        self._heard = self._passed(_now_s())
        self._baud = baud

    async def write(self, data: bytes, *, timeout_s: float) -> None:
        """Send `data` on its way; a twin hears it when its bits have passed and it has no more to say."""
        del timeout_s  # a line in the process always takes the bytes
        self._check()
        chunk = self.request_damage(Chunk(data))
        passed_s = self._out.passed_s(max(_now_s(), self._in.free_s), chunk, self._baud)
        asyncio.get_running_loop().call_at(passed_s, self._deliver, chunk.data, self._baud)

    async def read_some(self, *, timeout_s: float) -> bytes:
        """The packets that have passed the line by now, else those that pass next."""
        deadline_s = _now_s() + timeout_s
        while True:
            self._check()
            now_s = _now_s()
            data = self._passed(now_s)
            if data or now_s >= deadline_s:
                return data
            await self._sleep_until(min(self._next_hand_over_s(now_s), deadline_s))

    def discard_input(self) -> None:
        """Forget what has passed the line."""
        self._check()
        self._passed(_now_s())

    def close(self) -> None:
        """Give the line back; the twin keeps its power."""
        self._is_closed = True
        self._arriving.clear()
        self._wake()

    def _check(self) -> None:
        if self._is_closed or not self._is_plugged:
            raise LineLost("to the twin")

    def _deliver(self, data: bytes, baud: int) -> None:
        if not self._is_plugged or self._is_closed or _now_s() < self._listens_from_s:
            return
        for reply in self._twin.receive(heard(data, baud, self._twin.baud)):
            self._arrive(self.damage(reply))

    def _arrive(self, chunk: Chunk) -> None:
        """Send a chunk on its way to the reader."""
        baud = self._twin.baud
        self._arriving.append((self._in.passed_s(_now_s(), chunk, baud), chunk.data, baud))
        self._wake()

    def _next_hand_over_s(self, now_s: float) -> float:
        """When the reader is woken next; never later than the last packet passes."""
        if not self._arriving:
            return math.inf
        first_s, last_s = self._arriving[0][0], self._arriving[-1][0]
        return max(first_s, min(last_s, now_s + HAND_OVER_S))

    def _passed(self, now_s: float) -> bytes:
        """What has passed the line by now and was not read."""
        passed = [self._heard]
        self._heard = b""
        while self._arriving and self._arriving[0][0] <= now_s:
            _, data, baud = self._arriving.popleft()
            passed.append(heard(data, baud, self._baud))
        return b"".join(passed)

    async def _sleep_until(self, when_s: float) -> None:
        """Wait for a moment, or for anything that changes before."""
        loop = asyncio.get_running_loop()
        woken = loop.create_future()

        def wake() -> None:
            if not woken.done():
                woken.set_result(None)

        self._wake = wake
        timer = loop.call_at(when_s, wake)
        try:
            await woken
        finally:
            timer.cancel()
            self._wake = _nobody


def _now_s() -> float:
    return asyncio.get_running_loop().time()


def _nobody() -> None:
    pass
