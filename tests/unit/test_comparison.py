"""A claim and the register agree when they mean the same, and not when they only look alike."""

import unicodedata

import pytest

from firmware.records.claimed import ClaimedIdentity, ClaimSource, Sex
from firmware.records.comparison import compare, has_changed
from firmware.records.registered import FieldComparison, FieldVerdict, RegisterEntry
from firmware.records.text_keys import comparison_key, unmarked_key

NUMBER = "001190000123"
SAME = [
    ("Hòa", "Hoà"),
    ("Hóa", "Hoá"),
    ("Thủy", "Thuỷ"),
    ("Úy", "Uý"),
    ("Khỏe", "Khoẻ"),
    ("M'Drắk", "M’Drắk"),
    ("Cư M'gar", "Cư Mʼgar"),
    ("B'Lao", "B‘Lao"),
    ("D'Ran", "D´Ran"),
    ("Xã Bắc Sơn", "xã Bắc Sơn"),
    ("NGUYỄN THỊ THỦY", "Nguyễn Thị Thuỷ"),
    ("Đặng", "Ðặng"),
    ("ĐẶNG", "Ɖặng"),
    ("Khơ-me", "Khơ  me"),
    (" Trần\u00a0Văn A ", "Trần Văn\u200b A"),
]
OTHERS = [
    ("Ba Tơ", "Ba Tô"),
    ("Sơn Hà", "Sơn Hạ"),
    ("Văn Lang", "Văn Lăng"),
    ("Lộc Thạnh", "Lộc Thành"),
    ("Thanh An", "Thạnh An"),
    ("Tân Thành", "Tân Thạnh"),
    ("Cẩm Giang", "Cẩm Giàng"),
    ("Hoa", "Hoà"),
    ("Huê", "Huế"),
    ("Dung", "Đung"),
    ("của", "cua"),
]


def claim(name: str | None = None, birth: str | None = None, sex: Sex | None = None) -> ClaimedIdentity:
    return ClaimedIdentity(NUMBER, ClaimSource.CARD, name, birth, sex)


def entry(name: str | None = None, birth: str | None = None, sex: Sex | None = None) -> RegisterEntry:
    return RegisterEntry(NUMBER, name, birth, sex, "2026-03")


def verdicts(here: ClaimedIdentity, there: RegisterEntry) -> dict[str, FieldVerdict]:
    return {field.name: field.verdict for field in compare(here, there)}


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_spellings_of_one_name_are_equivalent(one: str, other: str) -> None:
    assert verdicts(claim(one), entry(other))["name"] is FieldVerdict.EQUIVALENT


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_that_differ_in_a_mark_are_different(one: str, other: str) -> None:
    assert verdicts(claim(one), entry(other))["name"] is FieldVerdict.DIFFERENT


@pytest.mark.parametrize(("one", "other"), [*SAME, *OTHERS])
def test_a_search_without_marks_finds_both(one: str, other: str) -> None:
    assert unmarked_key(one) == unmarked_key(other)


@pytest.mark.parametrize(("one", "other"), [*SAME, *OTHERS])
def test_decomposed_letters_are_the_same_letters(one: str, other: str) -> None:
    for text in (one, other):
        decomposed = unicodedata.normalize("NFD", text)
        assert verdicts(claim(decomposed), entry(text))["name"] is not FieldVerdict.DIFFERENT


@pytest.mark.parametrize(
    ("name", "key", "bare"),
    [
        ("Y Bhăm Niê", "y bhăm niê", "y bham nie"),
        ("H'Hen", "h'hen", "h'hen"),
        ("K’Bruih", "k'bruih", "k'bruih"),
        ("Hoàng Thị Thuý", "hoàng thị thuý", "hoang thi thuy"),
        ("Đỗ", "đỗ", "do"),
        ("Guðrún", "guðrún", "guðrun"),
    ],
)
def test_names_of_every_people_keep_their_letters(name: str, key: str, bare: str) -> None:
    assert (comparison_key(name), unmarked_key(name)) == (key, bare)


@pytest.mark.parametrize(
    ("here", "there", "verdict"),
    [
        ("1932", "1932", FieldVerdict.EQUAL),
        ("1932", "1932-05-17", FieldVerdict.EQUIVALENT),
        ("1932-05-17", "1932-05", FieldVerdict.EQUIVALENT),
        ("1932-05", "1932-06-01", FieldVerdict.DIFFERENT),
        ("1932", "1933", FieldVerdict.DIFFERENT),
        ("1932-05-17", None, FieldVerdict.MISSING_THERE),
        (None, "1932-05-17", FieldVerdict.MISSING_HERE),
    ],
)
def test_a_birth_is_compared_as_precisely_as_both_know_it(
    here: str | None, there: str | None, verdict: FieldVerdict
) -> None:
    assert verdicts(claim(birth=here), entry(birth=there))["birth"] is verdict


def test_every_known_field_gets_a_verdict_in_the_same_order() -> None:
    found = compare(claim("An", "1990", Sex.MALE), entry("An", "1990", Sex.FEMALE))

    assert found == (
        FieldComparison("number", FieldVerdict.EQUAL),
        FieldComparison("name", FieldVerdict.EQUAL),
        FieldComparison("birth", FieldVerdict.EQUAL),
        FieldComparison("sex", FieldVerdict.DIFFERENT),
    )
    assert has_changed(found)


def test_a_typed_number_alone_has_not_changed() -> None:
    found = compare(claim(), entry("An", "1990-05-17", Sex.MALE))

    assert {field.name for field in found if field.verdict is FieldVerdict.MISSING_HERE} == {
        "name",
        "birth",
        "sex",
    }
    assert not has_changed(found)


def test_what_neither_side_knows_is_left_out() -> None:
    assert [field.name for field in compare(claim(), entry())] == ["number"]
