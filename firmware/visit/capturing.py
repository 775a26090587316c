"""Captures inside a visit: guided by the dialogue, interruptible, and patient with broken devices."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from firmware.capture.attempts import Acquisition, NobodyThere, SeenBefore
from firmware.capture.guide import Guide
from firmware.capture.notices import EyeNotice
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
from firmware.visit.attendants import Attendant, FindAttendant
from firmware.visit.calling import attendant_looks
from firmware.visit.dialogue import ALWAYS_ASKED, PATIENCE_S, Dialogue
from firmware.visit.recovery import bring_back
from hw.camera.frames import Frame
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)

RECOVERIES = 3
REPEATS_BEFORE_CALL = 2  # as with fingers
TAKEN = frozenset({"portrait_turn", "eye_done"})  # messages of a part that passed
CALLS = 3  # of an attendant in one visit, as with fingers; each is a chance to guess at PINs


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


def _nothing_is_kept(position: Position = None) -> None:
    del position


@dataclass(frozen=True, slots=True)
class Station:
    """One modality's devices: how to take a sample, and how to bring the device back.

    take: which finger or eye, whom to tell, which attempt it is, and how the person is placed.
    asks: the message that asks for it now. mistook: what was taken as that position was another one.
    forget: the visit is over.
    """

    take: Callable[[Position, Guide, int, Framing], Awaitable[Sample | NobodyThere | SeenBefore]]
    reopen: Callable[[], Awaitable[None]]
    asks: Callable[[], str]
    preview: Preview | None
    mistook: Callable[[Position], None] = _nothing_is_kept
    forget: Callable[[], None] = _nothing_is_kept


class DialogueGuide:
    """A firmware.capture.guide.Guide that speaks through the dialogue. words: what to say for a message."""

    def __init__(self, dialogue: Dialogue, words: Mapping[str, str] = MappingProxyType({})) -> None:
        self._dialogue = dialogue
        self._words = words

    def instruct(self, message: str) -> None:
        """Say what to do; once the part is there, nobody can say any more that it cannot be given."""
        taken = {"asks": ALWAYS_ASKED} if message in TAKEN else {}
        self._dialogue.show(instruction=self._words.get(message, message), **taken)

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
        find: FindAttendant,
        framing: Framing = Framing.STANDING,
    ) -> None:
        self._dialogue = dialogue
        self._stations = stations
        self._clock = clock
        self._attempts = attempts
        self._find = find
        self._anew: list[Part] = []
        self._calls_left = CALLS
        self.framing = framing

    def instruction(self, modality: Modality) -> str:
        """The message that asks for a sample of that kind."""
        message = self._stations[modality].asks()
        return FRAMED_WORDS[self.framing].get(message, message)

    def next_anew(self) -> Part | None:
        """A part that was given as another one, and has to be taken anew; each is told once."""
        return self._anew.pop(0) if self._anew else None

    async def capture(self, part: Part) -> Artefact:
        """The best of a bounded number of attempts, or an exception with its reason; never nothing."""
        station = self._stations[part.modality]

        async def take(number: int) -> Sample | NobodyThere | SeenBefore:
            return await self._take(station, part.position, number)

        acquisition = Acquisition(part.modality, part.position, take, self._attempts, self._clock)
        self._ask(part)
        while (artefact := await self._outcome(part, acquisition)) is None:
            pass
        return artefact

    async def _outcome(self, part: Part, acquisition: Acquisition) -> Artefact | None:
        """What comes of asking once; None when it is to be asked again."""
        match await self._dialogue.unless_said(acquisition.run(), *self._offered(part.modality)):
            case Artefact() as artefact:
                return artefact
            case Answer(AnswerKind.SEATED | AnswerKind.BEDSIDE as kind):
                self.framing = Framing(kind.value)
            case Answer() as answer:
                return acquisition.so_far(ExceptionReason(answer.value))
            case SeenBefore() as seen:
                is_sorted_out = await self._is_sorted_out(part, seen, acquisition)
                return None if is_sorted_out else acquisition.so_far(ExceptionReason.UNREADABLE)
            case NobodyThere():
                await self._dialogue.confirm_presence()
        self._ask(part)
        return None

    def _ask(self, part: Part, seen: SeenBefore | None = None) -> None:
        """Ask for a part; seen: as what it was taken before, which is said."""
        self._dialogue.show(
            instruction=self.instruction(part.modality),
            target=part.key,
            hint=None if seen is None else EyeNotice.EYE_OTHER.value,
            parameters=() if seen is None else _as_what(part, seen),
            preview=self._stations[part.modality].preview,
        )

    async def _is_sorted_out(self, part: Part, seen: SeenBefore, acquisition: Acquisition) -> bool:
        """Ask for the other eye, or let an attendant look: then what was taken before is taken anew."""
        if acquisition.repeats % REPEATS_BEFORE_CALL:
            self._ask(part, seen)
            return True
        attendant = await self._attendant(part, seen)
        if attendant is None:
            return False
        acquisition.looked_at(attendant.identity)
        self._stations[part.modality].mistook(seen.position)
        self._anew.append(Part(part.modality, seen.position))
        self._ask(part)
        return True

    async def _attendant(self, part: Part, seen: SeenBefore) -> Attendant | None:
        if self._calls_left == 0:
            return None
        self._calls_left -= 1
        self._dialogue.show(
            instruction="eye_attendant",
            hint=EyeNotice.EYE_OTHER.value,
            parameters=_as_what(part, seen),
            preview=None,
        )
        return await attendant_looks(self._dialogue, self._find, self._clock.sleep, PATIENCE_S)

    def _offered(self, modality: Modality) -> tuple[AnswerKind, ...]:
        """What the person may say instead of giving the sample."""
        framings = OTHER_FRAMINGS[self.framing] if modality is Modality.PORTRAIT else ()
        return (AnswerKind.CANNOT_GIVE, *framings)

    async def _take(
        self, station: Station, position: Position, number: int
    ) -> Sample | NobodyThere | SeenBefore:
        guide = DialogueGuide(self._dialogue, FRAMED_WORDS[self.framing])
        for _ in range(RECOVERIES):
            try:
                return await station.take(position, guide, number, self.framing)
            except DeviceFault as fault:
                _log.warning("%s", fault)
                await bring_back(self._dialogue, self._clock, station.reopen)
        return await station.take(position, guide, number, self.framing)


def _as_what(part: Part, seen: SeenBefore) -> tuple[tuple[str, str], ...]:
    """The parameters of a notice: the part that was given before."""
    return (("seen", Part(part.modality, seen.position).key),)


def eye(position: Position) -> EyeSide:
    """`position` as an eye's; a plan that mixes them up is a bug."""
    if not isinstance(position, EyeSide):
        raise TypeError(f"{position!r} is no eye")
    return position
