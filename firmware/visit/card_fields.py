"""The fields of a card's QR code, as they are printed.

    2021: number | old number or empty | name | ddmmyyyy | Nam or Nữ | address | ddmmyyyy of issue
    2024: the same with more fields behind, whose order is not public

Source: several public readers agree on the seven; circular 16/2024 names the additions without an order.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from firmware.records.claimed import Sex
from firmware.visit.personal_number import ClaimError, NumberMalformed, PersonalNumber

_LEAST_FIELDS = 6  # the issue date is missing on some cards
_MOST_CHARACTERS = 1024  # a QR code of the card's size holds far less
_DATE = re.compile(r"(?:(\d{2})[/.-]?(\d{2})[/.-]?)?(\d{4})", re.ASCII)
_SEXES = {"nam": Sex.MALE, "nữ": Sex.FEMALE}


class NotACard(ClaimError):
    """The QR code is not that of an identity card."""

    message_id = "card_show"


@dataclass(frozen=True, slots=True)
class CardClaim:
    """What a card says. Texts are NFC; what cannot be understood is None.

    birth, issued: ISO 8601, as precise as printed ("1990-05-17", "1932"). tail: further fields, as they are,
    each with what it looks like.
    """

    number: PersonalNumber
    old_number: str = field(repr=False)
    name: str | None = field(repr=False)
    birth: str | None = field(repr=False)
    sex: Sex | None = field(repr=False)
    address: str = field(repr=False)
    issued: str | None = field(repr=False)
    tail: tuple["TailField", ...] = field(default=(), repr=False)


class TailKind(StrEnum):
    """What a further field looks like; which one it is, nobody has published."""

    EMPTY = "empty"
    CANCELLED_NUMBER = "cancelled_number"  # twelve digits
    OLD_NUMBER = "old_number"  # nine digits
    DATE = "date"
    NAME = "name"  # of the father or the mother, as it seems
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TailField:
    """One further field, for a person to confirm."""

    kind: TailKind
    text: str = field(repr=False)


_TAIL_KINDS = (
    (re.compile(r"\d{12}", re.ASCII), TailKind.CANCELLED_NUMBER),
    (re.compile(r"\d{9}", re.ASCII), TailKind.OLD_NUMBER),
    (re.compile(r"(\d{2})[/.-]?(\d{2})[/.-]?(\d{4})", re.ASCII), TailKind.DATE),
)


def parse_card_qr(text: str) -> CardClaim:
    """The card behind the text of a QR code; NotACard for every other code."""
    if len(text) > _MOST_CHARACTERS:
        raise NotACard("the code is longer than a card's")
    parts = [_clean(part) for part in text.split("|")]
    if len(parts) < _LEAST_FIELDS:
        raise NotACard("the code has fewer fields than a card's")
    number, old_number, name, birth, sex, address, *rest = parts
    return CardClaim(
        number=_number(number),
        old_number=old_number,
        name=name or None,
        birth=_date(birth),
        sex=_SEXES.get(sex.casefold()),
        address=address,
        issued=_date(rest[0]) if rest else None,
        tail=tuple(TailField(_kind(text), text) for text in rest[1:]),
    )


def _number(text: str) -> PersonalNumber:
    try:
        return PersonalNumber.parse(text)
    except NumberMalformed as error:
        raise NotACard("the code does not begin with a personal number") from error


def _kind(text: str) -> TailKind:
    if not text:
        return TailKind.EMPTY
    for pattern, kind in _TAIL_KINDS:
        if pattern.fullmatch(text):
            return kind
    letters = text.replace("'", "").replace("-", "").replace(" ", "")
    return TailKind.NAME if letters.isalpha() else TailKind.OTHER


def _clean(text: str) -> str:
    """NFC, without control characters and outer blanks, inner blanks single."""
    letters = (" " if unicodedata.category(letter) in {"Cc", "Cf"} else letter for letter in text)
    return " ".join(unicodedata.normalize("NFC", "".join(letters)).split())


def _date(text: str) -> str | None:
    """ISO 8601; a day or month of 00 is not known. None when there is no such date."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    day, month, year = (int(part or 0) for part in match.groups())
    try:
        whole = date(year, month or 1, day or 1).isoformat()
    except ValueError:
        return None
    if month == 0:
        return whole[:4] if day == 0 else None
    return whole if day else whole[:7]
