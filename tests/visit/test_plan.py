"""What the law asks of whom on which day: the vectors, and what holds for every birth."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.records.dates import Birth
from firmware.records.eligibility import AgeBand, Framing
from firmware.records.samples import EyeSide
from firmware.visit.plan import (
    Plan,
    age_band,
    all_parts,
    band_is_open,
    card_ends,
    every_capture,
    eyes_first_from,
    plan_visit,
)
from firmware.visit.rules import rules_on

RULES = rules_on(date(2024, 7, 1))
AGES = RULES.ages
EVERYTHING = 13
ORDER = [AgeBand.UNDER_6, AgeBand.FROM_6, AgeBand.FROM_14]

days = st.dates(date(2024, 7, 1), date(2124, 12, 31))
births = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def plan(birth: str, day: str) -> Plan:
    return plan_visit(Birth.parse(birth), date.fromisoformat(day), RULES)


@pytest.mark.parametrize(
    ("birth", "day", "band", "parts", "guardian", "valid_until"),
    [
        ("2020-07-01", "2026-06-30", AgeBand.UNDER_6, 0, True, "2034-07-01"),
        ("2020-07-01", "2026-07-01", AgeBand.FROM_6, EVERYTHING, True, "2034-07-01"),
        ("2012-03-10", "2026-03-09", AgeBand.FROM_6, EVERYTHING, True, "2037-03-10"),
        ("2012-03-10", "2026-03-10", AgeBand.FROM_14, EVERYTHING, False, "2037-03-10"),
        ("2001-05-10", "2024-05-09", AgeBand.FROM_14, EVERYTHING, False, "2026-05-10"),
        ("2001-05-10", "2024-05-10", AgeBand.FROM_14, EVERYTHING, False, "2041-05-10"),
        ("1966-01-02", "2026-01-02", AgeBand.FROM_14, EVERYTHING, False, None),
        ("1932", "2026-03-02", AgeBand.FROM_14, EVERYTHING, False, None),
        ("2012-02-29", "2026-02-28", AgeBand.FROM_6, EVERYTHING, True, "2037-03-01"),
        ("2012-02-29", "2026-03-01", AgeBand.FROM_14, EVERYTHING, False, "2037-03-01"),
    ],
)
def test_the_published_vectors_hold(
    birth: str, day: str, band: AgeBand, parts: int, guardian: bool, valid_until: str | None
) -> None:
    made = plan(birth, day)
    assert made.age_band is band
    assert len(all_parts(made.captures)) == parts
    assert made.guardian_files is guardian
    assert made.valid_until == (date.fromisoformat(valid_until) if valid_until else None)


@pytest.mark.parametrize(
    ("birth", "day", "asked"),
    [
        ("2019-03-03", "2026-03-02", False),
        ("2019-03-02", "2026-03-02", True),
        ("2012-03-03", "2026-03-02", True),
        ("2012-03-02", "2026-03-02", False),
    ],
)
def test_a_child_is_asked_too_from_its_seventh_to_its_fourteenth_birthday(
    birth: str, day: str, asked: bool
) -> None:
    assert plan(birth, day).child_is_asked is asked


def test_a_small_child_is_framed_as_a_child() -> None:
    assert plan("2014-03-03", "2026-03-02").framing is Framing.CHILD
    assert plan("2014-03-02", "2026-03-02").framing is Framing.STANDING


def test_a_year_in_which_both_ends_mean_the_same_is_enough() -> None:
    assert not band_is_open(Birth.parse("2015"), date(2026, 3, 2), AGES)


@pytest.mark.parametrize(("birth", "band"), [("2012", AgeBand.FROM_6), ("2020-03", AgeBand.UNDER_6)])
def test_a_birth_that_leaves_the_group_open_counts_as_the_younger_one(birth: str, band: AgeBand) -> None:
    assert band_is_open(Birth.parse(birth), date(2026, 3, 2), AGES)
    assert plan(birth, "2026-03-02").age_band is band


def test_the_card_of_a_vague_birth_ends_at_the_earlier_of_its_readings() -> None:
    assert plan("2001", "2024-05-10").valid_until == date(2026, 12, 31)


@given(births, days)
def test_nobody_grows_younger(born: date, day: date) -> None:
    today, tomorrow = (age_band(born, each, AGES) for each in (day, day + timedelta(days=1)))
    assert ORDER.index(today) <= ORDER.index(tomorrow)


@given(births, days)
def test_who_is_born_later_is_not_in_an_older_group(born: date, day: date) -> None:
    later = age_band(born + timedelta(days=1), day, AGES)
    assert ORDER.index(later) <= ORDER.index(age_band(born, day, AGES))


@given(births, days)
def test_a_card_ends_after_the_day_of_its_issue_or_never(born: date, day: date) -> None:
    end = card_ends(born, day, AGES)
    assert end is None or end > day + timedelta(days=365 * AGES.early_years)


@given(births, days)
def test_biometrics_are_taken_of_exactly_those_who_are_not_under_six(born: date, day: date) -> None:
    made = plan_visit(Birth(born, born), day, RULES)
    assert bool(made.captures) is (made.age_band is not AgeBand.UNDER_6)


@given(st.integers(1900, 2100), days)
def test_a_vague_birth_never_asks_more_of_a_child_than_any_of_its_days(year: int, day: date) -> None:
    vague = Birth.parse(str(year))
    for born in (vague.first, date(year, 6, 15), vague.last):
        exact = plan_visit(Birth(born, born), day, RULES)
        made = plan_visit(vague, day, RULES)
        assert made.guardian_files or not exact.guardian_files
        assert exact.captures or not made.captures


@pytest.mark.parametrize("first", EyeSide)
def test_eyes_begin_with_either_side_and_nothing_else_moves(first: EyeSide) -> None:
    before = all_parts(every_capture(RULES))
    parts = all_parts(eyes_first_from(every_capture(RULES), first))
    assert parts[:-2] == before[:-2]
    assert parts[-2].position is first
    assert set(parts) == set(before)
