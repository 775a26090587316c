"""Invented people pass as they should, whatever the tone of their skin, and their faults are told."""

import numpy as np
import pytest

from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from simulator.people.heads.shape import posed
from simulator.people.heads.styles import HairStyle
from simulator.people.pose import Pose
from tests.generated_heads.figures import FAULTS, TONES, judged, person_of, traits_of

LIMITS = load_limits(PortraitLimits, "portrait.toml")
PEOPLE = 5
TOLD = {
    "too close": {Advice.FACE_BACK},
    "too far": {Advice.FACE_CLOSER},
    "off the middle": {Advice.FACE_CENTRE},
    "too low": {Advice.FACE_CENTRE},
    "tilted 14°": {Advice.FACE_UPRIGHT},
    "turned -25°": {Advice.FACE_STRAIGHT},
    "eyes shut": {Advice.FACE_EYES},
    "mouth open": {Advice.FACE_MOUTH},
    "smile": {Advice.FACE_NEUTRAL},
    "light from one side": {Advice.FACE_LIGHT},
}


@pytest.mark.slow
def test_the_same_people_pass_in_every_tone_of_skin(model: FaceModel) -> None:
    reports = {
        tone: [
            judged(person_of(traits_of(seed, tone), seed), FAULTS["none"], model, LIMITS)
            for seed in range(PEOPLE)
        ]
        for tone in (TONES[0], TONES[3], TONES[-1])
    }

    passed = [sum(report.accepted for report in each) for each in reports.values()]
    assert min(passed) >= PEOPLE - 1
    lights = [np.median([report.value("luminance") for report in each]) for each in reports.values()]
    assert lights[0] > 2.0 * lights[1] > 4.0 * lights[2] * 0.9


@pytest.mark.slow
@pytest.mark.parametrize("fault", TOLD)
def test_a_fault_is_told_as_it_is_meant(model: FaceModel, fault: str) -> None:
    for seed in (1, 6):
        report = judged(person_of(traits_of(seed), seed), FAULTS[fault], model, LIMITS)
        assert report.advice in TOLD[fault]


@pytest.mark.slow
def test_a_print_is_a_portrait_to_the_rules_and_hardly_turns(model: FaceModel) -> None:
    person = person_of(traits_of(1), 1)
    straight = judged(person, FAULTS["print mounted"], model, LIMITS)

    assert straight.value("faces") == 1
    assert straight.accepted


def test_people_have_all_tones_and_all_kinds_of_hair() -> None:
    looks = [traits_of(seed) for seed in range(400)]

    reds = np.asarray([each.skin[0] for each in looks])
    assert {each.style for each in looks} == set(HairStyle)
    assert reds.max() > 0.65
    assert reds.min() < 0.15
    assert 0.30 < np.median(reds) < 0.60


@pytest.mark.parametrize("pitch_deg", [-12.0, 12.0])
@pytest.mark.parametrize("yaw_deg", [0.0, 20.0])
def test_a_head_is_turned_by_exactly_as_much_as_the_pose_says(pitch_deg: float, yaw_deg: float) -> None:
    traits = traits_of(3)
    turn = posed(traits, Pose(yaw_deg=yaw_deg, pitch_deg=pitch_deg)).turn
    look = turn @ np.asarray([0.0, 0.0, 1.0])

    assert np.degrees(np.arctan2(look[0], look[2])) == pytest.approx(yaw_deg, abs=0.1)
    assert np.degrees(np.arcsin(look[1])) == pytest.approx(pitch_deg, abs=0.1)


@pytest.mark.parametrize("angle_deg", [-12.0, 12.0])
def test_the_face_moves_with_the_head_as_one_rigid_body(angle_deg: float) -> None:
    traits = traits_of(3)
    rest, turned = (posed(traits, Pose(pitch_deg=pitch)).points for pitch in (0.0, angle_deg))
    face = np.flatnonzero((np.abs(rest[:, 0]) < 0.05) & (np.abs(rest[:, 1]) < 0.05) & (rest[:, 2] > 0.0))

    one, other = (points[face] - points[face].mean(axis=0) for points in (rest, turned))
    left, _, right = np.linalg.svd(one.T @ other)

    assert np.degrees(np.arccos((np.trace(left @ right) - 1.0) / 2.0)) == pytest.approx(12.0, abs=0.3)
    assert np.abs(one @ (left @ right) - other).max() < 0.003
