"""What is fixed when a visit starts; midnight, or a new law, during the visit changes nothing of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from firmware.clock import DatedClock, Reading
from firmware.records.dates import local_day
from firmware.visit.rules import NoRuleForDate, Rules


@dataclass(frozen=True, slots=True)
class Opening:
    """The start of a visit. rules: of the local day."""

    start: Reading
    rules: Rules

    @property
    def at(self) -> datetime:
        """The moment, in UTC."""
        return self.start.at

    @property
    def day(self) -> date:
        """The day in Viet Nam."""
        return local_day(self.at)


def open_visit(clock: DatedClock, rules_on: Callable[[date], Rules]) -> Opening | None:
    """A visit that starts now; None when the date would be a guess, or no rules are known for it."""
    reading = clock.reading()
    if reading is None:
        return None
    try:
        return Opening(reading, rules_on(local_day(reading.at)))
    except NoRuleForDate:
        return None
