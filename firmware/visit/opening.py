"""What is fixed when a visit starts; midnight, or a new law, during the visit changes nothing of it."""

from dataclasses import dataclass
from datetime import date, datetime

from firmware.records.dates import local_day
from firmware.visit.rules import Rules


@dataclass(frozen=True, slots=True)
class Opening:
    """The start of a visit. at: UTC. rules: of the local day."""

    at: datetime
    rules: Rules

    @property
    def day(self) -> date:
        """The day in Viet Nam."""
        return local_day(self.at)
