"""All fingers of a visit: each is asked for, held by its sensor, and read while the next one is asked for."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from firmware.capture.attempts import NobodyThere
from firmware.capture.finger_judge import FingerJudge, Judgement
from firmware.capture.finger_tries import FingerTries, Look, Turn
from firmware.capture.fingers import FingerCapture, Held, Seen
from firmware.capture.policy.finger_loop import FingerLoop
from firmware.capture.stopping import StoppingRule
from firmware.clock import Clock
from firmware.records.samples import Artefact, DeviceWarning, ExceptionReason, FingerPosition, Hand
from firmware.screen.view import Answer, AnswerKind
from firmware.visit.attendants import Attendant, FindAttendant
from firmware.visit.calling import attendant_looks
from firmware.visit.dialogue import Dialogue
from firmware.visit.finger_lane import FingerLane, Reading
from firmware.visit.finger_prompt import FingerPrompt, Progress
from firmware.visit.finger_queue import FingerQueue
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FingerStation:
    """Where fingers are taken. captures: the sensor of each hand, which may be the same one.

    threshold: the score that a finger must reach.
    """

    captures: Mapping[Hand, FingerCapture]
    judge: FingerJudge
    threshold: Callable[[FingerPosition], int]
    loop: FingerLoop
    stopping: StoppingRule

    def close(self) -> None:
        """Forget the fingers, and give the sensors back."""
        self.judge.forget_all()
        for capture in self.captures.values():
            capture.close()


@dataclass(frozen=True, slots=True)
class Tray:
    """Where artefacts go, and how far everything has come."""

    keep: Callable[[Artefact], Awaitable[None]]
    progress: Progress


class FingerDesk:
    """Takes fingers for one visit, and remembers what was tried with each.

    A finger is asked for when its sensor is idle, else in the plan's order. One that fails all its tries
    is offered once more when the others are done; then its best image is kept, or the reason for none.
    """

    def __init__(
        self,
        dialogue: Dialogue,
        station: FingerStation,
        clock: Clock,
        tray: Tray,
        tries: int,
        find: FindAttendant,
    ) -> None:
        self._dialogue = dialogue
        self._judge = station.judge
        self._loop = station.loop
        self._clock = clock
        self._tray = tray
        self._find = find
        self._calls_left = station.loop.calls_limit
        self._prompt = FingerPrompt(dialogue, tray.progress)
        self._queue = FingerQueue(
            lambda position: FingerTries(
                position, station.threshold(position), tries, station.loop, station.stopping
            )
        )
        lanes = {capture: FingerLane(capture, dialogue, clock) for capture in station.captures.values()}
        self._lanes = {hand: lanes[capture] for hand, capture in station.captures.items()}

    async def take(self, positions: Iterable[FingerPosition]) -> None:
        """Take those fingers, or take them anew; every one ends as an artefact in the tray."""
        asked = tuple(positions)
        for position in asked:
            self._queue.ask_for(position)
        self._prompt.forget()
        try:
            while self._queue or self._readings():
                await self._step()
            if (doubt := self._judge.doubt) is not None:
                await self._doubt_all(doubt)
        finally:
            for lane in self._lanes.values():
                await lane.stop()

    async def _step(self) -> None:
        """Ask for one finger, or wait for the last images; then see what came of those read meanwhile."""
        tries = self._queue.next(lambda each: self._lane(each).reading is None)
        if tries is not None:
            await self._ask(tries)
        else:
            self._prompt.tell("finger_lift", self._read())
            await self._one_is_read()
        for lane, reading in self._readings():
            if reading.task.done():
                await self._settle(lane, reading)

    async def _ask(self, tries: FingerTries) -> None:
        lane, begun_s = self._lane(tries), self._clock.elapsed_s()
        self._prompt.ask(tries, self._read())
        match await self._dialogue.unless_said(self._presented(tries, lane), AnswerKind.CANNOT_GIVE):
            case Answer() as answer:
                await self._end(tries, ExceptionReason(answer.value))
            case Held() as held:
                self._queue.leave(tries)
                lane.begin(tries, held, begun_s)
                await self._hand_over(lane)
            case Look() as look:
                await self._follow(tries, self._note(tries, look, begun_s))
            case NobodyThere():
                await self._dialogue.confirm_presence()
                await self._follow(tries, tries.was_not_given())
            case DeviceFault() as fault:
                await self._broke(tries, fault)
            case None:
                pass

    async def _hand_over(self, lane: FingerLane) -> None:
        """Go on with the next finger, or where one thing is asked for at a time, wait for this one."""
        if not self._loop.prompts_ahead:
            self._prompt.tell("finger_reading", self._read())
            await lane.has_read()
            lane.must_clear = True

    async def _settle(self, lane: FingerLane, reading: Reading) -> None:
        """See what came of an image."""
        tries = reading.tries
        match lane.end(reading):
            case DeviceFault() as fault:
                self._queue.put_first(tries)
                await self._broke(tries, fault)
            case Seen(look, judgement):
                turn = self._note(tries, look, reading.begun_s)
                self._remember(tries, look, judgement)
                await self._follow(tries, turn)

    def _remember(self, tries: FingerTries, look: Look, judgement: Judgement | None) -> None:
        """Know an accepted finger again; one whose images are in doubt is forgotten."""
        if tries.best is None:
            self._judge.forget(tries.position)
        elif look.rejection is None and judgement is not None:
            self._judge.remember(tries.position, judgement)

    def _note(self, tries: FingerTries, look: Look, begun_s: float) -> Turn:
        score = "no image" if look.sample is None else f"{look.sample.report.score} of {tries.threshold}"
        reason = look.rejection or "accepted"
        _log.info("finger %d, attempt %d: %s, %s", tries.position, tries.number, score, reason)
        return tries.took(look, self._clock.elapsed_s() - begun_s)

    async def _follow(self, tries: FingerTries, turn: Turn) -> None:
        """Do what a presentation asks for."""
        match turn:
            case Turn.TAKEN | Turn.OVER:
                self._queue.leave(tries)
                await self._tray.keep(tries.artefact())
            case Turn.AGAIN:
                self._prompt.forget()
                self._queue.put_first(tries)
                self._lane(tries).must_clear = True
            case Turn.LATER:
                self._queue.postpone(tries)
            case Turn.CALL:
                await self._call(tries)

    async def _call(self, tries: FingerTries) -> None:
        """Let an attendant look at a finger that was taken before; without one the next is asked for."""
        attendant = await self._attendant(tries)
        if attendant is None or tries.seen_as is None:
            await self._follow(tries, tries.skip_round())
            return
        tries.looked_at(attendant.identity)
        self._judge.tell_apart(tries.position, tries.seen_as)
        self._judge.forget(tries.seen_as)
        self._queue.take_anew(tries.seen_as)
        await self._follow(tries, Turn.AGAIN)

    async def _attendant(self, tries: FingerTries) -> Attendant | None:
        if self._calls_left == 0:
            return None
        self._calls_left -= 1
        self._prompt.show(tries, "finger_attendant")
        return await attendant_looks(self._dialogue, self._find, self._clock.sleep, self._loop.call_limit_s)

    async def _broke(self, tries: FingerTries, fault: DeviceFault) -> None:
        """Try again when the sensor is back; a finger whose sensor stays away ends with that reason."""
        _log.warning("%s", fault)
        tries.faults += 1
        self._prompt.forget()
        if self._lane(tries).is_away or tries.faults > self._loop.faults_limit:
            await self._end(tries, ExceptionReason.DEVICE_UNAVAILABLE)

    async def _doubt_all(self, doubt: DeviceWarning) -> None:
        """Mirrored or inverted pictures, or exchanged hands: all kept, none accepted; somebody must look."""
        _log.error("all fingerprints together: %s; is the sensor as its profile says?", doubt)
        for tries in self._queue.asked():
            tries.doubt(doubt)
            await self._tray.keep(tries.artefact())

    async def _end(self, tries: FingerTries, reason: ExceptionReason) -> None:
        tries.exception = reason
        await self._follow(tries, Turn.OVER)

    def _lane(self, tries: FingerTries) -> FingerLane:
        return self._lanes[tries.position.hand]

    def _readings(self) -> list[tuple[FingerLane, Reading]]:
        lanes = dict.fromkeys(self._lanes.values())
        return [(lane, lane.reading) for lane in lanes if lane.reading is not None]

    def _read(self) -> list[FingerPosition]:
        return [reading.tries.position for _, reading in self._readings()]

    async def _one_is_read(self) -> None:
        """Wait for the image that comes first: the one that comes next is compared with it."""
        under_way = [reading.task for _, reading in self._readings()]
        await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)

    async def _presented(
        self, tries: FingerTries, lane: FingerLane
    ) -> Held | Look | NobodyThere | DeviceFault | None:
        """What comes of asking for a finger; None when only an image before it was waited for."""
        if lane.reading is not None:
            await self._one_is_read()
            return None
        try:
            return await lane.hold(takes_anything=tries.is_last_try)
        except DeviceFault as fault:
            return fault
