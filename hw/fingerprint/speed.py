"""At which speed a sensor talks, and how it is brought to talk faster.

After WRITE_PARAMETER a sensor has been seen to answer at the old speed, at the new one, or at the new one
only later (pyfingerprint 41, 52). So nothing is believed but an answer to READ_PARAMETERS.
"""

import asyncio
import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress

from hw.fingerprint.answers import BAUD_UNIT, SensorParameters
from hw.fingerprint.codes import Instruction
from hw.fingerprint.conversation import Conversation, Reply
from hw.fingerprint.faults import SensorRefused, SensorSilent
from hw.fingerprint.settings import Settings, baud_value

USUAL = (57_600, 115_200, 9_600, 38_400, 19_200)
DOCUMENTED = tuple(BAUD_UNIT * unit for unit in range(12, 0, -1))  # data sheets: 9600 x N, N = 1 to 12
UNDOCUMENTED = (230_400, 460_800, 921_600, 960_000)  # the last: pyfingerprint 52
OPT_IN_ABOVE = max(DOCUMENTED)

PROBE_S = 0.12  # for question and answer: 42 ms on the wire at 9,600 baud
SEARCH_LIMIT_S = 12.0
CHANGE_ROUNDS = 4
ECHOES = 4  # an adapter that garbles a high speed does so now and then


async def find(talk: Conversation, likely: Iterable[int]) -> int:
    """The speed at which the sensor answers, which the line then has; SensorSilent when it does at none.

    The likely ones are tried first and, after all others, once more: a sensor may be starting or busy.
    """
    likely = tuple(likely)
    try:
        async with asyncio.timeout(SEARCH_LIMIT_S):
            for baud in (*_all_speeds(likely), *likely):
                if answer := await _answer_at(talk, baud):
                    return await _own_speed(talk, answer)
    except TimeoutError as error:
        raise SensorSilent from error
    raise SensorSilent


async def change(talk: Conversation, settings: Settings, baud: int) -> int:
    """Bring the sensor to `baud`; the speed at which it is proved to talk afterwards, new or old."""
    before = talk.baud
    try:
        await settings.order_baud(baud)
    except SensorRefused:
        return before
    except SensorSilent:
        pass  # its yes may have come at either speed
    reached = await _whichever(talk, baud, before)
    if reached == before or (reached == baud and await _is_steady(talk)):
        return talk.baud
    return await _back(talk, baud, before)


async def _own_speed(talk: Conversation, answer: Reply) -> int:
    """The speed that the sensor calls its own, if that is better than the one at which it was understood.

    A receiver understands speeds some per cent beside its own, now and then.
    """
    heard_at = talk.baud
    with suppress(ValueError, struct.error):
        own = SensorParameters.decode(answer.results).baud
        if own != heard_at and own in _all_speeds(()) and await _answer_at(talk, own):
            return own
    talk.set_baud(heard_at)
    return heard_at


async def _whichever(talk: Conversation, wanted: int, other: int) -> int | None:
    """The one of two speeds at which the sensor answers; it has some time to come to the wanted one."""
    reached = None
    for _ in range(CHANGE_ROUNDS):
        if await _answer_at(talk, wanted):
            return wanted
        if await _answer_at(talk, other):
            reached = other
    return reached  # at which the line is, too: `other` is tried last


async def _is_steady(talk: Conversation) -> bool:
    """Whether it answers each time."""
    for _ in range(ECHOES):
        if not await _answer_at(talk, talk.baud):
            return False
    return True


async def _back(talk: Conversation, lost: int, before: int) -> int:
    """Bring a sensor back that is not well understood at one speed; it may well understand us."""
    for _ in range(CHANGE_ROUNDS):
        talk.set_baud(lost)
        await talk.send(Instruction.WRITE_PARAMETER, baud_value(before))
        if await _answer_at(talk, before):
            return before
    return await find(talk, (before, lost))


async def _answer_at(talk: Conversation, baud: int) -> Reply | None:
    """What the sensor answers at a speed, which the line then has."""
    try:
        talk.set_baud(baud)
        return await talk.settle(PROBE_S)
    except (SensorSilent, ValueError):  # a port may not have every speed
        return None


def _all_speeds(likely: Iterable[int]) -> Iterator[int]:
    """Each speed of the family once, in the order of trying."""
    return iter(dict.fromkeys((*likely, *USUAL, *DOCUMENTED, *UNDOCUMENTED)))
