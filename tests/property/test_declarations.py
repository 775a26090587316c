"""Whatever is declared and whatever the register says, a record says it in one known way."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from firmware.records.claimed import ClaimedIdentity, ClaimSource, Sex
from firmware.records.problem import ProblemKind
from firmware.records.problems import problems
from firmware.records.registered import (
    FieldVerdict,
    LookUp,
    LookUpEnd,
    LookUpLimited,
    LookUpRefused,
    RegisterEntry,
    RegisterSilent,
)
from firmware.records.request import REASONS, Purpose, RequestReason
from firmware.visit.identify import shown_facts
from firmware.visit.looking_up import LOOK_UPS, LookUps
from simulator.virtual_time import VirtualLoop
from tests.scripted import CLOCK
from tests.sealing_world import SMALL, good_artefact, record_of

Answer = RegisterEntry | Exception | None

NUMBER, OTHER = "001190000123", "079085000456"
RECORD = record_of("ab" * 16, [good_artefact(part) for part in SMALL])
ENDS: dict[type[Exception], LookUpEnd] = {
    RegisterSilent: LookUpEnd.TIMED_OUT,
    LookUpRefused: LookUpEnd.FAILED,
    LookUpLimited: LookUpEnd.LIMITED,
}

names = st.sampled_from([None, "Nguyễn Thị Thử", "NGUYỄN THỊ THỬ", "Lê Văn Mẫu"])
births = st.sampled_from([None, "1990", "1990-05-17", "1990-05-18"])
sexes = st.sampled_from([None, *Sex])
claims = st.builds(ClaimedIdentity, st.just(NUMBER), st.sampled_from(ClaimSource), names, births, sexes)
entries = st.builds(RegisterEntry, st.sampled_from([NUMBER, OTHER]), names, births, sexes)
answers = st.one_of(entries, st.none(), st.sampled_from([kind() for kind in ENDS]))


class TalkativeRegister:
    """Gives one answer after the other, and counts."""

    def __init__(self, answers: list[Answer]) -> None:
        self._answers: Iterator[Answer] = iter(answers)
        self.asked = 0

    async def entry_of(self, number: str) -> RegisterEntry | None:
        assert number == NUMBER
        self.asked += 1
        answer = next(self._answers)
        if isinstance(answer, Exception):
            raise answer
        return answer


def asked(register: TalkativeRegister, claim: ClaimedIdentity, times: int) -> list[LookUp]:
    """What the look-ups of one visit come to."""
    look_ups = LookUps(register, CLOCK)

    async def ask() -> list[LookUp]:
        return [await look_ups.look_up(claim) for _ in range(times)]

    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(ask())


def test_a_record_has_a_reason_of_its_purpose_or_none_where_the_law_lists_none() -> None:
    for purpose, reason in product(Purpose, (None, *RequestReason)):
        record = replace(RECORD, purpose=purpose, reason=reason)
        found = [problem.kind for problem in problems(record)]
        if reason is None:
            assert found == ([ProblemKind.REASON_MISSING] if REASONS[purpose] else [])
        else:
            assert found == ([] if reason in REASONS[purpose] else [ProblemKind.REASON_FOREIGN])


def test_every_reason_of_the_law_belongs_to_one_purpose() -> None:
    assert sorted(reason for reasons in REASONS.values() for reason in reasons) == sorted(RequestReason)


@given(claims, st.lists(answers, min_size=1, max_size=LOOK_UPS + 2))
def test_a_look_up_ends_as_the_register_said_until_the_visit_asked_too_often(
    claim: ClaimedIdentity, said: list[Answer]
) -> None:
    register = TalkativeRegister(said)

    look_ups = asked(register, claim, len(said))

    assert register.asked == min(len(said), LOOK_UPS)
    for answer, look_up in zip(said[:LOOK_UPS], look_ups[:LOOK_UPS], strict=True):
        assert look_up.end is _expected(answer, look_up)
    assert {look_up.end for look_up in look_ups[LOOK_UPS:]} <= {LookUpEnd.LIMITED}


def _expected(answer: Answer, look_up: LookUp) -> LookUpEnd:
    match answer:
        case None:
            return LookUpEnd.ABSENT
        case RegisterEntry():
            differs = FieldVerdict.DIFFERENT in {field.verdict for field in look_up.compared}
            return LookUpEnd.CHANGED if differs else LookUpEnd.FOUND
        case _:
            return ENDS[type(answer)]


@given(claims, answers)
def test_an_entry_is_kept_with_its_comparison_or_there_is_none(claim: ClaimedIdentity, said: Answer) -> None:
    (look_up,) = asked(TalkativeRegister([said]), claim, 1)

    assert look_up.entry is (said if isinstance(said, RegisterEntry) else None)
    assert bool(look_up.compared) is (look_up.entry is not None)
    assert look_up.verifies is (look_up.end is LookUpEnd.FOUND)


@given(claims, entries, entries)
def test_the_screen_shows_the_same_of_two_people_unless_one_agrees_with_the_claim(
    claim: ClaimedIdentity, one: RegisterEntry, other: RegisterEntry
) -> None:
    here, there = (asked(TalkativeRegister([entry]), claim, 1)[0] for entry in (one, other))

    same_end = here.end is there.end
    assert (shown_facts(claim, here) == shown_facts(claim, there)) is same_end
