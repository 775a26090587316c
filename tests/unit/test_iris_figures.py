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
from tests.eyes import CLEAN, FAULTS, KINDS, eye_frame, overlap

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

LIMITS = load_limits(IrisLimits, "iris.toml")
HELD_OUT = range(1000, 1012)
STILL_FOUND = (
    "defocus",
    "motion",
    "dark",
    "noise",
    "far",
    "near",
    "dilated",
    "constricted",
    "squint",
    "hanging_lid",
)
REJECTED = sorted(FAULTS)
ACCEPTED = sorted(name for name, kind in CLEAN.items() if kind.accepted)


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
    """Every held-out eye of every kind."""
    found: dict[str, list[Outcome]] = defaultdict(list)
    for seed in HELD_OUT:
        for kind in KINDS:
            found[kind].append(_outcome(seed, kind))
    return found


def _outcome(seed: int, kind: str) -> Outcome:
    image, truth = eye_frame(seed, kind)
    eye = segment(image)
    report = assess_eye(image, eye, LIMITS)
    if eye is None:
        return Outcome(0.0, 0.0, report, 0.0)
    error = report.value("usable_percent") - 100 * truth.usable
    return Outcome(overlap(truth.pupil, eye.pupil), overlap(truth.iris, eye.iris), report, error)


def _share(claims: Sequence[bool]) -> float:
    return sum(claims) / len(claims)


def _clean(outcomes: dict[str, list[Outcome]]) -> list[Outcome]:
    return [each for kind in CLEAN for each in outcomes[kind]]


def test_pupil_and_iris_of_clean_eyes_are_found(outcomes: dict[str, list[Outcome]]) -> None:
    clean = _clean(outcomes)

    assert _share([each.pupil >= 0.9 for each in clean]) >= 0.99
    assert _share([each.iris >= 0.9 for each in clean]) >= 0.97


def test_good_eyes_are_accepted(outcomes: dict[str, list[Outcome]]) -> None:
    good = [each for kind in ACCEPTED for each in outcomes[kind]]

    assert _share([each.report.accepted for each in good]) >= 0.9


def test_the_usable_area_of_a_good_eye_is_told_within_ten_percent(outcomes: dict[str, list[Outcome]]) -> None:
    assert _share([abs(each.usable_error) <= 10 for each in _clean(outcomes)]) >= 0.95


@pytest.mark.parametrize("kind", STILL_FOUND)
def test_a_poor_picture_still_shows_where_the_eye_is(outcomes: dict[str, list[Outcome]], kind: str) -> None:
    assert _share([min(each.pupil, each.iris) >= 0.9 for each in outcomes[kind]]) >= 0.9


def test_degraded_eyes_are_found_or_refused(outcomes: dict[str, list[Outcome]]) -> None:
    degraded = [each for kind in KINDS if kind not in CLEAN for each in outcomes[kind]]

    assert (
        _share([min(each.pupil, each.iris) >= 0.9 or not each.report.accepted for each in degraded]) >= 0.99
    )


@pytest.mark.parametrize("kind", REJECTED)
def test_an_eye_with_a_fault_is_rejected(outcomes: dict[str, list[Outcome]], kind: str) -> None:
    assert _share([each.report.accepted for each in outcomes[kind]]) <= 0.05


@pytest.mark.parametrize("kind", REJECTED)
def test_the_advice_names_the_fault(outcomes: dict[str, list[Outcome]], kind: str) -> None:
    rejected = [each.report.advice for each in outcomes[kind] if not each.report.accepted]

    assert _share([each in FAULTS[kind].advice for each in rejected]) >= 0.9


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_what_is_accepted_is_segmented_right(outcomes: dict[str, list[Outcome]], kind: str) -> None:
    accepted = [each for each in outcomes[kind] if each.report.accepted]

    assert all(min(each.pupil, each.iris) >= 0.85 for each in accepted)


def test_a_wrong_circle_is_hardly_ever_told_with_confidence(outcomes: dict[str, list[Outcome]]) -> None:
    everything = [each for kind in KINDS for each in outcomes[kind]]

    assert _share([each.is_sure and min(each.pupil, each.iris) < 0.75 for each in everything]) <= 0.003
