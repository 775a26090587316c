"""A terminal that does not know the date is closed, until an attendant says it or the network does."""

import asyncio
import logging
import re
from datetime import UTC, datetime

from firmware.clock import DatedClock
from firmware.records.dates import VIET_NAM
from firmware.screen.view import AnswerKind, Screen
from firmware.visit.attendants import PIN_PAUSE_S, PIN_TRIES, Attendant, FindAttendant
from firmware.visit.dialogue import PATIENCE_S, Dialogue, Watch
from firmware.visit.phases import Phase

_log = logging.getLogger(__name__)

CLOSED_S = 60.0  # then the terminal looks again whether the network has brought the date
LOCKED_S = 300.0  # after five wrong PINs: nobody watches a closed terminal, and 10,000 PINs then take a week
_TYPED = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4})([0-9]{2})([0-9]{2})", re.ASCII)


async def date_is_set(screen: Screen, watch: Watch, find: FindAttendant, clock: DatedClock) -> bool:
    """Whether an attendant has set the date; nobody else is asked anything."""
    _log.error("the date is not known")
    dialogue = Dialogue(screen, watch)
    dialogue.enter(Phase.ENDED, "clock_unknown")
    listening = asyncio.create_task(dialogue.listen())
    try:
        return await _set(dialogue, find, clock)
    finally:
        listening.cancel()
        await asyncio.gather(listening, return_exceptions=True)


async def _set(dialogue: Dialogue, find: FindAttendant, clock: DatedClock) -> bool:
    for _ in range(PIN_TRIES):
        answer = await dialogue.answer_within(CLOSED_S, AnswerKind.PIN)
        if answer is None:
            return False
        attendant = await find(answer.value)
        if attendant is not None:
            _log.warning("attendant %s sets the date", attendant.identity)
            return await _typed(dialogue, clock, attendant)
        dialogue.show(instruction="pin_wrong", asks=())
        await clock.sleep(PIN_PAUSE_S)
    await clock.sleep(LOCKED_S)
    return False


async def _typed(dialogue: Dialogue, clock: DatedClock, attendant: Attendant) -> bool:
    dialogue.show(instruction="clock_type")
    while (answer := await dialogue.answer_within(PATIENCE_S, AnswerKind.NUMBER)) is not None:
        moment = moment_typed(answer.value)
        if moment is not None and clock.attest(moment, attendant.identity):
            return True
        dialogue.show(instruction="clock_invalid")
    return False


def moment_typed(digits: str) -> datetime | None:
    """The moment in UTC of DDMMYYYYHHMM in Viet Nam; None for all else."""
    match = _TYPED.fullmatch(digits)
    if match is None:
        return None
    day, month, year, hour, minute = (int(part) for part in match.groups())
    try:
        return datetime(year, month, day, hour, minute, tzinfo=UTC) - VIET_NAM
    except (ValueError, OverflowError):
        return None
