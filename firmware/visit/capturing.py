"""Captures inside a visit: guided by the dialogue, interruptible, and patient with broken devices."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from firmware.capture.attempts import Acquisition, NobodyThere
from firmware.capture.guide import Guide
from firmware.clock import Clock
from firmware.quality.advice import Advice
from firmware.records.eligibility import Framing
from firmware.records.record import Part
from firmware.records.samples import (
    Artefact,
    ExceptionReason,
    EyeSide,
    Modality,
    Position,
    Sample,
)
from firmware.screen.view import Answer, AnswerKind, Preview
from firmware.visit.dialogue import Dialogue
from firmware.visit.recovery import bring_back
from hw.camera.frames import Frame
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)

RECOVERIES = 3


class FramedHint(StrEnum):
    """An advice in the words for those who are placed so; each member is the id of a message."""

    FACE_ALONE_CHILD = "face_alone_child"


FRAMED_WORDS: Mapping[Framing, Mapping[str, str]] = {
    Framing.STANDING: {},
    Framing.SEATED: {"portrait_look": "portrait_look_seated"},
    Framing.CHILD: {
        "portrait_look": "portrait_look_child",
        Advice.FACE_ALONE: FramedHint.FACE_ALONE_CHILD,
    },
    Framing.BEDSIDE: {"portrait_look": "portrait_look_bedside"},
}
OTHER_FRAMINGS: Mapping[Framing, tuple[AnswerKind, ...]] = {
    Framing.STANDING: (AnswerKind.SEATED, AnswerKind.BEDSIDE),
    Framing.SEATED: (AnswerKind.BEDSIDE,),
    Framing.CHILD: (AnswerKind.BEDSIDE,),
    Framing.BEDSIDE: (AnswerKind.SEATED,),
}
"""How else the person, or who helps them, may say that they are placed; also the way back from a slip."""


@dataclass(frozen=True, slots=True)
class Station:
    """One modality's devices: how to take a sample, and how to bring the device back.

    take: which finger or eye, whom to tell, which attempt it is, and how the person is placed.
    instruction: the message that asks for it.
    """

    take: Callable[[Position, Guide, int, Framing], Awaitable[Sample | NobodyThere]]
    reopen: Callable[[], Awaitable[None]]
    instruction: str
    preview: Preview | None


class DialogueGuide:
    """A firmware.capture.guide.Guide that speaks through the dialogue. words: what to say for a message."""

    def __init__(self, dialogue: Dialogue, words: Mapping[str, str] = MappingProxyType({})) -> None:
        self._dialogue = dialogue
        self._words = words

    def instruct(self, message: str) -> None:
        self._dialogue.show(instruction=self._words.get(message, message))

    def advise(self, advice: Advice | None) -> None:
        self._dialogue.show(hint=None if advice is None else self._words.get(advice, advice.value))

    def show(self, frame: Frame) -> None:
        self._dialogue.preview(frame)


class CaptureDesk:
    """Takes one artefact at a time, of a modality that a camera sees.

    framing: how the person is placed before the portrait camera; who does not stand may say so.
    """

    def __init__(
        self,
        dialogue: Dialogue,
        stations: Mapping[Modality, Station],
        clock: Clock,
        attempts: int,
        framing: Framing = Framing.STANDING,
    ) -> None:
        self._dialogue = dialogue
        self._stations = stations
        self._clock = clock
        self._attempts = attempts
        self.framing = framing

    def instruction(self, modality: Modality) -> str:
        """The message that asks for a sample of that kind."""
        message = self._stations[modality].instruction
        return FRAMED_WORDS[self.framing].get(message, message)

    async def capture(self, part: Part) -> Artefact:
        """The best of a bounded number of attempts, or an exception with its reason; never nothing."""
        station = self._stations[part.modality]

        async def take(number: int) -> Sample | NobodyThere:
            return await self._take(station, part.position, number)

        acquisition = Acquisition(part.modality, part.position, take, self._attempts, self._clock)
        while True:
            instruction = self.instruction(part.modality)
            self._dialogue.show(instruction=instruction, target=part.key, hint=None, preview=station.preview)
            match await self._dialogue.unless_said(acquisition.run(), *self._offered(part.modality)):
                case Artefact() as artefact:
                    return artefact
                case Answer(AnswerKind.SEATED | AnswerKind.BEDSIDE as kind):
                    self.framing = Framing(kind.value)
                case Answer() as answer:
                    return acquisition.so_far(ExceptionReason(answer.value))
                case NobodyThere():
                    await self._dialogue.confirm_presence()

    def _offered(self, modality: Modality) -> tuple[AnswerKind, ...]:
        """What the person may say instead of giving the sample."""
        framings = OTHER_FRAMINGS[self.framing] if modality is Modality.PORTRAIT else ()
        return (AnswerKind.CANNOT_GIVE, *framings)

    async def _take(self, station: Station, position: Position, number: int) -> Sample | NobodyThere:
        guide = DialogueGuide(self._dialogue, FRAMED_WORDS[self.framing])
        for _ in range(RECOVERIES):
            try:
                return await station.take(position, guide, number, self.framing)
            except DeviceFault as fault:
                _log.warning("%s", fault)
                await bring_back(self._dialogue, self._clock, station.reopen)
        return await station.take(position, guide, number, self.framing)


def eye(position: Position) -> EyeSide:
    """`position` as an eye's; a plan that mixes them up is a bug."""
    if not isinstance(position, EyeSide):
        raise TypeError(f"{position!r} is no eye")
    return position
