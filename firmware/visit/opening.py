"""What is fixed when a visit starts; midnight, or a new law, during the visit changes nothing of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from firmware.clock import DatedClock
from firmware.records.dates import local_day
from firmware.records.eligibility import DateSource
from firmware.visit.rules import NoRuleForDate, Rules


@dataclass(frozen=True, slots=True)
class Opening:
    """The start of a visit. at: UTC. date_source: how it is known. rules: of the local day."""

    at: datetime
    date_source: DateSource
    rules: Rules

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
        return Opening(reading.at, reading.source, rules_on(local_day(reading.at)))
    except NoRuleForDate:
        return None
