"""How often the portrait measure is right, on people that its limits were not chosen on.

The limits were chosen on five people of the simulated kiosk frames; what is asserted here was measured on the
other five, and on neutral portraits of 45 people more. The table: `python -m tests.portrait_quality faults`.
"""

from pathlib import Path

import pytest

from firmware.quality.advice import Advice
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.live import glance, passed_in
from firmware.quality.portrait.model import FaceModel
from tests.portrait_quality.faults import (
    FAULTS,
    HELD_OUT,
    LIMITS,
    TUNED_ON,
    Answered,
    Fault,
    of_faults,
    of_good,
)
from tests.portraits import in_booth, kiosk_faults, read_rgb

pytestmark = pytest.mark.slow

MISSED = {"pitch": 1}  # of five: a nod of 13 degrees by somebody who holds the head up


@pytest.fixture(scope="module")
def faulty(model: FaceModel, shared_data: Path) -> list[Answered]:
    return list(of_faults(shared_data, model))


@pytest.fixture(scope="module")
def good(model: FaceModel, shared_data: Path) -> list[Answered]:
    return list(of_good(shared_data, model))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.category)
def test_a_fault_of_people_never_seen_before_is_caught(fault: Fault, faulty: list[Answered]) -> None:
    seen = [each for each in faulty if each.category == fault.category and each.subject in HELD_OUT]
    if fault.category == "no_face":
        seen = [each for each in faulty if each.category == fault.category]

    missed = sum(not each.answers & fault.right for each in seen)

    assert seen
    assert missed <= MISSED.get(fault.category, 0)
    assert 100 * (1 - missed / len(seen)) >= (fault.before or 0)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.category)
def test_no_good_portrait_is_taken_for_a_faulty_one(fault: Fault, good: list[Answered]) -> None:
    others = [each for each in good if each.subject not in TUNED_ON]

    assert len(others) == 45
    assert not [each.subject for each in others if each.answers & fault.right]


def test_neutral_people_before_the_terminal_pass_at_the_first_try(good: list[Answered]) -> None:
    assert len(good) == 50
    assert all(each.accepted for each in good)


def test_pictures_without_a_fault_raise_no_doubt(faulty: list[Answered]) -> None:
    plain = [each for each in faulty if each.category in ("ok", "ok_warm")]

    assert len(plain) == 20
    assert not [each for each in plain if each.answers]


def test_neutral_people_pass_the_tighter_limits_of_a_first_live_frame(
    model: FaceModel, shared_data: Path
) -> None:
    files = sorted((shared_data / "face" / "london_neutral").glob("*.jpg"))

    reports = [glance(in_booth(read_rgb(file)), model, LIMITS).report for file in files]

    assert sum(report.accepted for report in reports) >= 0.97 * len(reports)


def test_an_empty_booth_is_never_a_portrait(model: FaceModel, shared_data: Path) -> None:
    empty = [frame for frame in kiosk_faults(shared_data) if frame.category == "no_face"]

    advice = [assess_portrait(read_rgb(frame.file), model, LIMITS).advice for frame in empty]

    assert advice == [Advice.FACE_SHOW] * 3


def test_most_smiling_people_are_asked_to_be_neutral(model: FaceModel, shared_data: Path) -> None:
    files = sorted((shared_data / "face" / "london_smiling").glob("*.jpg"))

    reports = [glance(in_booth(read_rgb(file)), model, LIMITS).report for file in files]

    told = [{"smile", "lips_opening", "jaw_open"} - passed_in(report) for report in reports]
    assert sum(map(bool, told)) >= 36
