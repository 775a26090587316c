"""One sensor of a visit: what it is reading, and whether it is there at all."""

import asyncio
from dataclasses import dataclass

from firmware.capture.attempts import NobodyThere
from firmware.capture.finger_tries import FingerTries, Look
from firmware.capture.fingers import FingerCapture, Held, Seen
from firmware.clock import Clock
from firmware.visit.capturing import DialogueGuide
from firmware.visit.dialogue import Dialogue
from firmware.visit.recovery import RECOVERY_LIMIT_S, bring_back
from hw.faults import DeviceFault


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A finger whose image is under way; begun_s: when it was asked for."""

    tries: FingerTries
    begun_s: float
    task: asyncio.Task[Seen]


class FingerLane:
    """Holds and reads with one sensor, one image at a time.

    must_clear: the next finger may only come when the plate was seen empty. is_away: it stays broken.
    """

    def __init__(self, capture: FingerCapture, dialogue: Dialogue, clock: Clock) -> None:
        self.reading: Reading | None = None
        self.must_clear = False
        self._capture = capture
        self._dialogue = dialogue
        self._clock = clock
        self.is_away = self._is_broken = False

    async def hold(self, *, takes_anything: bool) -> Held | Look | NobodyThere:
        """Wait until the sensor holds a finger; DeviceFault once it fails, and again when it stays away."""
        if self._is_broken:
            await self._bring_back()
        guide = DialogueGuide(self._dialogue)
        try:
            held = await self._capture.hold(guide, must_clear=self.must_clear, takes_anything=takes_anything)
        except DeviceFault:
            self._is_broken = True
            raise
        self.must_clear = False
        return held

    def begin(self, tries: FingerTries, held: Held, begun_s: float) -> None:
        """Read the image that is held, while the person goes on."""
        work = self._capture.read(held, tries.position, tries.number, is_last_try=tries.is_last_try)
        self.reading = Reading(tries, begun_s, asyncio.create_task(work))

    async def has_read(self) -> None:
        """Wait until the image under way is judged, or is lost."""
        if self.reading is not None:
            await asyncio.wait({self.reading.task})

    def end(self, reading: Reading) -> Seen | DeviceFault:
        """What became of an image that was under way."""
        self.reading = None
        try:
            return reading.task.result()
        except DeviceFault as fault:
            self._is_broken = True
            return fault

    async def stop(self) -> None:
        """Give up what is under way."""
        if self.reading is not None:
            self.reading.task.cancel()
            await asyncio.gather(self.reading.task, return_exceptions=True)
        self.reading = None
        await self._capture.rest()

    async def _bring_back(self) -> None:
        """A sensor that stayed away once is asked for once more only: nobody waits for each finger."""
        limit_s = 0.0 if self.is_away else RECOVERY_LIMIT_S
        try:
            await bring_back(self._dialogue, self._clock, self._capture.reopen, limit_s)
        except DeviceFault:
            self.is_away = True
            raise
        self.is_away = self._is_broken = False
