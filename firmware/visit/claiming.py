"""How anybody says who they are: the card's QR code, else the number typed, shown masked and confirmed."""

import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from firmware.capture.guide import Guide
from firmware.records.claimed import ClaimedIdentity
from firmware.screen.view import AnswerKind, Preview
from firmware.visit.capturing import DialogueGuide
from firmware.visit.claim import ClaimError, claim_from_number
from firmware.visit.dialogue import Dialogue
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)

ReadCard = Callable[[Guide], Coroutine[Any, Any, ClaimedIdentity | None]]


@dataclass(frozen=True, slots=True)
class ClaimWords:
    """The messages of one kind of claimant."""

    card: str
    number: str
    number_invalid: str
    confirm: str


class ClaimDesk:
    """Asks one claimant; each question stands for itself."""

    def __init__(self, dialogue: Dialogue, read_card: ReadCard, words: ClaimWords) -> None:
        self._dialogue = dialogue
        self._read_card = read_card
        self._words = words

    async def card_or_number(self) -> ClaimedIdentity:
        """What the card says; the number typed when there is none, or it cannot be read."""
        self._dialogue.show(instruction=self._words.card, hint=None, preview=Preview.PORTRAIT)
        reading = await self._dialogue.unless_said(self._read(), AnswerKind.TYPE_INSTEAD)
        return reading if isinstance(reading, ClaimedIdentity) else await self.number()

    async def number(self, prompt: str | None = None) -> ClaimedIdentity:
        """The number as typed, once it has twelve digits. prompt: instead of the usual message."""
        self._dialogue.show(instruction=prompt or self._words.number, hint=None, preview=None)
        while True:
            answer = await self._dialogue.ask(AnswerKind.NUMBER)
            try:
                return claim_from_number(answer.value)
            except ClaimError:
                self._dialogue.show(instruction=self._words.number_invalid)

    async def is_confirmed(self, claim: ClaimedIdentity, facts: Mapping[str, str]) -> bool:
        """Whether the person says that the claim, shown by its masked facts, is theirs."""
        hint = claim.warnings[0] if claim.warnings else None
        parameters = tuple(facts.items())
        self._dialogue.show(instruction=self._words.confirm, hint=hint, preview=None, parameters=parameters)
        answer = await self._dialogue.ask(AnswerKind.CONFIRM, AnswerKind.TYPE_INSTEAD)
        self._dialogue.show(parameters=(), hint=None)
        return answer.kind is AnswerKind.CONFIRM

    async def _read(self) -> ClaimedIdentity | None:
        """None also when the camera is broken, since the number can be typed."""
        try:
            return await self._read_card(DialogueGuide(self._dialogue))
        except DeviceFault as fault:
            _log.warning("%s", fault)
            return None
