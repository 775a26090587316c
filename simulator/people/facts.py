"""What an invented person's card says."""

import functools
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np

SYNTHETIC_SERIAL = "000"  # begins the serial of every invented number, so that the centre can refuse it
FIRST_CHIP_CARD = date(2021, 1, 1)
PRESENT = date(2026, 1, 1)  # ages are meant on this day: the same seed gives the same person every year
OLD_NUMBERS_UNTIL = 2000  # who was born later never had a card with nine digits
FIRST_CENTURY = 20  # digit 4 of the number counts sexes and centuries from the 20th: decree 137/2015 art. 13


class Sex(StrEnum):
    """As the card says it."""

    MALE = "male"
    FEMALE = "female"


CARD_WORDS = {Sex.MALE: "Nam", Sex.FEMALE: "Nữ"}


@dataclass(frozen=True, slots=True)
class Facts:
    """The fields of the card's QR code.

    number: 12 digits (province, century and sex, birth year, serial). old_number: 9 digits or "".
    """

    number: str = field(repr=False)
    old_number: str = field(repr=False)
    name: str = field(repr=False)
    birth_date: date = field(repr=False)
    sex: Sex = field(repr=False)
    address: str = field(repr=False)
    issue_date: date = field(repr=False)

    def qr_text(self) -> str:
        """The seven fields as the QR code of the 2021 card carries them."""
        fields = (
            self.number,
            self.old_number,
            self.name,
            f"{self.birth_date:%d%m%Y}",
            CARD_WORDS[self.sex],
            self.address,
            f"{self.issue_date:%d%m%Y}",
        )
        return "|".join(fields)

    def born_on(self, birth_date: date) -> "Facts":
        """The same person, had they been born on that day."""
        return replace(
            self,
            number=self.number[:3] + _sex_and_year(self.sex, birth_date.year) + self.number[6:],
            old_number=self.old_number if birth_date.year < OLD_NUMBERS_UNTIL else "",
            birth_date=birth_date,
            issue_date=max(self.issue_date, birth_date),
        )

    def age_years(self, on: date = PRESENT) -> int:
        """Whole years lived on that day."""
        before_birthday = (on.month, on.day) < (self.birth_date.month, self.birth_date.day)
        return on.year - self.birth_date.year - before_birthday


def generate_facts(generator: np.random.Generator, *, youngest: int = 18, oldest: int = 79) -> Facts:
    """An invented citizen whose age on 1 January 2026 lies between `youngest` and `oldest` years."""
    sex = tuple(Sex)[int(generator.integers(2))]
    birth_date = _day_between(generator, _years_before(oldest + 1), _years_before(youngest))
    province_code = _one_of(generator, sorted(_words()["provinces"]))
    return Facts(
        number=_number(generator, province_code, sex, birth_date.year),
        old_number=_old_number(generator, birth_date.year),
        name=_name(generator, sex),
        birth_date=birth_date,
        sex=sex,
        address=_address(generator, province_code),
        issue_date=_day_between(generator, max(FIRST_CHIP_CARD, birth_date), PRESENT),
    )


@functools.cache
def _words() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))


def _number(generator: np.random.Generator, province_code: str, sex: Sex, birth_year: int) -> str:
    serial = f"{SYNTHETIC_SERIAL}{generator.integers(1000):03d}"
    return f"{province_code}{_sex_and_year(sex, birth_year)}{serial}"


def _sex_and_year(sex: Sex, birth_year: int) -> str:
    century = birth_year // 100 + 1
    century_and_sex = 2 * (century - FIRST_CENTURY) + (sex is Sex.FEMALE)
    return f"{century_and_sex}{birth_year % 100:02d}"


def _old_number(generator: np.random.Generator, birth_year: int) -> str:
    if birth_year >= OLD_NUMBERS_UNTIL:
        return ""
    return f"{SYNTHETIC_SERIAL}{generator.integers(1_000_000):06d}"


def _name(generator: np.random.Generator, sex: Sex) -> str:
    words = _words()
    parts = (words["families"], words[sex.value]["middle"], words[sex.value]["given"])
    return " ".join(_one_of(generator, part) for part in parts)


def _address(generator: np.random.Generator, province_code: str) -> str:
    words = _words()
    hamlet, commune = (_one_of(generator, words["places"][kind]) for kind in ("hamlets", "communes"))
    return f"{hamlet} {generator.integers(1, 30)}, {commune}, {words['provinces'][province_code]}"


def _one_of(generator: np.random.Generator, choices: Sequence[str]) -> str:
    return choices[int(generator.integers(len(choices)))]


def _years_before(years: int) -> date:
    return PRESENT.replace(year=PRESENT.year - years)


def _day_between(generator: np.random.Generator, first: date, last: date) -> date:
    """A day after `first`, up to `last`."""
    return first + timedelta(days=int(generator.integers(1, (last - first).days + 1)))
