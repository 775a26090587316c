"""An attendant is called to look at something in the middle of a visit."""

from collections.abc import Awaitable, Callable

from firmware.screen.view import AnswerKind
from firmware.visit.attendants import PIN_PAUSE_S, PIN_TRIES, Attendant, FindAttendant
from firmware.visit.dialogue import Dialogue


async def attendant_looks(
    dialogue: Dialogue,
    find: FindAttendant,
    pause: Callable[[float], Awaitable[None]],
    limit_s: float,
) -> Attendant | None:
    """The attendant who has looked, known by a PIN; None when nobody comes, or the person goes on without."""
    for _ in range(PIN_TRIES):
        answer = await dialogue.answer_within(limit_s, AnswerKind.PIN, AnswerKind.CONFIRM)
        if answer is None or answer.kind is AnswerKind.CONFIRM:
            return None
        attendant = await find(answer.value)
        if attendant is not None:
            return attendant
        dialogue.show(instruction="pin_wrong", hint=None, asks=())
        await pause(PIN_PAUSE_S)
    return None
