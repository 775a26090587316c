"""Whatever is typed or shown, a claim is made or refused in one known way."""

import contextlib
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from firmware.records.claimed import Sex
from firmware.visit.card_fields import NotACard, parse_card_qr
from firmware.visit.claim import claim_from_card, masked
from firmware.visit.personal_number import NumberMalformed, PersonalNumber

NUMBERS = st.text("0123456789", min_size=12, max_size=12)
FIELD = st.text(st.characters(exclude_characters="|", exclude_categories=["Cs"]), max_size=30)
CARD_WORDS = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}


@given(st.text())
def test_any_text_is_a_number_or_malformed(text: str) -> None:
    with contextlib.suppress(NumberMalformed):
        assert PersonalNumber.parse(text).digits == text.strip()


@given(st.one_of(st.text(), st.lists(FIELD, max_size=12).map("|".join)))
def test_any_text_is_a_card_or_not(text: str) -> None:
    with contextlib.suppress(NotACard):
        parse_card_qr(text)


@given(NUMBERS, st.lists(FIELD, min_size=5, max_size=12))
def test_what_begins_with_a_number_and_has_the_fields_is_a_card(number: str, fields: list[str]) -> None:
    claim = claim_from_card("|".join([number, *fields]))

    assert claim.number == number
    assert number not in "".join(masked(claim).values())


@given(st.dates(date(1900, 1, 1), date(2399, 12, 31)), st.sampled_from(Sex), st.integers(0, 999_999))
def test_a_number_given_by_the_rule_fits_its_card(birth: date, sex: Sex, serial: int) -> None:
    century_and_sex = 2 * (birth.year // 100 - 19) + (sex is Sex.FEMALE)
    number = f"001{century_and_sex}{birth.year % 100:02d}{serial:06d}"

    claim = claim_from_card(f"{number}||Lý Mẫu|{birth:%d%m}{birth.year}|{CARD_WORDS[sex]}||01012024")

    assert claim.warnings == ()
    assert claim.birth == birth.isoformat()
