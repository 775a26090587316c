"""Invented fingers, and what becomes of them on a sensor's glass."""

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.capture.policy.fingers import load_finger_policy
from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport
from hw.fingerprint.profiles import R307
from simulator.fingerprint.plate import FingerPlate
from simulator.people.finger_cache import cached_master
from simulator.people.finger_flow import RidgeClass, directions, draw_flow
from simulator.people.fingerprints import finger_master
from simulator.people.impressions import PLATE, Touch, impression
from tests.fingerprints import judged
from tests.unit.ridges import quantised

Image = NDArray[np.uint8]

LIMITS = load_finger_policy().limits


def _rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def finger() -> Image:
    """One invented finger."""
    return finger_master(_rng())


def _assess(finger: Image, touch: Touch) -> QualityReport:
    return judged(quantised(impression(finger, _rng(2), touch)), LIMITS)


def test_the_same_seed_gives_the_same_finger(finger: Image) -> None:
    assert np.array_equal(finger_master(_rng()), finger)


def test_a_finger_is_larger_than_the_sensor_and_lies_on_white(finger: Image) -> None:
    assert finger.shape == (512, 416)
    assert finger.dtype == np.uint8
    assert (finger[:, [0, -1]] == 255).all()


def test_a_finger_on_the_sensor_is_accepted_with_a_human_ridge_period(finger: Image) -> None:
    report = _assess(finger, Touch())
    assert report.accepted
    assert 8.0 <= report.value("ridge_period_px") <= 10.5
    assert 0.16 <= report.value("ridge_share") <= 0.58  # real prints of two optical sensors, 80 % of them


@pytest.mark.parametrize(
    ("touch", "advice"),
    [
        pytest.param(Touch(moisture=0.95), Advice.FINGER_WIPE, id="sweaty"),
        pytest.param(Touch(moisture=0.0), Advice.FINGER_BREATHE, id="parched"),
        pytest.param(Touch(pressure=0.1), Advice.FINGER_PRESS, id="hardly touching"),
        pytest.param(Touch(shift_mm=(10.0, 0.0)), Advice.FINGER_LEFT, id="beside the glass"),
        pytest.param(Touch(shift_mm=(0.0, 12.0)), Advice.FINGER_UP, id="only the tip"),
        pytest.param(Touch(contrast=0.1), Advice.FINGER_GLASS, id="left behind on the glass"),
    ],
)
def test_a_poor_touch_is_rejected_with_the_right_advice(finger: Image, touch: Touch, advice: Advice) -> None:
    report = _assess(finger, touch)
    assert (report.accepted, report.advice) == (False, advice)


@pytest.mark.parametrize("moistures", [(0.5, 0.7, 0.85, 1.0), (0.3, 0.15, 0.0)])
def test_the_score_falls_with_every_step_towards_wet_and_parched(
    finger: Image, moistures: tuple[float, ...]
) -> None:
    scores = [_assess(finger, Touch(moisture=moisture)).score for moisture in moistures]
    assert scores == sorted(set(scores), reverse=True)


@pytest.mark.parametrize("size", [(512, 416), (400, 230), (280, 300), (90, 80)])
def test_a_default_touch_is_the_part_of_the_picture_that_the_sensor_sees(
    finger: Image, size: tuple[int, int]
) -> None:
    picture = np.ascontiguousarray(finger[: size[0], : size[1]])
    plate = FingerPlate(R307, _rng(), noise_levels=0.0)
    plate.present(picture)
    seen = plate.expose()
    assert seen is not None
    assert np.array_equal(impression(picture, _rng()), seen)


def test_an_impression_has_the_plate_s_size(finger: Image) -> None:
    turned = Touch(moisture=0.8, pressure=0.3, shift_mm=(2.0, -3.0), rotation_deg=20.0)
    assert impression(finger, _rng(), turned).shape == PLATE
    assert impression(finger, _rng(), turned, plate=(192, 192)).shape == (192, 192)


def _turns_around(flow_directions: NDArray[np.float32], centre: tuple[int, int], radius: int) -> float:
    """Half turns that the direction makes on a circle: 1 around a core, -1 around a delta."""
    angles = np.linspace(0.0, 2.0 * np.pi, 200)
    rows = (centre[0] + radius * np.sin(angles)).round().astype(int)
    columns = (centre[1] + radius * np.cos(angles)).round().astype(int)
    steps = np.diff(flow_directions[rows, columns])
    return float(((steps + np.pi / 2) % np.pi - np.pi / 2).sum() / np.pi)


@pytest.mark.parametrize(
    ("ridge_class", "cores", "deltas"),
    [
        (RidgeClass.ARCH, 0, 0),
        (RidgeClass.TENTED_ARCH, 1, 1),
        (RidgeClass.LEFT_LOOP, 1, 1),
        (RidgeClass.RIGHT_LOOP, 1, 1),
        (RidgeClass.WHORL, 2, 2),
        (RidgeClass.DOUBLE_LOOP, 2, 2),
    ],
)
def test_the_ridges_turn_half_around_each_core_and_back_around_each_delta(
    ridge_class: RidgeClass, cores: int, deltas: int
) -> None:
    flow = draw_flow(ridge_class, _rng())
    field = directions(flow, (401, 401), 150.0)
    turns = [
        [round(_turns_around(field, (200 + round(150 * y), 200 + round(150 * x)), 8)) for x, y, *_ in points]
        for points in (flow.cores, flow.deltas)
    ]
    assert turns == [[1] * cores, [-1] * deltas]


def test_a_kept_finger_is_the_grown_one(finger: Image, tmp_path: Path) -> None:
    grown = cached_master(1, tmp_path)
    kept = cached_master(1, tmp_path)
    assert np.array_equal(grown, finger)
    assert np.array_equal(kept, finger)
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.slow
@pytest.mark.parametrize("ridge_class", list(RidgeClass))
def test_every_class_of_finger_is_good_when_touched_well_and_poor_when_not(ridge_class: RidgeClass) -> None:
    fingers = [finger_master(_rng(seed), ridge_class) for seed in range(5)]
    assert [_assess(finger, Touch()).accepted for finger in fingers] == [True] * 5
    for moisture, advice in ((0.95, Advice.FINGER_WIPE), (0.0, Advice.FINGER_BREATHE)):
        assert [_assess(finger, Touch(moisture=moisture)).advice for finger in fingers].count(advice) >= 3
