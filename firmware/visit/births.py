"""When the person was born, as exactly as the plan needs it: by the register, else the card, else typed."""

from collections.abc import Iterator
from dataclasses import dataclass

from firmware.records.claimed import ClaimedIdentity
from firmware.records.dates import Birth, BirthUnknown
from firmware.records.eligibility import BirthSource
from firmware.records.registered import LookUp
from firmware.screen.view import AnswerKind
from firmware.visit.dialogue import Dialogue
from firmware.visit.opening import Opening
from firmware.visit.plan import band_is_open


@dataclass(frozen=True, slots=True)
class KnownBirth:
    """A birth, and who says so."""

    birth: Birth
    source: BirthSource


async def find_birth(
    dialogue: Dialogue, claim: ClaimedIdentity, look_up: LookUp, opening: Opening
) -> KnownBirth:
    """The birth that the plan is made from.

    One that is too vague for the plan is asked for exactly, once. A typed day outside of what was known is
    not believed.
    """
    known = next(_told(claim, look_up, opening), None)
    if known is None:
        known = KnownBirth(await _typed(dialogue, opening, "type_birth"), BirthSource.TYPED)
    if not band_is_open(known.birth, opening.day, opening.rules.ages):
        return known
    again = known.source is BirthSource.TYPED
    typed = await _typed(dialogue, opening, "birth_invalid" if again else "type_birth")
    return KnownBirth(typed, BirthSource.TYPED) if known.birth.holds(typed) else known


def _told(claim: ClaimedIdentity, look_up: LookUp, opening: Opening) -> Iterator[KnownBirth]:
    """What register and card say, in this order, without what cannot be."""
    registered = None if look_up.entry is None else look_up.entry.birth
    for text, source in ((registered, BirthSource.REGISTER), (claim.birth, BirthSource.CARD)):
        birth = _possible(text, opening)
        if birth is not None:
            yield KnownBirth(birth, source)


def _possible(text: str | None, opening: Opening) -> Birth | None:
    try:
        birth = None if text is None else Birth.parse(text)
    except BirthUnknown:
        return None
    return birth if birth is not None and birth.first <= opening.day else None


async def _typed(dialogue: Dialogue, opening: Opening, prompt: str) -> Birth:
    """A day, or a year alone, that has begun."""
    dialogue.show(instruction=prompt, hint=None)
    while True:
        answer = await dialogue.ask(AnswerKind.BIRTH)
        try:
            birth = Birth.typed(answer.value)
        except BirthUnknown:
            birth = None
        if birth is not None and birth.first.year >= _FIRST_YEAR and birth.first <= opening.day:
            return birth
        dialogue.show(instruction="birth_invalid", hint=None)


_FIRST_YEAR = 1900  # personal numbers know no earlier century
