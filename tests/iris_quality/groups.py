"""Whose eyes are refused: good frames of many kinds of people."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from firmware.capture.policy.loader import load_limits
from firmware.quality.iris.assessment import assess_iris
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.report import QualityReport, Verdict
from simulator.people.eye_traits import ContactLens, EyeTraits
from simulator.people.eyes import EyeMaster
from tests.eyes import STRAIGHT, drawn_pose, master, shown

LIMITS = load_limits(IrisLimits, "iris.toml")


@dataclass(frozen=True, slots=True)
class Group:
    """People of one kind. iris: its grey and its texture's contrast; None as they come."""

    traits: EyeTraits
    iris: tuple[float, float] | None = None

    def eye(self, seed: int) -> EyeMaster:
        """One of them."""
        eye = master(seed, self.traits)
        if self.iris is None:
            return eye
        grey, contrast = self.iris
        greys = eye.ball.greys[0], grey, eye.ball.greys[2]
        return replace(eye, ball=replace(eye.ball, greys=greys, contrast=contrast))


GROUPS: Mapping[str, Group] = {
    "grown-ups": Group(EyeTraits()),
    "children of 7": Group(EyeTraits(age_years=7, epicanthus=0.5, droop=0.3)),
    "epicanthic fold": Group(EyeTraits(epicanthus=1.0, droop=0.5, crease=0.1)),
    "fold, hanging lashes": Group(EyeTraits(epicanthus=1.0, droop=0.9, crease=0.0)),
    "dark iris, little texture": Group(EyeTraits(epicanthus=0.5), (92.0, 7.0)),
    "light iris": Group(EyeTraits(), (118.0, 13.0)),
    "soft contact lens": Group(EyeTraits(lens=ContactLens.SOFT)),
    "hard contact lens": Group(EyeTraits(lens=ContactLens.HARD)),
    "old": Group(EyeTraits(age_years=75, arcus=0.6)),
    "old, lid hangs a little": Group(EyeTraits(age_years=75, arcus=0.4, ptosis=0.2)),
    "old, lid hangs": Group(EyeTraits(age_years=75, arcus=0.4, ptosis=0.4)),
    "beginning cataract": Group(EyeTraits(age_years=75, cataract=0.2)),
    "cataract": Group(EyeTraits(age_years=75, cataract=0.4)),
    "white cataract": Group(EyeTraits(age_years=75, cataract=1.0)),
}


def report_of(seed: int, group: Group) -> QualityReport:
    """Of a good frame of one of them."""
    rng = np.random.default_rng((seed, 19))
    return assess_iris(shown(group.eye(seed), drawn_pose(rng, STRAIGHT), rng)[0], LIMITS)


def lines(seeds: range) -> Iterator[str]:
    """The table."""
    yield "people | good frames accepted | refused by (measure, frames)"
    for name, group in GROUPS.items():
        reports = [report_of(seed, group) for seed in seeds]
        accepted = sum(report.accepted for report in reports)
        causes = Counter(_first_failing(report) for report in reports if not report.accepted)
        why = ", ".join(f"{cause} {count}" for cause, count in causes.most_common())
        yield f"{name} | {accepted / len(reports):.0%} | {why or '-'}"


def _first_failing(report: QualityReport) -> str:
    return next(part.name for part in report.components if part.verdict is Verdict.FAIL)
