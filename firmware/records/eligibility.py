"""What the law of the day made of a person's age, as the record keeps it."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class AgeBand(StrEnum):
    """The three groups of the Law on Identification 26/2023/QH15, article 23, by their first birthday."""

    UNDER_6 = "under_6"
    FROM_6 = "from_6"
    FROM_14 = "from_14"


class Framing(StrEnum):
    """How a person is placed before the portrait camera."""

    STANDING = "standing"
    SEATED = "seated"
    CHILD = "child"
    BEDSIDE = "bedside"  # before a terminal that was carried to somebody who can neither stand nor sit


class BirthSource(StrEnum):
    """Who says when the person was born."""

    REGISTER = "register"
    CARD = "card"
    TYPED = "typed"


class DateSource(StrEnum):
    """How the terminal knew the date."""

    NETWORK = "network"
    RTC = "rtc"
    ATTESTED = "attested"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Why this was asked of this person.

    rules_from: first day of the rules that were used. day: local, of the visit's start. date_attested_by: the
    attendant whose word the date is, if it is one. birth: ISO 8601, as precise as it was known. valid_until:
    of a card issued on that day; None when it never ends.
    """

    rules_from: date
    day: date
    date_source: DateSource
    date_attested_by: str | None
    age_band: AgeBand
    birth: str = field(repr=False)
    birth_source: BirthSource
    guardian_is_needed: bool
    child_is_asked: bool
    valid_until: date | None
