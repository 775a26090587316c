"""Who may file for a child, and what is asked of them."""

import asyncio
from datetime import date

from firmware.capture.guide import Guide
from firmware.clock import Reading
from firmware.records.claimed import ClaimedIdentity, ClaimSource
from firmware.records.eligibility import DateSource
from firmware.records.record import Guardian
from firmware.records.request import Relation
from firmware.screen.view import AnswerKind
from firmware.visit.dialogue import Dialogue
from firmware.visit.guardian import ask_guardian
from firmware.visit.opening import Opening
from firmware.visit.phases import Phase
from firmware.visit.rules import rules_on
from tests.scripted import CLOCK
from tests.sealing_world import NOON
from tests.visit.scripted import ScriptedScreen

CHILD = ClaimedIdentity("001221000123", ClaimSource.TYPED, birth="2021-01-10")
TEENAGER, MOTHER = "001310000456", "001190000789"
OPENING = Opening(Reading(NOON, DateSource.NETWORK), rules_on(date(2026, 3, 2)))


async def _no_card(guide: Guide) -> ClaimedIdentity | None:
    del guide
    return None


async def _guardian(
    dialogue: Dialogue, screen: ScriptedScreen, answers: list[tuple[AnswerKind, str]]
) -> Guardian:
    for phase in (Phase.NOTICE, Phase.IDENTIFY):
        dialogue.enter(phase, phase.value)
    asking = asyncio.create_task(
        ask_guardian(dialogue, _no_card, CHILD, OPENING, child_is_asked=False, now=CLOCK.now)
    )
    for kind, value in answers:
        await asyncio.sleep(1.0)
        screen.say(kind, value)
    return await asking


async def test_neither_the_child_nor_a_teenager_can_be_the_guardian(
    dialogue: Dialogue, screen: ScriptedScreen
) -> None:
    guardian = await _guardian(
        dialogue,
        screen,
        [
            (AnswerKind.NUMBER, CHILD.number),
            (AnswerKind.NUMBER, TEENAGER),
            (AnswerKind.NUMBER, MOTHER),
            (AnswerKind.CONFIRM, ""),
            (AnswerKind.RELATION, "neighbour"),
            (AnswerKind.RELATION, "mother"),
            (AnswerKind.AGREE, ""),
        ],
    )
    shown = [view.instruction for view in screen.views]
    assert (
        shown.index("guardian_is_child") < shown.index("guardian_too_young") < shown.index("guardian_confirm")
    )
    assert (guardian.claim.number, guardian.relation) == (MOTHER, Relation.MOTHER)
    assert guardian.child_agreed_at is None
