"""Days in Viet Nam, birthdays, and births that are known to the day, the month or the year."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

VIET_NAM = timedelta(hours=7)  # no summer time
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", re.ASCII)
_TYPED = re.compile(r"(?:([0-9]{2})([0-9]{2}))?([0-9]{4})", re.ASCII)
_DECEMBER = 12


class BirthUnknown(ValueError):
    """This text is no day, month or year; the message does not repeat it."""


@dataclass(frozen=True, slots=True)
class Birth:
    """A day of birth as precisely as it is known: it was `first`, `last` or a day between."""

    first: date = field(repr=False)
    last: date = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "Birth":
        """Of ISO 8601: "1990-05-17", "1990-05" or "1990"; BirthUnknown for all else."""
        match = _ISO.fullmatch(text)
        if match is None:
            raise BirthUnknown("no year, month or day")
        return _birth(*match.groups())

    @classmethod
    def typed(cls, digits: str) -> "Birth":
        """Of digits as people type them: DDMMYYYY or YYYY; BirthUnknown for all else."""
        match = _TYPED.fullmatch(digits)
        if match is None:
            raise BirthUnknown("neither DDMMYYYY nor YYYY")
        day, month, year = match.groups()
        return _birth(year, month, day)

    @property
    def is_exact(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    def holds(self, other: "Birth") -> bool:
        """Whether `other` says the same, or more exactly so."""
        return self.first <= other.first and other.last <= self.last

    def iso(self) -> str:
        """ISO 8601, as precise as it is known."""
        day = self.first.isoformat()
        if self.is_exact:
            return day
        return day[:7] if self.first.month == self.last.month else day[:4]


def _birth(year: str, month: str | None, day: str | None) -> Birth:
    """What is None is not known."""
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        last = first if day else _day_before(*_following(first.year, first.month if month else _DECEMBER))
    except ValueError:
        raise BirthUnknown("no such day") from None
    return Birth(first, last)


def _following(year: int, month: int) -> tuple[int, int]:
    """The month after a month."""
    return (year, month + 1) if month < _DECEMBER else (year + 1, 1)


def _day_before(year: int, month: int) -> date:
    return date(year, month, 1) - timedelta(days=1)


def local_day(moment: datetime) -> date:
    """The day in Viet Nam at a moment in UTC."""
    return (moment + VIET_NAM).date()


def birthday(born: date, years: int) -> date:
    """The day from which somebody is `years` old.

    Who was born on 29 February is a year older on 1 March where there is no such day. [U] No text was found
    that says so for the identity card; this is the later of the two readings, after which nobody doubts it.
    """
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)
