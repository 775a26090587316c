"""An attendant looks at the person and the portrait, says what is seen, and vouches with a PIN."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace

from firmware.records.looks import OF_PORTRAIT, SETTLED, Finding, Look, Matter
from firmware.screen.view import REST, Answer, AnswerKind, Question
from firmware.visit.attendants import PIN_PAUSE_S, PIN_TRIES, Attendant, FindAttendant
from firmware.visit.dialogue import Dialogue
from firmware.visit.phases import Phase


@dataclass(frozen=True, slots=True)
class Vouched:
    """An attendant's word. looks: what was seen. asked_again: why other portraits were taken before."""

    attendant: Attendant
    looks: tuple[Look, ...]
    asked_again: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class PortraitAgain:
    """Another portrait is wanted."""


@dataclass(frozen=True, slots=True)
class NobodyVouches:
    """Too many wrong PINs."""


@dataclass(frozen=True, slots=True)
class PersonNotSeen:
    """An attendant looked, and this person did not stand there."""


Attested = Vouched | PortraitAgain | NobodyVouches | PersonNotSeen


class AttestDesk:
    """The attendant's side of one visit. retakes: how often another portrait may be asked for."""

    def __init__(
        self,
        dialogue: Dialogue,
        find: FindAttendant,
        pause: Callable[[float], Awaitable[None]],
        retakes: int,
    ) -> None:
        self._dialogue = dialogue
        self._find = find
        self._pause = pause
        self._retakes = retakes
        self._asked_again: tuple[Matter, ...] = ()
        self._wrong_pins = 0

    async def attest(self, matters: tuple[Matter, ...]) -> Attested:
        """Ask what an attendant sees, then for the PIN under it; the review before stays in sight."""
        review = tuple(replace(each, may_retake=True) for each in self._dialogue.view.review)
        questions = tuple(Question(matter, self._findings(matter)) for matter in matters)
        self._dialogue.enter(Phase.ATTEST, _instruction(questions), review=review, questions=questions)
        while True:
            if not await self._looks_are_complete():
                return self._portrait_again()
            attested = await self._vouched()
            if attested is not None:
                return attested

    def _findings(self, matter: Matter) -> tuple[Finding, ...]:
        """What may be said: another portrait while one is left, and afterwards that it stays as it is."""
        if matter not in OF_PORTRAIT:
            return SETTLED[matter]
        return (*SETTLED[matter], Finding.AGAIN if self._retakes > 0 else Finding.KEPT)

    async def _looks_are_complete(self) -> bool:
        """Whether the attendant goes on with everything answered; False when a portrait is wanted first."""
        while self._dialogue.view.questions:
            answer = await self._dialogue.ask(AnswerKind.LOOKED, *self._ways_on())
            if answer.kind is AnswerKind.RETAKE:
                return False
            if answer.kind is AnswerKind.CONFIRM:
                break
            self._note(answer)
            if answer.value == REST and self._ways_on() == (AnswerKind.CONFIRM,):
                break
        return True

    def _ways_on(self) -> tuple[AnswerKind, ...]:
        """Where the answers given so far lead."""
        found = [question.found for question in self._dialogue.view.questions]
        if Finding.UNSEEN in found:
            return (AnswerKind.CONFIRM,)
        if Finding.AGAIN in found:
            return (AnswerKind.RETAKE,)
        return () if None in found else (AnswerKind.CONFIRM,)

    def _note(self, answer: Answer) -> None:
        questions = self._dialogue.view.questions
        self._dialogue.show(questions=tuple(_answered(question, answer.value) for question in questions))

    def _portrait_again(self) -> PortraitAgain:
        self._retakes -= 1
        questions = self._dialogue.view.questions
        why = tuple(question.matter for question in questions if question.found is Finding.AGAIN)
        self._asked_again = (*self._asked_again, *why)
        return PortraitAgain()

    async def _vouched(self) -> Attested | None:
        """What follows from the PIN; None when the attendant wants to look again."""
        questions = self._dialogue.view.questions
        self._dialogue.show(instruction="attest")
        while self._wrong_pins < PIN_TRIES:
            kinds = (AnswerKind.PIN, AnswerKind.LOOKED) if questions else (AnswerKind.PIN,)
            answer = await self._dialogue.ask(*kinds)
            if answer.kind is AnswerKind.LOOKED:
                self._dialogue.show(instruction=_instruction(questions))
                return None
            attendant = await self._find(answer.value)
            if attendant is not None:
                return self._word_of(attendant)
            self._wrong_pins += 1
            self._dialogue.show(instruction="pin_wrong", asks=())
            await self._pause(PIN_PAUSE_S)
        return NobodyVouches()

    def _word_of(self, attendant: Attendant) -> Attested:
        asked = self._dialogue.view.questions
        looks = tuple(Look(each.matter, each.found) for each in asked if each.found is not None)
        if Look(Matter.PRESENCE, Finding.UNSEEN) in looks:
            return PersonNotSeen()
        return Vouched(attendant, looks, self._asked_again)


def _instruction(questions: tuple[Question, ...]) -> str:
    """Who does not seem to stand there is looked for first."""
    if not questions:
        return "attest"
    is_doubtful = any(question.matter is Matter.PRESENCE for question in questions)
    return "attest_presence" if is_doubtful else "attest_look"


def _answered(question: Question, said: str) -> Question:
    """The question with an answer that is about it; the rest is never more than what the portrait shows."""
    matter, _, finding = said.partition(" ")
    if matter == question.matter and Finding(finding) in question.findings:
        return replace(question, found=Finding(finding))
    is_rest = said == REST and question.found is None and question.matter is not Matter.PRESENCE
    return replace(question, found=SETTLED[question.matter][0]) if is_rest else question
