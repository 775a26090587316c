"""The legal representative, who files for a child and stays with it."""

from collections.abc import Callable
from datetime import date, datetime

from firmware.records.claimed import ClaimedIdentity
from firmware.records.dates import Birth, birthday
from firmware.records.record import Guardian
from firmware.records.request import Relation
from firmware.screen.view import AnswerKind
from firmware.visit.claim import masked
from firmware.visit.claiming import ClaimDesk, ClaimWords, ReadCard
from firmware.visit.dialogue import Dialogue
from firmware.visit.opening import Opening
from firmware.visit.personal_number import PersonalNumber
from firmware.visit.phases import Phase

WORDS = ClaimWords("guardian_card", "guardian_number", "guardian_number_invalid", "guardian_confirm")


async def ask_guardian(
    dialogue: Dialogue,
    read_card: ReadCard,
    child: ClaimedIdentity,
    opening: Opening,
    *,
    child_is_asked: bool,
    now: Callable[[], datetime],
) -> Guardian:
    """Who files for the child, with the declaration, and the child's own word where it is asked.

    Somebody who does not declare, and a child who does not agree, stop the visit like anybody.
    """
    dialogue.enter(Phase.GUARDIAN, WORDS.card)
    claim = await _claim(dialogue, read_card, child, opening)
    relation = Relation(await dialogue.choose("guardian_relation", AnswerKind.RELATION, Relation))
    await _agreed(dialogue, "guardian_declare")
    declared_at = now()
    if not child_is_asked:
        return Guardian(claim, relation, declared_at, None)
    await _agreed(dialogue, "child_assent")
    return Guardian(claim, relation, declared_at, now())


async def _claim(
    dialogue: Dialogue, read_card: ReadCard, child: ClaimedIdentity, opening: Opening
) -> ClaimedIdentity:
    """A confirmed claim of somebody else, who is no child as far as is known."""
    desk = ClaimDesk(dialogue, read_card, WORDS)
    claim = await desk.card_or_number()
    while True:
        objection = _objection(claim, child, opening)
        if objection is not None:
            claim = await desk.number(prompt=objection)
        elif await desk.is_confirmed(claim, masked(claim)):
            return claim
        else:
            claim = await desk.number()


def _objection(claim: ClaimedIdentity, child: ClaimedIdentity, opening: Opening) -> str | None:
    """The message that says why this cannot be the guardian."""
    if claim.number == child.number:
        return "guardian_is_child"
    adult_on = birthday(_first_birth(claim), opening.rules.ages.adult_from)
    return "guardian_too_young" if opening.day < adult_on else None


def _first_birth(claim: ClaimedIdentity) -> date:
    """The earliest day on which the claimant may have been born; a number tells the year."""
    return Birth.parse(claim.birth or str(PersonalNumber(claim.number).birth_year)).first


async def _agreed(dialogue: Dialogue, instruction: str) -> None:
    dialogue.show(instruction=instruction, hint=None)
    await dialogue.ask(AnswerKind.AGREE)
