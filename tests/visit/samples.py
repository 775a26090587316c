"""Samples and stations for tests of the visit's logic."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime

import numpy as np

from firmware.capture.attempts import NobodyThere, SeenBefore
from firmware.capture.guide import Guide
from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport
from firmware.records.eligibility import Framing
from firmware.records.samples import Modality, Position, Sample
from firmware.visit.attendants import Attendant
from hw.faults import DeviceFault

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
Result = int | NobodyThere | SeenBefore | DeviceFault | None


def sample_with(
    score: int, attempt: int, position: Position = None, advice: Advice = Advice.FINGER_AGAIN
) -> Sample:
    """A sample that is accepted from 50 on; else it has that advice."""
    accepted = score >= 50
    report = QualityReport("test/1", score, accepted, (), None if accepted else advice)
    image = np.full((4, 4), score, np.uint8)
    return Sample(Modality.IRIS, position, image, report, attempt, NOON, "test")


class ScriptedStation:
    """Takes what the test says, one after the other: a score, nobody, what was seen before, or a fault.

    Of None, and at the end, nothing comes.
    """

    def __init__(
        self,
        results: Iterable[Result],
        reopening: Iterable[DeviceFault | None] = (),
        advice: Advice = Advice.FINGER_AGAIN,
    ) -> None:
        self._results = iter(results)
        self._advice = advice
        self._reopening = iter(reopening)
        self.reopened = 0
        self.framings: list[Framing] = []

    async def take(
        self, position: Position, guide: Guide, attempt: int, framing: Framing
    ) -> Sample | NobodyThere | SeenBefore:
        self.framings.append(framing)
        result = next(self._results, None)
        if result is None:
            await asyncio.sleep(60.0)
            return NobodyThere()
        if isinstance(result, DeviceFault):
            raise result
        if isinstance(result, NobodyThere | SeenBefore):
            return result
        sample = sample_with(result, attempt, position, self._advice)
        guide.advise(sample.report.advice)
        return sample

    async def reopen(self) -> None:
        self.reopened += 1
        fault = next(self._reopening, None)
        if fault is not None:
            raise fault


async def no_attendant(pin: str) -> Attendant | None:
    """Nobody has that PIN."""
    del pin
    return None
