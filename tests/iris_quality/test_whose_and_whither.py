"""Who is refused, and who looks into the lens: a part of `python -m tests.iris_quality figures`."""

import pytest

from firmware.quality.advice import Advice
from tests.iris_quality import gaze, groups

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SEEDS = range(1000, 1012)
EXCEPTIONS = ("old, lid hangs", "cataract", "white cataract")  # refused by 6.2.1, by 6.2.3, as unknown


@pytest.mark.parametrize("name", [name for name in groups.GROUPS if name not in EXCEPTIONS])
def test_good_frames_of_healthy_eyes_are_accepted_whosever_they_are(name: str) -> None:
    reports = [groups.report_of(seed, groups.GROUPS[name]) for seed in SEEDS]

    assert sum(report.accepted for report in reports) >= 0.9 * len(reports)


@pytest.mark.parametrize("degrees", [0, 5, 10])
def test_who_looks_about_straight_is_not_told_to_look_straight(degrees: int) -> None:
    reports = [gaze.report_of(seed, degrees) for seed in SEEDS]

    assert sum(report.accepted for report in reports) >= 0.9 * len(reports)


def test_who_looks_aside_is_told_to_look_into_the_lens() -> None:
    reports = [gaze.report_of(seed, 30) for seed in SEEDS]

    assert not any(report.accepted for report in reports)
    assert sum(report.advice is Advice.EYE_LOOK for report in reports) >= 0.9 * len(reports)
