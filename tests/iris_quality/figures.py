"""How well eyes of every kind are found and judged."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import process_time

import numpy as np

from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.quality.iris.assessment import assess_eye
from firmware.quality.iris.geometry import GreyImage
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.iris.segmentation import Segmentation, segment
from firmware.quality.report import QualityReport
from simulator.people.eye_scene import EyeScene
from tests.eyes import CLEAN, FAULTS, KINDS, eye_frame, overlap
from tests.iris_quality import gaze, groups

LIMITS = load_limits(IrisLimits, "iris.toml")
FOUND = 0.9  # overlap of intersection and union
WRONG = 0.75
HEAD = (
    "kind | frames | pupil ≥ .9 | iris ≥ .9 | median overlaps | known | known but wrong | accepted"
    " | accepted, overlap < .9 | error of usable % of accepted (median, 95 % within) | right advice"
    " | CPU ms (median, 95 %, largest)"
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
    eye, report, cpu_ms = _judged(image)
    if eye is None:
        return Outcome(kind, seed, 0.0, 0.0, report, 0.0, cpu_ms)
    error = report.value("usable_percent") - 100 * truth.usable
    pupil, iris = overlap(truth.pupil, eye.pupil), overlap(truth.iris, eye.iris)
    return Outcome(kind, seed, pupil, iris, report, error, cpu_ms)


def _judged(image: GreyImage) -> tuple[Segmentation | None, QualityReport, float]:
    begun_s = process_time()
    eye = segment(image)
    report = assess_eye(image, eye, LIMITS)
    return eye, report, (process_time() - begun_s) * 1000


def share(claims: Sequence[bool]) -> float:
    """Of the claims that are true."""
    return sum(claims) / max(len(claims), 1)


def lines(seeds: range) -> Iterator[str]:
    """Kind by kind, clean and degraded ones together, then no eye, whither it looks, and whose it is."""
    yield HEAD
    _judged(eye_frame(seeds[0], "none")[0])  # the first frame of a process pays for what is kept
    everything: list[Outcome] = []
    for kind in KINDS:
        outcomes = [outcome(kind, seed) for seed in seeds]
        everything += outcomes
        yield _row(kind, outcomes)
    yield _row("CLEAN", [each for each in everything if each.kind in CLEAN])
    yield _row("FAULTS", [each for each in everything if each.kind in FAULTS])
    yield _row("EVERYTHING", everything)
    yield _empty_row(seeds)
    yield from gaze.lines(seeds)
    yield from groups.lines(seeds)


def _empty_row(seeds: range) -> str:
    scene = EyeScene(np.random.default_rng(seeds[0]))
    judged = [_judged(scene.picture(float(seed))) for seed in seeds]
    advice = share([report.advice is Advice.EYE_SHOW for _, report, _ in judged])
    cpu_ms = _cpu([time_ms for *_, time_ms in judged])
    return f"no eye: {len(judged)} frames, right advice {advice:.0%}, CPU ms {cpu_ms}"


def _cpu(times_ms: Sequence[float]) -> str:
    median, most = np.percentile(times_ms, (50, 95))
    return f"{median:.1f}, {most:.1f}, {max(times_ms):.1f}"


def _row(name: str, outcomes: Sequence[Outcome]) -> str:
    accepted = [each for each in outcomes if each.report.accepted]
    rejected = [each for each in outcomes if not each.report.accepted]
    errors = np.array([each.usable_error for each in accepted] or [0.0])
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
        f"{np.median(errors):.1f}, {np.percentile(np.abs(errors), 95):.1f}",
        f"{share([each.is_advised_right for each in rejected]):.0%}" if rejected else "-",
        _cpu([each.cpu_ms for each in outcomes]),
    )
    return " | ".join(cells)
