"""Bounded attempts with the best sample kept: the loop that every modality shares."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from firmware.clock import Clock
from firmware.records.samples import Artefact, Attempt, ExceptionReason, Modality, Position, Sample


@dataclass(frozen=True, slots=True)
class NobodyThere:
    """Nothing was presented within the deadline; not an attempt, and not the person's fault."""


Take = Callable[[int], Awaitable[Sample | NobodyThere]]


async def acquire(
    modality: Modality, position: Position, take: Take, *, attempts: int, clock: Clock
) -> Artefact | NobodyThere:
    """Take samples until one is accepted or the attempts are used up; ties go to the latest."""
    made: list[Attempt] = []
    best: Sample | None = None
    for number in range(1, attempts + 1):
        begun_s = clock.elapsed_s()
        sample = await take(number)
        if isinstance(sample, NobodyThere):
            return sample
        made.append(Attempt(number, sample.report, clock.elapsed_s() - begun_s))
        if best is None or _rank(sample) >= _rank(best):
            best = sample
        if sample.report.accepted:
            break
    if best is None:
        return Artefact(modality, position, None, exception=ExceptionReason.UNREADABLE)
    return Artefact(modality, position, best, tuple(made), forced=not best.report.accepted)


def _rank(sample: Sample) -> tuple[bool, int]:
    return sample.report.accepted, sample.report.score
