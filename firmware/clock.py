"""Wall time and waiting; the only module of the firmware that reads a clock or sleeps."""

import asyncio
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from firmware.records.eligibility import DateSource


class Clock(Protocol):
    """Time as a visit knows it: stamps from `now`, durations from `elapsed_s`."""

    def now(self) -> datetime:
        """Wall time in UTC; it may jump."""
        ...

    def elapsed_s(self) -> float:
        """The running loop's time; it never jumps."""
        ...

    async def sleep(self, duration_s: float) -> None:
        """Wait."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """A date that can be trusted. at: UTC. source: why. attested_by: the attendant, when ATTESTED."""

    at: datetime
    source: DateSource
    attested_by: str | None = None


class DatedClock(Clock, Protocol):
    """A clock that knows whether its date can be trusted."""

    def reading(self) -> Reading | None:
        """The date and how it is known; None when it would be a guess."""
        ...

    def attest(self, moment: datetime, attendant_id: str) -> bool:
        """Take an attendant's word for the present moment, in UTC; False when it cannot be."""
        ...


def boot_s() -> float:
    """Seconds since the machine started, also while it slept; no setting of the date moves it."""
    return time.clock_gettime(time.CLOCK_BOOTTIME)


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed_s(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, duration_s: float) -> None:
        await asyncio.sleep(duration_s)
