"""Invented citizens have facts that a real card could carry, and that nobody mistakes for real."""

import re
import unicodedata
from datetime import date

import numpy as np
import pytest

from simulator.people.facts import PRESENT, SYNTHETIC_SERIAL, Facts, Sex, generate_facts


def citizens(count: int) -> list[Facts]:
    return [generate_facts(np.random.default_rng(seed)) for seed in range(count)]


def test_the_same_seed_gives_the_same_citizen() -> None:
    assert generate_facts(np.random.default_rng(7)) == generate_facts(np.random.default_rng(7))
    assert generate_facts(np.random.default_rng(7)) != generate_facts(np.random.default_rng(8))


def test_the_number_tells_sex_century_and_year_of_birth() -> None:
    for facts in citizens(200):
        century, is_female = divmod(int(facts.number[3]), 2)
        assert Sex.FEMALE if is_female else Sex.MALE is facts.sex
        assert 1900 + 100 * century + int(facts.number[4:6]) == facts.birth_date.year


def test_every_number_is_marked_as_invented() -> None:
    for facts in citizens(50):
        assert re.fullmatch(r"\d{12}", facts.number)
        assert facts.number[6:].startswith(SYNTHETIC_SERIAL)
        assert re.fullmatch(r"(000\d{6})?", facts.old_number)


def test_the_code_has_seven_fields_in_composed_vietnamese() -> None:
    for facts in citizens(50):
        text = facts.qr_text()
        assert text.count("|") == 6
        assert unicodedata.is_normalized("NFC", text)
        assert len(text.encode()) < 200


def test_the_code_of_a_known_citizen_reads_as_the_2021_card() -> None:
    facts = Facts(
        number="031309000189",
        old_number="",
        name="Lý Ngọc Mẫu",
        birth_date=date(2009, 8, 17),
        sex=Sex.FEMALE,
        address="Thôn Mẫu 1, Hải Phòng",
        issue_date=date(2024, 5, 5),
    )

    assert facts.qr_text() == "031309000189||Lý Ngọc Mẫu|17082009|Nữ|Thôn Mẫu 1, Hải Phòng|05052024"


@pytest.mark.parametrize(("youngest", "oldest"), [(6, 13), (18, 79), (60, 60)])
def test_ages_stay_within_what_was_asked_for(youngest: int, oldest: int) -> None:
    for seed in range(100):
        facts = generate_facts(np.random.default_rng(seed), youngest=youngest, oldest=oldest)
        assert youngest <= facts.age_years() <= oldest
        assert facts.birth_date < facts.issue_date <= PRESENT


def test_nothing_of_a_citizen_shows_in_a_repr() -> None:
    facts = generate_facts(np.random.default_rng(1))

    assert facts.number not in repr(facts)
    assert facts.name not in repr(facts)
