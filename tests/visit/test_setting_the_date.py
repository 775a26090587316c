"""A terminal without a date hears attendants alone, says when a PIN is wrong, and is slow to guess at."""

import asyncio
from pathlib import Path

import pytest

from firmware.clock import Reading
from firmware.identity import RELEASED
from firmware.outbox.newest import LONG_AGO
from firmware.records.eligibility import DateSource
from firmware.screen.view import AnswerKind
from firmware.trusted_date import DateEvidence, TrustedClock
from firmware.visit.attendants import PIN_TRIES, Attendant
from firmware.visit.setting_the_date import CLOSED_S, LOCKED_S, date_is_set, moment_typed
from tests.scripted import CLOCK
from tests.visit.scripted import NoWatch, ScriptedScreen

PIN, WRONG = "2468", "1111"
TYPED = "020320261200"


async def find(pin: str) -> Attendant | None:
    return Attendant("CB-0042", b"", b"") if pin == PIN else None


@pytest.fixture
def clock(tmp_path: Path) -> TrustedClock:
    """Of a machine that has just started, whose date nothing vouches for."""
    evidence = DateEvidence(tmp_path / "network", tmp_path / "rtc", tmp_path, RELEASED, LONG_AGO)
    return TrustedClock(CLOCK, lambda: 100.0, evidence)


async def is_set(screen: ScriptedScreen, clock: TrustedClock, *answers: tuple[AnswerKind, str]) -> bool:
    """Whether the date is set by those answers, one every five seconds."""
    setting = asyncio.create_task(date_is_set(screen, NoWatch(), find, clock))
    for kind, value in answers:
        await asyncio.sleep(5.0)
        screen.say(kind, value)
    return await setting


async def test_the_date_is_that_of_the_attendant_who_typed_it(
    screen: ScriptedScreen, clock: TrustedClock
) -> None:
    assert await is_set(screen, clock, (AnswerKind.PIN, PIN), (AnswerKind.NUMBER, TYPED))
    moment = moment_typed(TYPED)
    assert moment is not None
    assert clock.reading() == Reading(moment, DateSource.ATTESTED, "CB-0042")


async def test_after_a_wrong_pin_the_screen_says_so_and_asks_again(
    screen: ScriptedScreen, clock: TrustedClock
) -> None:
    pins = ((AnswerKind.PIN, WRONG), (AnswerKind.PIN, PIN))
    assert await is_set(screen, clock, *pins, (AnswerKind.NUMBER, TYPED))
    shown = [(view.instruction, AnswerKind.PIN in view.asks) for view in screen.views]
    assert shown.index(("pin_wrong", False)) < shown.index(("pin_wrong", True))


async def test_a_terminal_at_which_nobody_types_looks_again_after_a_minute(
    screen: ScriptedScreen, clock: TrustedClock
) -> None:
    begun_s = clock.elapsed_s()
    assert not await is_set(screen, clock)
    assert clock.elapsed_s() - begun_s == pytest.approx(CLOSED_S)


async def test_who_guesses_waits_long_before_the_next_round(
    screen: ScriptedScreen, clock: TrustedClock
) -> None:
    begun_s = clock.elapsed_s()
    assert not await is_set(screen, clock, *[(AnswerKind.PIN, WRONG)] * PIN_TRIES)
    assert clock.elapsed_s() - begun_s > LOCKED_S
    assert AnswerKind.PIN not in screen.views[-1].asks
