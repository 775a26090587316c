"""How well eyes of every kind are found and judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import process_time

import numpy as np

from firmware.capture.policy.loader import load_limits
from firmware.quality.iris.assessment import assess_eye
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.iris.segmentation import segment
from firmware.quality.report import QualityReport
from tests.eyes import CLEAN, FAULTS, KINDS, eye_frame, overlap

LIMITS = load_limits(IrisLimits, "iris.toml")
FOUND = 0.9  # overlap of intersection and union
WRONG = 0.75
HEAD = (
    "kind | frames | pupil ≥ .9 | iris ≥ .9 | median overlaps | known | known but wrong | accepted"
    " | accepted, overlap < .9 | error of usable % (median, largest) | right advice | CPU ms (median, 95 %)"
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One frame: overlaps with the truth, the report, the error of the usable area, CPU time."""

    kind: str
    seed: int
    pupil: float
    iris: float
    report: QualityReport
    usable_error: float
    cpu_ms: float

    @property
    def worse(self) -> float:
        """The smaller of the two overlaps."""
        return min(self.pupil, self.iris)

    @property
    def is_known(self) -> bool:
        """Whether the segmentation passes for known."""
        return LIMITS.confidence.passes(self.report.value("confidence"))

    @property
    def is_advised_right(self) -> bool:
        """Whether a rejected frame's advice is one that betters its kind."""
        return self.report.advice in KINDS[self.kind].advice


def outcome(kind: str, seed: int) -> Outcome:
    """Make a frame and judge it."""
    image, truth = eye_frame(seed, kind)
    begun_s = process_time()
    eye = segment(image)
    report = assess_eye(image, eye, LIMITS)
    cpu_ms = (process_time() - begun_s) * 1000
    if eye is None:
        return Outcome(kind, seed, 0.0, 0.0, report, 0.0, cpu_ms)
    error = report.value("usable_percent") - 100 * truth.usable
    pupil, iris = overlap(truth.pupil, eye.pupil), overlap(truth.iris, eye.iris)
    return Outcome(kind, seed, pupil, iris, report, error, cpu_ms)


def share(claims: Sequence[bool]) -> float:
    """Of the claims that are true."""
    return sum(claims) / max(len(claims), 1)


def lines(seeds: range) -> Iterator[str]:
    """The table, kind by kind, then clean and degraded ones together."""
    yield HEAD
    everything: list[Outcome] = []
    for kind in KINDS:
        outcomes = [outcome(kind, seed) for seed in seeds]
        everything += outcomes
        yield _row(kind, outcomes)
    yield _row("CLEAN", [each for each in everything if each.kind in CLEAN])
    yield _row("FAULTS", [each for each in everything if each.kind in FAULTS])
    yield _row("EVERYTHING", everything)


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    accepted = [each for each in outcomes if each.report.accepted]
    rejected = [each for each in outcomes if not each.report.accepted]
    errors = np.abs([each.usable_error for each in accepted] or [0.0])
    cpu_ms = np.percentile([each.cpu_ms for each in outcomes], (50, 95))
    cells = (
        name,
        f"{len(outcomes)}",
        f"{share([each.pupil >= FOUND for each in outcomes]):.1%}",
        f"{share([each.iris >= FOUND for each in outcomes]):.1%}",
        ", ".join(
            f"{value:.3f}" for value in np.median([(each.pupil, each.iris) for each in outcomes], axis=0)
        ),
        f"{share([each.is_known for each in outcomes]):.1%}",
        f"{sum(each.is_known and each.worse < WRONG for each in outcomes)}",
        f"{share([each.report.accepted for each in outcomes]):.1%}",
        f"{sum(each.worse < FOUND for each in accepted)}",
        f"{np.median(errors):.1f}, {errors.max():.1f}",
        f"{share([each.is_advised_right for each in rejected]):.0%}" if rejected else "-",
        f"{cpu_ms[0]:.1f}, {cpu_ms[1]:.1f}",
    )
    return " | ".join(cells)
