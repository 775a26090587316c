"""Cards and numbers as they are shown and typed."""

import csv
import unicodedata
from pathlib import Path

import pytest

from firmware.records.claimed import ClaimSource, Sex
from firmware.visit.card_fields import NotACard, TailField, TailKind, parse_card_qr
from firmware.visit.claim import ClaimError, ClaimWarning, claim_from_card, claim_from_number, masked

NUMBER = "031309000189"
CARD = f"{NUMBER}|000000110|Lý Ngọc Mẫu|17082009|Nữ|Thôn Thử Nghiệm 1, Hải Phòng|05052024"


def _card(**changes: str) -> str:
    names = ("number", "old_number", "name", "birth", "sex", "address", "issued")
    return "|".join((dict(zip(names, CARD.split("|"), strict=True)) | changes).values())


def test_a_typed_number_is_a_claim_of_nothing_else() -> None:
    claim = claim_from_number(f" {NUMBER}\n")

    assert (claim.number, claim.source, claim.name, claim.birth, claim.sex) == (
        NUMBER,
        ClaimSource.TYPED,
        None,
        None,
        None,
    )
    assert claim.warnings == ()


@pytest.mark.parametrize(
    ("number", "warnings"),
    [
        ("003090000001", (ClaimWarning.PLACE_UNKNOWN,)),
        ("099090000001", (ClaimWarning.PLACE_UNKNOWN,)),
        ("143090000001", (ClaimWarning.PLACE_ABROAD,)),
    ],
)
def test_an_unknown_place_warns_and_refuses_nobody(number: str, warnings: tuple[str, ...]) -> None:
    assert claim_from_number(number).warnings == warnings


def test_a_card_of_2021_is_read_field_by_field() -> None:
    card = parse_card_qr(CARD)

    assert card.number.digits == NUMBER
    assert (card.old_number, card.name, card.birth, card.sex) == (
        "000000110",
        "Lý Ngọc Mẫu",
        "2009-08-17",
        Sex.FEMALE,
    )
    assert (card.address, card.issued, card.tail) == ("Thôn Thử Nghiệm 1, Hải Phòng", "2024-05-05", ())


def test_further_fields_are_kept_as_they_are() -> None:
    tail = parse_card_qr(f"{CARD}||Lê Văn Cha|Trần Thị Mẹ|").tail

    assert [each.text for each in tail] == ["", "Lê Văn Cha", "Trần Thị Mẹ", ""]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", TailKind.EMPTY),
        ("001090000123", TailKind.CANCELLED_NUMBER),
        ("000000110", TailKind.OLD_NUMBER),
        ("05052024", TailKind.DATE),
        ("05/05/2024", TailKind.DATE),
        ("Y Bhăm Niê", TailKind.NAME),
        ("H'Hen Êban", TailKind.NAME),
        ("0010900001234", TailKind.OTHER),
        ("Phố 1", TailKind.OTHER),
    ],
)
def test_a_further_field_is_labelled_by_what_it_looks_like(text: str, kind: TailKind) -> None:
    assert parse_card_qr(f"{CARD}|{text}").tail == (TailField(kind, text),)


def test_a_further_field_changes_nothing_of_the_claim() -> None:
    assert claim_from_card(f"{CARD}|001090000123|Lê Văn Cha||") == claim_from_card(CARD)


def test_a_card_without_issue_date_and_old_number_is_still_a_card() -> None:
    card = parse_card_qr(_card(old_number="", issued="").removesuffix("|"))

    assert (card.old_number, card.issued, card.tail) == ("", None, ())


def test_blanks_and_line_ends_of_a_scanner_do_not_matter() -> None:
    card = parse_card_qr(f"\ufeff {CARD.replace('|', ' | ').replace('Lý Ngọc', 'Lý  Ngọc')}\r\n")

    assert (card.number.digits, card.name, card.issued) == (NUMBER, "Lý Ngọc Mẫu", "2024-05-05")


def test_a_decomposed_name_is_composed() -> None:
    claim = claim_from_card(unicodedata.normalize("NFD", CARD))

    assert claim.name == "Lý Ngọc Mẫu"
    assert claim.sex is Sex.FEMALE


