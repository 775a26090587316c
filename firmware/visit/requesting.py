"""Why the person came."""

from firmware.records.request import REASONS, Purpose, RequestReason
from firmware.screen.view import AnswerKind
from firmware.visit.dialogue import Dialogue


async def ask_request(dialogue: Dialogue) -> tuple[Purpose, RequestReason | None]:
    """The purpose, and the reason where the law lists some.

    What does not fit, such as an exchange without a card, is recorded as said: to refuse is for the centre.
    """
    purpose = Purpose(await dialogue.choose("purpose", AnswerKind.PURPOSE, Purpose))
    reasons = REASONS[purpose]
    if not reasons:
        return purpose, None
    return purpose, RequestReason(await dialogue.choose("request_reason", AnswerKind.REASON, reasons))
