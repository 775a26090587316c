"""Days, birthdays, and births of every precision."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.records.dates import Birth, BirthUnknown, birthday, local_day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1990-05-17", date(1990, 5, 17), date(1990, 5, 17)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("1999-12", date(1999, 12, 1), date(1999, 12, 31)),
        ("1932", date(1932, 1, 1), date(1932, 12, 31)),
    ],
)
def test_a_birth_is_a_period_as_long_as_it_is_vague(text: str, first: date, last: date) -> None:
    birth = Birth.parse(text)
    assert (birth.first, birth.last) == (first, last)
    assert birth.iso() == text


@pytest.mark.parametrize(("digits", "iso"), [("17051990", "1990-05-17"), ("1932", "1932")])
def test_people_type_the_day_first_or_the_year_alone(digits: str, iso: str) -> None:
    assert Birth.typed(digits).iso() == iso


@pytest.mark.parametrize(
    "digits", ["", "32", "051990", "31021990", "00051990", "17001990", "00001990", "0000", "٠١٠١١٩٩٠", "9999"]
)
def test_nonsense_is_no_birth(digits: str) -> None:
    with pytest.raises(BirthUnknown):
        Birth.typed(digits)


@pytest.mark.parametrize("text", ["", "17/05/1990", "1990-13", "2011-02-29", "1990-5-7", "1990-00-01"])
def test_only_iso_dates_are_read(text: str) -> None:
    with pytest.raises(BirthUnknown):
        Birth.parse(text)


def test_a_birth_does_not_show_in_its_repr() -> None:
    assert "1990" not in repr(Birth.parse("1990-05-17"))


def test_more_exact_is_held_by_less_exact_and_not_the_other_way_round() -> None:
    vague, exact = Birth.parse("2012"), Birth.parse("2012-03-02")
    assert vague.holds(exact)
    assert not exact.holds(vague)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 100))
def test_a_birthday_is_the_same_day_or_the_first_of_march(born: date, years: int) -> None:
    day = birthday(born, years)
    is_leapling_in_a_common_year = (born.month, born.day) == (2, 29) and (day.month, day.day) == (3, 1)
    assert (day.month, day.day) == (born.month, born.day) or is_leapling_in_a_common_year
    assert day.year == born.year + years


def test_a_day_in_viet_nam_begins_at_five_in_the_afternoon_utc() -> None:
    assert local_day(datetime(2026, 3, 1, 16, 59, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert local_day(datetime(2026, 3, 1, 17, 0, tzinfo=UTC)) == date(2026, 3, 2)
