"""An eye from the first look to the sample, in virtual time, with generated eyes."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from firmware.capture.attempts import NobodyThere
from firmware.capture.iris_judge import with_agreement
from firmware.quality.advice import Advice
from firmware.quality.iris.assessment import assess_iris
from firmware.records.samples import EyeSide, Modality, Sample
from hw.camera.frames import CameraSilent
from simulator.people.eye_optics import EyePose
from simulator.people.eye_scene import EyeScene
from tests.planned_eyes import HASTY, LIMITS, SIGNALS, TIMING, PlannedScene, capturing, presented
from tests.scripted import BEGIN, CLOCK


async def test_an_eye_held_right_is_taken_within_three_seconds() -> None:
    scene = PlannedScene((0.0, presented()), (1.6, EyeScene.remove))
    capture, guide, _ = await capturing(scene)

    sample = await capture.take(EyeSide.RIGHT, guide, 2)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    assert (sample.modality, sample.position, sample.attempt) == (Modality.IRIS, EyeSide.RIGHT, 2)
    assert guide.instructions == ["eye_prepare", "eye_look", "eye_done"]
    assert CLOCK.elapsed_s() < 3.0


async def test_the_sample_is_the_best_of_the_frames_that_passed() -> None:
    scene = PlannedScene((0.0, presented()), (1.6, EyeScene.remove))
    capture, guide, _ = await capturing(scene)

    sample = await capture.take(EyeSide.RIGHT, guide, 1)

    assert isinstance(sample, Sample)
    reports = [assess_iris(frame.pixels, LIMITS) for frame in guide.frames]
    assert sum(report.accepted for report in reports) >= TIMING.accepted_frames
    assert sample.report.score == max(report.score for report in reports[: TIMING.accepted_frames])
    with pytest.raises(ValueError, match="read-only"):
        sample.image[0, 0] = 0


@pytest.mark.parametrize("name", ["eye0_640x480.png", "eye1_640x480.png"])
async def test_a_real_eye_goes_through_the_same_loop(shared_data: Path, name: str) -> None:
    real = cv2.imread(str(shared_data / "iris" / "nist-biomdi" / name), cv2.IMREAD_GRAYSCALE)
    assert real is not None
    scene = PlannedScene((0.0, lambda eyes: eyes.present(real.astype(np.uint8))), (0.7, EyeScene.remove))
    capture, guide, _ = await capturing(scene)

    sample = await capture.take(EyeSide.LEFT, guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    assert sample.report == with_agreement(assess_iris(sample.image, LIMITS), agrees=True)


async def test_too_far_then_half_shut_then_good_is_guided_hint_by_hint() -> None:
    scene = PlannedScene(
        (0.0, presented(pose=EyePose(distance_mm=355))),
        (0.9, presented(pose=EyePose(openness=0.55))),
        (1.9, presented()),
        (3.5, EyeScene.remove),
    )
    capture, guide, _ = await capturing(scene)

    sample = await capture.take(EyeSide.RIGHT, guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    assert guide.hints == [Advice.EYE_CLOSER, Advice.EYE_OPEN]
    assert all(later - earlier >= 0.8 for (earlier, _), (later, _) in pairwise(guide.advice[:2]))
    assert guide.advice[-1][1] is None


async def test_a_blink_is_not_worth_a_hint() -> None:
    shut = presented(pose=EyePose(openness=0.0))
    scene = PlannedScene((0.0, shut), (0.25, presented()), (2.0, EyeScene.remove))
    capture, guide, _ = await capturing(scene)

    await capture.take(EyeSide.RIGHT, guide, 1)

    assert guide.hints == []


async def test_at_most_ten_frames_a_second_are_judged() -> None:
    capture, guide, _ = await capturing(PlannedScene((0.0, presented(pose=EyePose(gaze_deg=(30, 0))))), HASTY)

    await capture.take(EyeSide.RIGHT, guide, 1)

    assert all(later.exposed_s - earlier.exposed_s >= 0.1 for earlier, later in pairwise(guide.frames))


async def test_what_never_passes_is_still_a_sample_at_the_time_limit() -> None:
    capture, guide, _ = await capturing(PlannedScene((0.0, presented(pose=EyePose(distance_mm=336)))), HASTY)

    sample = await capture.take(EyeSide.LEFT, guide, 3)

    assert isinstance(sample, Sample)
    assert not sample.report.accepted
    assert guide.hints == [Advice.EYE_CLOSER]
    assert pytest.approx(0.9, abs=0.3) == CLOCK.elapsed_s()


async def test_nobody_before_the_camera_is_nobody_there() -> None:
    capture, guide, _ = await capturing(PlannedScene(), HASTY)

    assert await capture.take(EyeSide.RIGHT, guide, 1) == NobodyThere()
    assert guide.hints == [Advice.EYE_SHOW]
    assert pytest.approx(0.6, abs=0.3) == CLOCK.elapsed_s()


async def test_who_walks_away_in_the_middle_is_not_there() -> None:
    scene = PlannedScene((0.0, presented(pose=EyePose(distance_mm=355))), (0.3, EyeScene.remove))
    capture, guide, _ = await capturing(scene, replace(HASTY, take_limit_s=2.0))

    assert await capture.take(EyeSide.RIGHT, guide, 1) == NobodyThere()


async def test_a_camera_that_falls_silent_is_a_fault() -> None:
    capture, guide, camera = await capturing(PlannedScene((0.0, presented())))
    camera.stall()

    with pytest.raises(CameraSilent):
        await capture.take(EyeSide.RIGHT, guide, 1)

    assert pytest.approx(TIMING.frame_limit_s, abs=0.1) == CLOCK.elapsed_s()


async def test_an_accepted_eye_carries_the_sign_of_a_face_and_another_does_not() -> None:
    capture, guide, _ = await capturing(PlannedScene((0.0, presented()), (1.6, EyeScene.remove)))
    far = PlannedScene((0.0, presented(pose=EyePose(distance_mm=336))))
    hasty, other, _ = await capturing(far, HASTY)

    good = await capture.take(EyeSide.RIGHT, guide, 1)
    poor = await hasty.take(EyeSide.RIGHT, other, 1)

    assert isinstance(good, Sample)
    assert isinstance(poor, Sample)
    assert (good.signals, poor.signals) == (SIGNALS, None)


async def test_a_camera_that_falls_silent_after_the_eye_was_taken_costs_no_eye() -> None:
    capture, guide, camera = await capturing(PlannedScene((0.0, presented())))
    guide.on_instruction = {"eye_done": camera.stall}

    sample = await capture.take(EyeSide.RIGHT, guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.accepted


async def test_a_sample_is_stamped_when_it_was_exposed() -> None:
    scene = PlannedScene((0.0, presented(pose=EyePose(distance_mm=380))), (0.4, EyeScene.remove))
    capture, guide, _ = await capturing(scene, replace(HASTY, presence_limit_s=2.0))

    sample = await capture.take(EyeSide.LEFT, guide, 1)

    assert isinstance(sample, Sample)
    (exposed_s,) = {frame.exposed_s for frame in guide.frames if frame.pixels is sample.image}
    assert abs(sample.taken_at - BEGIN - timedelta(seconds=exposed_s)) < timedelta(milliseconds=1)


async def test_no_hint_outlasts_its_presentation() -> None:
    far = presented(pose=EyePose(distance_mm=380))
    poor, guide, _ = await capturing(PlannedScene((0.0, far)), HASTY)

    await poor.take(EyeSide.RIGHT, guide, 1)

    assert guide.advice[-1][1] is None
