"""What the twelve digits of a personal number tell."""

import pytest

from firmware.records.claimed import Sex
from firmware.visit.personal_number import NumberMalformed, PersonalNumber


def test_a_number_tells_place_sex_and_birth_year() -> None:
    number = PersonalNumber.parse("031309000189")

    assert (number.place, number.sex, number.birth_year) == ("Hải Phòng", Sex.FEMALE, 2009)


@pytest.mark.parametrize(
    ("digit", "sex", "century"),
    [
        (0, Sex.MALE, 1900),
        (1, Sex.FEMALE, 1900),
        (2, Sex.MALE, 2000),
        (3, Sex.FEMALE, 2000),
        (4, Sex.MALE, 2100),
        (5, Sex.FEMALE, 2100),
        (6, Sex.MALE, 2200),
        (7, Sex.FEMALE, 2200),
        (8, Sex.MALE, 2300),
        (9, Sex.FEMALE, 2300),
    ],
)
def test_the_fourth_digit_is_century_and_sex(digit: int, sex: Sex, century: int) -> None:
    number = PersonalNumber.parse(f"001{digit}32000001")

    assert (number.sex, number.birth_year) == (sex, century + 32)


def test_the_prefix_is_the_old_code_and_not_the_province_of_2025() -> None:
    assert PersonalNumber.parse("024090000001").place == "Bắc Giang"
    assert PersonalNumber.parse("044090000001").place == "Quảng Bình"


def test_all_sixty_three_places_are_known() -> None:
    known = [code for code in range(1000) if PersonalNumber.parse(f"{code:03d}090000001").place]

    assert (len(known), known[0], known[-1]) == (63, 1, 96)


@pytest.mark.parametrize(
    "text", ["", "12345678901", "1234567890123", "00109000000a", "٠٠١٠٩٠٠٠٠٠٠١", "001 09000000"]
)
def test_a_number_with_other_than_twelve_digits_is_malformed(text: str) -> None:
    with pytest.raises(NumberMalformed):
        PersonalNumber.parse(text)
