"""The personal number of twelve digits, and what it tells.

    PPP G YY NNNNNN
    PPP     where the birth was registered: one of 63 provinces, else a code of a country
    G       century and sex: 0, 1 = male, female of the 1900s; 2, 3 = of the 2000s; ... 8, 9 = of the 2300s
    YY      the last two digits of the birth year
    NNNNNN  random; there is no check digit

Source: decree 137/2015 article 13, circular 07/2016 article 7.
"""

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from firmware.records.claimed import Sex

_DIGITS = re.compile(r"[0-9]{12}", re.ASCII)
_FIRST_COUNTRY = 100  # circular 07/2016 appendix 2; the codes themselves are not public in full
_FIRST_CENTURY_BEGINS = 1900


class ClaimError(Exception):
    """What was shown or typed is no claim. message_id: what to tell the person."""

    message_id = "claim_unreadable"


class NumberMalformed(ClaimError):
    """A personal number has twelve digits; this has not."""

    message_id = "number_invalid"


@dataclass(frozen=True, slots=True)
class PersonalNumber:
    """digits: twelve of 0 to 9."""

    digits: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "PersonalNumber":
        """The number in `text`, with blanks around it at most; else NumberMalformed."""
        digits = text.strip()
        if not _DIGITS.fullmatch(digits):
            raise NumberMalformed("a personal number has twelve digits")
        return cls(digits)

    @property
    def place(self) -> str | None:
        """The province of the birth's registration under its name of 2016; None abroad or unknown."""
        return _places().get(self.digits[:3])

    @property
    def is_from_abroad(self) -> bool:
        """Whether the birth was registered in another country."""
        return int(self.digits[:3]) >= _FIRST_COUNTRY

    @property
    def sex(self) -> Sex:
        """As it was when the number was given."""
        return Sex.FEMALE if int(self.digits[3]) % 2 else Sex.MALE

    @property
    def birth_year(self) -> int:
        """As it was known when the number was given."""
        return _FIRST_CENTURY_BEGINS + 100 * (int(self.digits[3]) // 2) + int(self.digits[4:6])

    def masked(self) -> str:
        """What a screen may show: the owner knows it again, a bystander learns little."""
        return f"{self.digits[:3]}•••••{self.digits[-4:]}"


@functools.cache
def _places() -> Mapping[str, str]:
    document = tomllib.loads(Path(__file__).with_name("number_places.toml").read_text("utf-8"))
    return cast("Mapping[str, str]", document["places"])
