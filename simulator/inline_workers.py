"""Image work under virtual time: done inline, then the clock moves by the nominal duration."""

import asyncio
from collections.abc import Callable, Mapping
from typing import TypeVar

from firmware.workers import JobKind

T = TypeVar("T")


class InlineWorkers:
    """A firmware.workers.ImageWorkers for the virtual loop."""

    def __init__(self, nominal_s: Mapping[JobKind, float]) -> None:
        self._nominal_s = nominal_s

    async def run(self, kind: JobKind, job: Callable[[], T]) -> T:
        """The result of `job()`, after the time it takes on the terminal."""
        result = job()
        await asyncio.sleep(self._nominal_s[kind])
        return result
