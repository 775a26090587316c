"""Wall time and waiting; the only module of the firmware that reads a clock or sleeps."""

import asyncio
from datetime import UTC, datetime
from typing import Protocol


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


class SystemClock:
    """The machine's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def elapsed_s(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, duration_s: float) -> None:
        await asyncio.sleep(duration_s)
