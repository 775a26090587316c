"""The portrait measure on real people with one fault each."""

from math import inf
from pathlib import Path

import numpy as np
import pytest

from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.limits import Band, PortraitLimits
from firmware.quality.portrait.model import FaceModel
from firmware.quality.report import Verdict
from tests.portraits import kiosk_frame

LIMITS = load_limits(PortraitLimits, "portrait.toml")


def test_a_good_portrait_is_accepted_and_says_so_in_every_component(
    model: FaceModel, shared_data: Path
) -> None:
    report = assess_portrait(kiosk_frame(shared_data, "ok", "061"), model, LIMITS)

    assert report.accepted
    assert report.advice is None
    assert report.score >= 50
    assert {component.verdict for component in report.components} == {Verdict.PASS, Verdict.INFORM}


@pytest.mark.parametrize(
    ("fault", "advice"),
    [
        ("no_face", Advice.FACE_SHOW),
        ("two_faces", Advice.FACE_ALONE),
        ("too_far", Advice.FACE_CLOSER),
        ("too_close", Advice.FACE_BACK),
        ("off_left", Advice.FACE_CENTRE),
        ("roll", Advice.FACE_UPRIGHT),
        ("yaw", Advice.FACE_STRAIGHT),
        ("dark", Advice.FACE_LIGHT),
        ("side_light", Advice.FACE_LIGHT),
        ("eyes_closed", Advice.FACE_EYES),
        ("mouth_open", Advice.FACE_MOUTH),
        ("blur2", Advice.FACE_STILL),
    ],
)
def test_a_fault_gets_the_advice_that_mends_it(
    model: FaceModel, shared_data: Path, fault: str, advice: Advice
) -> None:
    report = assess_portrait(kiosk_frame(shared_data, fault, "001"), model, LIMITS)

    assert report.advice is advice
    assert not report.accepted
    assert report.score < 50


def test_an_empty_frame_reports_only_that_nobody_is_there(model: FaceModel) -> None:
    report = assess_portrait(np.full((1280, 960, 3), 220, np.uint8), model, LIMITS)

    assert [(part.name, part.value) for part in report.components] == [("faces", 0.0)]
    assert report.score == 0


def test_half_closed_eyes_show_against_the_persons_own_open_eyes(model: FaceModel, shared_data: Path) -> None:
    open_eye = assess_portrait(kiosk_frame(shared_data, "ok", "012"), model, LIMITS).value("eye_opening")
    half_closed = kiosk_frame(shared_data, "eyes_half", "012")

    alone = assess_portrait(half_closed, model, LIMITS)
    compared = assess_portrait(half_closed, model, LIMITS, open_eye)

    assert alone.advice is None
    assert compared.advice is Advice.FACE_EYES
    assert compared.score == alone.score


def test_sleepy_eyes_are_not_learned_as_open(model: FaceModel, shared_data: Path) -> None:
    closed = kiosk_frame(shared_data, "eyes_closed", "012")
    closed_eye = assess_portrait(closed, model, LIMITS).value("eye_opening")

    assert assess_portrait(closed, model, LIMITS, own_open_eye=closed_eye).advice is Advice.FACE_EYES


def test_the_brightness_of_a_face_is_recorded_and_never_judged(model: FaceModel, shared_data: Path) -> None:
    report = assess_portrait(kiosk_frame(shared_data, "ok", "042"), model, LIMITS)

    (luminance,) = (part for part in report.components if part.name == "luminance")
    assert luminance.value < 0.1
    assert luminance.verdict is Verdict.INFORM
    assert report.accepted


@pytest.mark.parametrize(
    ("value", "grade"),
    [(5.0, 1.0), (10.0, 0.5), (7.5, 0.75), (15.0, 0.0), (99.0, 0.0), (3.0, 0.5), (2.0, 0.25)],
)
def test_a_grade_is_one_half_at_a_limit(value: float, grade: float) -> None:
    assert Band(least=3.0, best=5.0, most=10.0).grade(value) == pytest.approx(grade)


def test_towards_no_limit_every_value_is_best() -> None:
    assert Band(least=90.0, best=180.0, most=inf).grade(1e9) == 1.0


def test_a_band_that_ends_at_its_best_is_all_or_nothing() -> None:
    assert Band(least=1.0, best=1.0, most=inf).grade(0.9) == 0.0
