"""Whom the person claims to be: the card's QR code, else the number typed."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from firmware.capture.guide import Guide
from firmware.records.record import ClaimedIdentity
from firmware.records.request import Purpose
from firmware.screen.view import AnswerKind, Preview
from firmware.visit.capturing import DialogueGuide
from firmware.visit.claim import ClaimError, claim_from_number, masked
from firmware.visit.dialogue import Dialogue
from firmware.visit.phases import Phase
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)

ReadCard = Callable[[Guide], Coroutine[Any, Any, ClaimedIdentity | None]]


async def identify(dialogue: Dialogue, read_card: ReadCard) -> tuple[ClaimedIdentity, Purpose]:
    """A claim that the person has confirmed, and why they come; a claim is not an identity."""
    dialogue.enter(Phase.IDENTIFY, "show_card", preview=Preview.PORTRAIT)
    reading = await dialogue.unless_said(_read(dialogue, read_card), AnswerKind.TYPE_INSTEAD)
    claim = reading if isinstance(reading, ClaimedIdentity) else await _typed(dialogue)
    while not await _is_confirmed(dialogue, claim):
        claim = await _typed(dialogue)
    dialogue.show(instruction="purpose")
    answer = await dialogue.ask(AnswerKind.PURPOSE)
    return claim, Purpose(answer.value)


async def _read(dialogue: Dialogue, read_card: ReadCard) -> ClaimedIdentity | None:
    """What the card says; None also when the camera is broken, since the number can be typed."""
    try:
        return await read_card(DialogueGuide(dialogue))
    except DeviceFault as fault:
        _log.warning("%s", fault)
        return None


async def _typed(dialogue: Dialogue) -> ClaimedIdentity:
    dialogue.show(instruction="type_number", hint=None, preview=None)
    while True:
        answer = await dialogue.ask(AnswerKind.NUMBER)
        try:
            return claim_from_number(answer.value)
        except ClaimError:
            dialogue.show(instruction="number_invalid")


async def _is_confirmed(dialogue: Dialogue, claim: ClaimedIdentity) -> bool:
    """Whether the person says that the claim, shown masked, is theirs."""
    hint = claim.warnings[0] if claim.warnings else None
    parameters = tuple(masked(claim).items())
    dialogue.show(instruction="claim_confirm", hint=hint, preview=None, parameters=parameters)
    answer = await dialogue.ask(AnswerKind.CONFIRM, AnswerKind.TYPE_INSTEAD)
    dialogue.show(parameters=(), hint=None)
    return answer.kind is AnswerKind.CONFIRM
