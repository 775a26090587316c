"""Captures inside a visit: guided by the dialogue, interruptible, and patient with broken devices."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from firmware.capture.attempts import Acquisition, NobodyThere
from firmware.capture.guide import Guide
from firmware.clock import Clock
from firmware.quality.advice import Advice
from firmware.records.record import Part
from firmware.records.samples import (
    Artefact,
    ExceptionReason,
    EyeSide,
    FingerPosition,
    Modality,
    Position,
    Sample,
)
from firmware.screen.view import Answer, AnswerKind, Preview
from firmware.visit.dialogue import Dialogue
from hw.camera.frames import Frame
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)

RECOVERY_LIMIT_S = 30.0  # a re-plugged adapter is back within seconds; after this the visit goes on without
RECOVERIES = 3
BACK_OFF_S = (0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Station:
    """One modality's devices: how to take a sample, and how to bring the device back.

    instruction: the message that asks for it.
    """

    take: Callable[[Position, Guide, int], Awaitable[Sample | NobodyThere]]
    reopen: Callable[[], Awaitable[None]]
    instruction: str
    preview: Preview | None


class DialogueGuide:
    """A firmware.capture.guide.Guide that speaks through the dialogue."""

    def __init__(self, dialogue: Dialogue) -> None:
        self._dialogue = dialogue

    def instruct(self, message: str) -> None:
        self._dialogue.show(instruction=message)

    def advise(self, advice: Advice | None) -> None:
        self._dialogue.show(hint=None if advice is None else advice.value)

    def show(self, frame: Frame) -> None:
        self._dialogue.preview(frame)


class CaptureDesk:
    """Takes one artefact at a time, whatever the modality."""

    def __init__(
        self, dialogue: Dialogue, stations: Mapping[Modality, Station], clock: Clock, attempts: int
    ) -> None:
        self._dialogue = dialogue
        self._guide = DialogueGuide(dialogue)
        self._stations = stations
        self._clock = clock
        self._attempts = attempts

    def instruction(self, modality: Modality) -> str:
        """The message that asks for a sample of that kind."""
        return self._stations[modality].instruction

    async def capture(self, part: Part) -> Artefact:
        """The best of a bounded number of attempts, or an exception with its reason; never nothing."""
        station = self._stations[part.modality]

        async def take(number: int) -> Sample | NobodyThere:
            return await self._take(station, part.position, number)

        acquisition = Acquisition(part.modality, part.position, take, self._attempts, self._clock)
        while True:
            self._dialogue.show(
                instruction=station.instruction, target=part.key, hint=None, preview=station.preview
            )
            match await self._dialogue.unless_said(acquisition.run(), AnswerKind.CANNOT_GIVE):
                case Artefact() as artefact:
                    return artefact
                case Answer() as answer:
                    return acquisition.so_far(ExceptionReason(answer.value))
                case NobodyThere():
                    await self._dialogue.confirm_presence()

    async def _take(self, station: Station, position: Position, number: int) -> Sample | NobodyThere:
        for _ in range(RECOVERIES):
            try:
                return await station.take(position, self._guide, number)
            except DeviceFault as fault:
                _log.warning("%s", fault)
                await self._bring_back(station)
        return await station.take(position, self._guide, number)

    async def _bring_back(self, station: Station) -> None:
        """Reopen the device within the limit; the last fault is raised when it stays away."""
        before = self._dialogue.view
        self._dialogue.show(instruction="device_wait", hint=None)
        end_s = self._clock.elapsed_s() + RECOVERY_LIMIT_S
        tries = 0
        while True:
            await self._clock.sleep(BACK_OFF_S[min(tries, len(BACK_OFF_S) - 1)])
            tries += 1
            try:
                await station.reopen()
            except DeviceFault:
                if self._clock.elapsed_s() >= end_s:
                    raise
            else:
                break
        self._dialogue.show(instruction=before.instruction, hint=before.hint)


def finger(position: Position) -> FingerPosition:
    """`position` as a finger's; a plan that mixes them up is a bug."""
    if not isinstance(position, FingerPosition):
        raise TypeError(f"{position!r} is no finger")
    return position


def eye(position: Position) -> EyeSide:
    """`position` as an eye's; a plan that mixes them up is a bug."""
    if not isinstance(position, EyeSide):
        raise TypeError(f"{position!r} is no eye")
    return position
