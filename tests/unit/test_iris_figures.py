"""How well eyes are found and judged: generated eyes that the limits were not chosen on (seeds from 1000)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from firmware.capture.policy.loader import load_limits
from firmware.quality.iris.assessment import assess_eye
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.iris.segmentation import segment
from firmware.quality.report import QualityReport
from tests.eyes import FAULTS, eye_frame, overlap

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

LIMITS = load_limits(IrisLimits, "iris.toml")
HELD_OUT = range(1000, 1030)
STILL_FOUND = ("defocus", "motion", "dark", "noise", "far", "near", "dilated", "constricted")
REJECTED = sorted(set(FAULTS) - {"none", "noise", "dilated", "constricted"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One frame: overlap of pupil and iris with the truth, the report, and the error of the usable area."""

    pupil: float
    iris: float
    report: QualityReport
    usable_error: float

    @property
    def is_sure(self) -> bool:
        """Whether the segmentation passes for known."""
        return LIMITS.confidence.passes(self.report.value("confidence"))


@pytest.fixture(scope="module")
def outcomes() -> dict[str, list[Outcome]]:
    """Every held-out eye with every fault."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for seed in HELD_OUT:
        for fault in FAULTS:
            found[fault].append(_outcome(seed, fault))
    return found


def _outcome(seed: int, fault: str) -> Outcome:
    image, truth = eye_frame(seed, fault)
    eye = segment(image)
    report = assess_eye(image, eye, LIMITS)
    if eye is None:
        return Outcome(0.0, 0.0, report, 0.0)
    error = report.value("usable_percent") - 100 * truth.usable
    return Outcome(overlap(truth.pupil, eye.pupil), overlap(truth.iris, eye.iris), report, error)


def _share(claims: Sequence[bool]) -> float:
    return sum(claims) / len(claims)


def test_pupil_and_iris_of_a_good_eye_are_found(outcomes: dict[str, list[Outcome]]) -> None:
    good = outcomes["none"]

    assert _share([each.pupil >= 0.9 for each in good]) >= 0.99
    assert _share([each.iris >= 0.9 for each in good]) >= 0.97


def test_good_eyes_are_accepted(outcomes: dict[str, list[Outcome]]) -> None:
    assert _share([each.report.accepted for each in outcomes["none"]]) >= 0.95


def test_the_usable_area_of_a_good_eye_is_told_within_ten_percent(outcomes: dict[str, list[Outcome]]) -> None:
    assert max(abs(each.usable_error) for each in outcomes["none"]) <= 10


@pytest.mark.parametrize("fault", STILL_FOUND)
def test_a_poor_picture_still_shows_where_the_eye_is(outcomes: dict[str, list[Outcome]], fault: str) -> None:
    assert _share([min(each.pupil, each.iris) >= 0.9 for each in outcomes[fault]]) >= 0.9


@pytest.mark.parametrize("fault", REJECTED)
def test_an_eye_with_a_fault_is_rejected(outcomes: dict[str, list[Outcome]], fault: str) -> None:
    assert _share([each.report.accepted for each in outcomes[fault]]) <= 0.05


@pytest.mark.parametrize("fault", REJECTED)
def test_the_advice_names_the_fault(outcomes: dict[str, list[Outcome]], fault: str) -> None:
    advice = [each.report.advice for each in outcomes[fault]]

    assert _share([each in FAULTS[fault].advice for each in advice]) >= (0.6 if fault == "half_shut" else 0.9)


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_what_is_accepted_is_segmented_right(outcomes: dict[str, list[Outcome]], fault: str) -> None:
    accepted = [each for each in outcomes[fault] if each.report.accepted]

    assert all(min(each.pupil, each.iris) >= 0.85 for each in accepted)


def test_a_wrong_circle_is_hardly_ever_told_with_confidence(outcomes: dict[str, list[Outcome]]) -> None:
    everything = [each for fault in FAULTS for each in outcomes[fault]]

    assert _share([each.is_sure and min(each.pupil, each.iris) < 0.75 for each in everything]) <= 0.01
