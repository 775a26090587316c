"""How far an eye may look aside before it is refused."""

from collections.abc import Iterator

import numpy as np

from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.quality.iris.assessment import assess_iris
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.report import QualityReport
from tests.eyes import STRAIGHT, drawn_pose, master, shown

LIMITS = load_limits(IrisLimits, "iris.toml")
DEGREES = (0, 5, 10, 15, 20, 25, 30)


def report_of(seed: int, degrees: float) -> QualityReport:
    """Of an eye that is good but for looking so far to one side."""
    rng = np.random.default_rng((seed, int(degrees), 17))
    pose = drawn_pose(rng, {**STRAIGHT, "gaze_x_deg": (degrees, degrees)})
    return assess_iris(shown(master(seed), pose, rng)[0], LIMITS)


def lines(seeds: range) -> Iterator[str]:
    """The table."""
    yield "degrees aside | accepted | told to look into the lens | told something else | measured (median)"
    for degrees in DEGREES:
        reports = [report_of(seed, degrees) for seed in seeds]
        told = sum(report.advice is Advice.EYE_LOOK for report in reports)
        accepted = sum(report.accepted for report in reports)
        known = [report for report in reports if LIMITS.confidence.passes(report.value("confidence"))]
        measured = np.median([report.value("gaze_deg") for report in known] or [np.nan])
        other = len(reports) - accepted - told
        yield f"{degrees} | {accepted} | {told} | {other} | {measured:.1f}"
