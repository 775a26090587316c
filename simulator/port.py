"""A serial port of the simulated world: can be opened again and again, while its cable is in."""

import asyncio
from dataclasses import replace

from hw.wire.line import LineLost
from simulator.damage import Chunk
from simulator.lines import DirectLine, Twin


class SimulatedPort:
    """Hands out lines to one twin; the twin has power while the cable is in."""

    def __init__(self, twin: Twin, baud: int) -> None:
        self._twin = twin
        self._baud = baud
        self._is_plugged = True
        self._line: DirectLine | None = None
        self._first_words = Chunk(b"")
        self._listens_from_s = 0.0

    async def open(self) -> DirectLine:
        """A fresh line; LineLost while the cable is out."""
        if not self._is_plugged:
            raise LineLost("to the twin")
        self._line = DirectLine(self._twin, self._baud)
        boots_s = self._listens_from_s - _now_s()
        if boots_s > 0.0:
            self._line.wake_up(replace(self._first_words, delay_s=boots_s))
        return self._line

    def say(self, data: bytes) -> None:
        """The twin says something unasked; nobody hears it while no line is open."""
        if self._is_plugged and self._line is not None:
            self._line.say(data)

    def unplug(self) -> None:
        """Pull the cable."""
        if self._is_plugged:
            self._is_plugged = False
            (self._line or DirectLine(self._twin, self._baud)).unplug()

    def plug(self) -> None:
        """Put the cable back; a line that was open before stays lost."""
        if not self._is_plugged:
            self._is_plugged = True
            self._first_words = self._twin.power_on()
            self._listens_from_s = _now_s() + self._first_words.delay_s


def _now_s() -> float:
    return asyncio.get_running_loop().time()
