"""The register's every answer has its name, and a visit asks it three times at most."""

import asyncio
from dataclasses import replace

import pytest

from firmware.records.claimed import ClaimedIdentity, ClaimSource
from firmware.records.registered import (
    LookUpEnd,
    LookUpLimited,
    LookUpRefused,
    RegisterEntry,
    RegisterSilent,
)
from firmware.visit.identify import shown_facts
from firmware.visit.looking_up import LIMIT_S, LOOK_UPS, LookUps
from tests.scripted import CLOCK

NUMBER = "001190000123"
CLAIM = ClaimedIdentity(NUMBER, ClaimSource.TYPED)
ENTRY = RegisterEntry(NUMBER, "Nguyễn Thị Thử", "1990-05-17")
Answer = RegisterEntry | Exception | None


class SaidRegister:
    """Answers the same every time, after `wait_s`."""

    def __init__(self, answer: Answer, wait_s: float = 0.1) -> None:
        self._answer = answer
        self._wait_s = wait_s
        self.asked = 0

    async def entry_of(self, number: str) -> RegisterEntry | None:
        self.asked += len(number) > 0
        await asyncio.sleep(self._wait_s)
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer


@pytest.mark.parametrize(
    ("answer", "end", "word"),
    [
        (ENTRY, LookUpEnd.FOUND, "match"),
        (RegisterEntry("001190000124"), LookUpEnd.CHANGED, "differs"),
        (None, LookUpEnd.ABSENT, "absent"),
        (RegisterSilent(), LookUpEnd.TIMED_OUT, "unknown"),
        (LookUpRefused(), LookUpEnd.FAILED, "unknown"),
        (LookUpLimited(), LookUpEnd.LIMITED, "unknown"),
    ],
)
async def test_every_answer_is_kept_apart(answer: Answer, end: LookUpEnd, word: str) -> None:
    look_up = await LookUps(SaidRegister(answer), CLOCK).look_up(CLAIM)
    assert look_up.end is end
    assert look_up.verifies is (end is LookUpEnd.FOUND)
    assert shown_facts(CLAIM, look_up)["register"] == word


async def test_a_register_that_hangs_is_silent_after_the_limit() -> None:
    begun_s = CLOCK.elapsed_s()
    look_up = await LookUps(SaidRegister(ENTRY, wait_s=3600.0), CLOCK).look_up(CLAIM)
    assert look_up.end is LookUpEnd.TIMED_OUT
    assert CLOCK.elapsed_s() - begun_s == pytest.approx(LIMIT_S)


async def test_a_visit_that_asks_too_often_is_limited_without_asking() -> None:
    register = SaidRegister(ENTRY)
    look_ups = LookUps(register, CLOCK)
    ends = [(await look_ups.look_up(CLAIM)).end for _ in range(LOOK_UPS + 1)]
    assert ends[-2:] == [LookUpEnd.FOUND, LookUpEnd.LIMITED]
    assert register.asked == LOOK_UPS


async def test_who_types_a_number_is_not_shown_whose_it_is() -> None:
    look_up = await LookUps(SaidRegister(ENTRY), CLOCK).look_up(CLAIM)
    assert shown_facts(CLAIM, look_up) == {"number": "001•••••0123", "register": "match"}


async def test_who_shows_a_card_sees_the_cards_initials_not_the_registers() -> None:
    card = replace(CLAIM, source=ClaimSource.CARD, name="Lê Văn Mẫu")
    look_up = await LookUps(SaidRegister(ENTRY), CLOCK).look_up(card)
    assert shown_facts(card, look_up) == {
        "number": "001•••••0123",
        "initials": "L. V. M.",
        "register": "differs",
    }