@pytest.mark.parametrize("name", ["Y Bhăm Niê", "H'Hen", "K'Bruih", "Ngô", "Nguyễn-Wright"])
def test_names_of_every_people_of_the_country_are_welcome(name: str) -> None:
    claim = claim_from_card(_card(name=name))

    assert (claim.name, claim.warnings) == (name, ())


def test_a_foreign_letter_that_looks_vietnamese_is_set_right_with_a_warning() -> None:
    claim = claim_from_card(_card(name="\u00d0ặng Thị Mẫu"))

    assert claim.name == "\u0110ặng Thị Mẫu"
    assert claim.warnings == (ClaimWarning.NAME_LETTER,)


@pytest.mark.parametrize(
    ("printed", "birth"),
    [
        ("17082009", "2009-08-17"),
        ("17/08/2009", "2009-08-17"),
        ("2009", "2009"),
        ("00002009", "2009"),
        ("00082009", "2009-08"),
        ("29022009", None),
        ("17132009", None),
        ("17002009", None),
        ("00000000", None),
        ("gần Tết", None),
    ],
)
def test_a_birth_is_as_precise_as_printed(printed: str, birth: str | None) -> None:
    assert parse_card_qr(_card(birth=printed)).birth == birth


@pytest.mark.parametrize(
    ("changes", "warning"),
    [
        ({"birth": "17082010"}, ClaimWarning.BIRTH_DIFFERS),
        ({"birth": "1909"}, ClaimWarning.BIRTH_DIFFERS),
        ({"birth": "30022009"}, ClaimWarning.BIRTH_UNREADABLE),
        ({"sex": "Nam"}, ClaimWarning.SEX_DIFFERS),
        ({"sex": ""}, ClaimWarning.SEX_UNREADABLE),
        ({"name": ""}, ClaimWarning.NAME_MISSING),
        ({"number": "143309000189"}, ClaimWarning.PLACE_ABROAD),
    ],
)
def test_fields_that_do_not_fit_warn_and_refuse_nobody(
    changes: dict[str, str], warning: ClaimWarning
) -> None:
    claim = claim_from_card(_card(**changes))

    assert claim.source is ClaimSource.CARD
    assert claim.warnings == (warning,)


@pytest.mark.parametrize(
    "text",
    ["", "https://example.org/a|b|c|d|e|f", "|".join(CARD.split("|")[:5]), CARD[1:], f"{CARD}|{'x' * 1000}"],
)
def test_another_code_is_not_a_card(text: str) -> None:
    with pytest.raises(NotACard):
        parse_card_qr(text)


def test_the_screen_sees_a_part_of_the_number_and_initials() -> None:
    assert masked(claim_from_card(CARD)) == {"number": "031•••••0189", "initials": "L. N. M."}
    assert masked(claim_from_number(NUMBER)) == {"number": "031•••••0189"}


def test_nothing_personal_is_in_a_repr_or_an_error() -> None:
    shown = [repr(claim_from_card(CARD)), repr(parse_card_qr(f"{CARD}||Lê Văn Cha"))]
    for text in (NUMBER[:-1], CARD[1:]):
        with pytest.raises(ClaimError) as caught:
            claim_from_card(text)
        shown.append(repr(caught.value))
    with pytest.raises(ClaimError) as caught:
        claim_from_number(NUMBER[:-1])
    shown.append(repr(caught.value))

    for part in (NUMBER, NUMBER[1:], NUMBER[:-1], "000000110", "Ngọc", "2009", "Thôn", "Cha"):
        assert not any(part in text for text in shown), part


def test_twenty_invented_citizens_are_read_as_their_list_says(shared_data: Path) -> None:
    with (shared_data / "face" / "qr_cccd_synthetic" / "citizens.csv").open(encoding="utf-8") as stream:
        citizens = list(csv.DictReader(stream))

    for citizen in citizens:
        for text in (citizen["qr7"], citizen["qr_ext_unconfirmed"]):
            claim, card = claim_from_card(text), parse_card_qr(text)
            assert (claim.number, claim.name, claim.birth) == (
                citizen["personal_id"],
                citizen["full_name"],
                citizen["dob"],
            )
            assert claim.sex is {"Nam": Sex.MALE, "Nữ": Sex.FEMALE}[citizen["sex"]]
            assert (card.old_number, card.address, card.issued) == (
                citizen["old_id"],
                citizen["address"],
                citizen["issued"],
            )
            assert claim.warnings == ()
    assert len(citizens) == 20
