"""Whom the person claims to be, and what the register says of it."""

from firmware.records.claimed import ClaimedIdentity
from firmware.records.registered import LookUp, LookUpEnd
from firmware.visit.claim import masked
from firmware.visit.claiming import ClaimDesk, ClaimWords, ReadCard
from firmware.visit.dialogue import Dialogue
from firmware.visit.looking_up import LookUps
from firmware.visit.phases import Phase

WORDS = ClaimWords("show_card", "type_number", "number_invalid", "claim_confirm")
REGISTER_WORDS = {
    LookUpEnd.FOUND: "match",
    LookUpEnd.CHANGED: "differs",
    LookUpEnd.ABSENT: "absent",
    LookUpEnd.FAILED: "unknown",
    LookUpEnd.TIMED_OUT: "unknown",
    LookUpEnd.LIMITED: "unknown",
}


async def identify(
    dialogue: Dialogue, read_card: ReadCard, look_ups: LookUps
) -> tuple[ClaimedIdentity, LookUp]:
    """A claim that the person has confirmed, looked up; nobody is refused because the register is silent."""
    desk = ClaimDesk(dialogue, read_card, WORDS)
    dialogue.enter(Phase.IDENTIFY, WORDS.card)
    claim = await desk.card_or_number()
    while True:
        dialogue.tell("looking_up")
        look_up = await look_ups.look_up(claim)
        if await desk.is_confirmed(claim, shown_facts(claim, look_up)):
            return claim, look_up
        claim = await desk.number()


def shown_facts(claim: ClaimedIdentity, look_up: LookUp) -> dict[str, str]:
    """What a screen may show: the masked claim and whether the register agrees, never what it holds.

    Who types a number has shown nothing: whose it is stays between register and centre.
    """
    return {**masked(claim), "register": REGISTER_WORDS[look_up.end]}
