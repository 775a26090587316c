"""Bounded attempts with the best sample kept: the loop that every modality shares."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from firmware.clock import Clock
from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport
from firmware.records.samples import (
    Artefact,
    Attempt,
    ExceptionReason,
    Modality,
    Position,
    Rejection,
    Sample,
)
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)


MACHINES_FAULTS = frozenset({Advice.FACE_LIGHT})
"""What no other try betters: an attendant has been called, and the person is not kept waiting for a lamp."""


@dataclass(frozen=True, slots=True)
class NobodyThere:
    """Nothing was presented within the deadline; not an attempt, and not the person's fault."""


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """What was presented had been taken as `position` before: an attempt, but no sample of what was asked."""

    position: Position
    report: QualityReport


Take = Callable[[int], Awaitable[Sample | NobodyThere | SeenBefore]]


@dataclass(slots=True)
class _Tries:
    """The attempts made so far; ties between samples go to the latest."""

    made: list[Attempt]
    best: Sample | None = None

    def add(self, sample: Sample, duration_s: float) -> None:
        self.made.append(Attempt(len(self.made) + 1, sample.report, duration_s))
        self.best = better(self.best, sample)

    def repeat(self, seen: SeenBefore, duration_s: float) -> None:
        """Note what was taken before; what was not good until now may have been the wrong one too."""
        number, rejection = len(self.made) + 1, Rejection.SEEN_BEFORE
        self.made.append(Attempt(number, seen.report, duration_s, rejection=rejection, seen_as=seen.position))
        self.best = None


class Acquisition:
    """One capture task; it survives interruptions, such as the question whether anybody is there."""

    def __init__(
        self, modality: Modality, position: Position, take: Take, attempts: int, clock: Clock
    ) -> None:
        self._modality = modality
        self._position: Position = position
        self._take = take
        self._attempts = attempts
        self._clock = clock
        self._tries = _Tries([])
        self._looked_at_by: str | None = None

    @property
    def repeats(self) -> int:
        """How often something was presented that had been taken before."""
        return sum(attempt.rejection is Rejection.SEEN_BEFORE for attempt in self._tries.made)

    def looked_at(self, attendant_id: str) -> None:
        """An attendant has looked at what is presented."""
        self._looked_at_by = attendant_id

    async def run(self) -> Artefact | NobodyThere | SeenBefore:
        """Take samples until one is accepted, no other try would better it, or the attempts are used up.

        What was taken before costs no attempt; who asks again ends that.
        """
        while len(self._tries.made) - self.repeats < self._attempts:
            begun_s = self._clock.elapsed_s()
            try:
                sample = await self._take(len(self._tries.made) + 1)
            except DeviceFault as fault:
                _log.warning("capture given up: %s", fault)
                return self.so_far(ExceptionReason.DEVICE_UNAVAILABLE)
            if isinstance(sample, NobodyThere):
                return sample
            if isinstance(sample, SeenBefore):
                self._tries.repeat(sample, self._clock.elapsed_s() - begun_s)
                return sample
            self._tries.add(sample, self._clock.elapsed_s() - begun_s)
            if sample.report.accepted or sample.report.advice in MACHINES_FAULTS:
                break
        return self.so_far(ExceptionReason.UNREADABLE)

    def so_far(self, reason: ExceptionReason) -> Artefact:
        """The best sample until now, forced when it is not good enough; without any, the reason why."""
        best = self._tries.best
        return Artefact(
            self._modality,
            self._position,
            best,
            tuple(self._tries.made),
            forced=best is not None and not best.report.accepted,
            exception=reason if best is None else None,
            looked_at_by=self._looked_at_by,
        )


def better(one: Sample | None, other: Sample) -> Sample:
    """The better of two samples, one with a device's warning being the worst; `other` when they are equal."""
    if one is None or _rank(other) >= _rank(one):
        return other
    return one


def _rank(sample: Sample) -> tuple[bool, bool, int]:
    return not sample.warnings, sample.report.accepted, sample.report.score
