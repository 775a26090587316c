"""Image work under virtual time: done inline, then the clock moves by the nominal duration."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeVar

from firmware.workers import JobKind
from simulator.stopwatch import Stopwatch

T = TypeVar("T")


class InlineWorkers:
    """A firmware.workers.ImageWorkers for the virtual loop."""

    def __init__(self, nominal_s: Mapping[JobKind, float], stopwatch: Stopwatch | None = None) -> None:
        self._nominal_s = nominal_s
        self._stopwatch = stopwatch or Stopwatch()

    async def run(self, kind: JobKind, job: Callable[[], T]) -> T:
        """The result of `job()`, after the time it takes on the terminal."""
        with self._stopwatch:
            result = job()
        await asyncio.sleep(self._nominal_s[kind])
        return result
