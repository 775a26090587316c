"""An eye from the first look to the sample, in virtual time, with generated eyes."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from firmware.capture.attempts import NobodyThere, SeenBefore
from firmware.capture.iris import IrisCapture
from firmware.capture.iris_judge import EyeJudge, with_agreement
from firmware.capture.iris_light import FreeRunning
from firmware.capture.iris_watch import IrisTiming
from firmware.capture.policy.loader import load_limits
from firmware.capture.policy.same_eye import load_same_eye
from firmware.quality.advice import Advice
from firmware.quality.iris.assessment import assess_iris
from firmware.quality.iris.limits import IrisLimits
from firmware.records.samples import EyeSide, Modality, PresentationSignals, Sample
from hw.camera.frames import CameraSilent
from simulator.cameras import SimulatedCamera
from simulator.people.eye_optics import EyePose
from simulator.people.eye_scene import EyeScene
from simulator.people.eyes import EyeMaster, eye_master
from tests.scripted import CLOCK, WORKERS, Pixels, WritingGuide

LIMITS = load_limits(IrisLimits, "iris.toml")
TIMING = replace(load_limits(IrisTiming, "iris.toml", "presentation"), prepare_s=0.0)
SIGNALS = PresentationSignals("tram-presentation/1", {"face_beside": 1.0})
HASTY = replace(TIMING, take_limit_s=0.9, presence_limit_s=0.6, leave_limit_s=1.0, swap_limit_s=1.0)


@cache
def _eye(side: EyeSide) -> EyeMaster:
    return eye_master(np.random.default_rng(1 if side is EyeSide.RIGHT else 2), side)


class PlannedScene:
    """A simulator.cameras.Scene in which something is done to the eye at given times."""

    def __init__(self, *plan: tuple[float, Callable[[EyeScene], None]]) -> None:
        self._eyes = EyeScene(np.random.default_rng(9), blinks=False)
        self._plan = list(plan)

    def picture(self, at_s: float) -> Pixels:
        """The picture of that moment, after everything that was due."""
        while self._plan and self._plan[0][0] <= at_s:
            self._plan.pop(0)[1](self._eyes)
        return self._eyes.picture(at_s)


def _presented(side: EyeSide = EyeSide.RIGHT, pose: EyePose | None = None) -> Callable[[EyeScene], None]:
    return lambda eyes: eyes.present(_eye(side), pose)


async def _capture(
    scene: PlannedScene, timing: IrisTiming = TIMING
) -> tuple[IrisCapture, WritingGuide, SimulatedCamera]:
    camera = SimulatedCamera(scene, name="iris", frames_per_s=30.0)
    await camera.open()
    judge = EyeJudge(LIMITS, load_same_eye())
    capture = IrisCapture(FreeRunning(camera), WORKERS, judge, timing, CLOCK, "simulated", signals)
    return capture, WritingGuide(CLOCK), camera


async def signals() -> PresentationSignals | None:
    """Of somebody whose face is seen."""
    return SIGNALS


async def test_an_eye_held_right_is_taken_within_three_seconds() -> None:
    scene = PlannedScene((0.0, _presented()), (1.6, EyeScene.remove))
    capture, guide, _ = await _capture(scene)

    sample = await capture.take(EyeSide.RIGHT, guide, 2)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    assert (sample.modality, sample.position, sample.attempt) == (Modality.IRIS, EyeSide.RIGHT, 2)
    assert guide.instructions == ["eye_prepare", "eye_look", "eye_done"]
    assert CLOCK.elapsed_s() < 3.0


async def test_the_sample_is_the_best_of_the_frames_that_passed() -> None:
    scene = PlannedScene((0.0, _presented()), (1.6, EyeScene.remove))
    capture, guide, _ = await _capture(scene)

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
    capture, guide, _ = await _capture(scene)

    sample = await capture.take(EyeSide.LEFT, guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    assert sample.report == with_agreement(assess_iris(sample.image, LIMITS), agrees=True)


async def test_too_far_then_half_shut_then_good_is_guided_hint_by_hint() -> None:
    scene = PlannedScene(
        (0.0, _presented(pose=EyePose(distance_mm=380))),
        (0.9, _presented(pose=EyePose(openness=0.55))),
        (1.9, _presented()),
        (3.5, EyeScene.remove),
    )
    capture, guide, _ = await _capture(scene)

    sample = await capture.take(EyeSide.RIGHT, guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    assert guide.hints == [Advice.EYE_CLOSER, Advice.EYE_OPEN]
    assert all(later - earlier >= 0.8 for (earlier, _), (later, _) in pairwise(guide.advice[:2]))
    assert guide.advice[-1][1] is None


async def test_a_blink_is_not_worth_a_hint() -> None:
    shut = _presented(pose=EyePose(openness=0.0))
    scene = PlannedScene((0.0, shut), (0.25, _presented()), (2.0, EyeScene.remove))
    capture, guide, _ = await _capture(scene)

    await capture.take(EyeSide.RIGHT, guide, 1)

    assert guide.hints == []


async def test_at_most_ten_frames_a_second_are_judged() -> None:
    capture, guide, _ = await _capture(PlannedScene((0.0, _presented(pose=EyePose(gaze_deg=(30, 0))))), HASTY)

    await capture.take(EyeSide.RIGHT, guide, 1)

    assert all(later.exposed_s - earlier.exposed_s >= 0.1 for earlier, later in pairwise(guide.frames))


async def test_what_never_passes_is_still_a_sample_at_the_time_limit() -> None:
    capture, guide, _ = await _capture(PlannedScene((0.0, _presented(pose=EyePose(distance_mm=360)))), HASTY)

    sample = await capture.take(EyeSide.LEFT, guide, 3)

    assert isinstance(sample, Sample)
    assert not sample.report.accepted
    assert guide.hints == [Advice.EYE_CLOSER]
    assert pytest.approx(0.9, abs=0.3) == CLOCK.elapsed_s()


async def test_nobody_before_the_camera_is_nobody_there() -> None:
    capture, guide, _ = await _capture(PlannedScene(), HASTY)

    assert await capture.take(EyeSide.RIGHT, guide, 1) == NobodyThere()
    assert guide.hints == [Advice.EYE_SHOW]
    assert pytest.approx(0.6, abs=0.3) == CLOCK.elapsed_s()


async def test_who_walks_away_in_the_middle_is_not_there() -> None:
    scene = PlannedScene((0.0, _presented(pose=EyePose(distance_mm=380))), (0.3, EyeScene.remove))
    capture, guide, _ = await _capture(scene, replace(HASTY, take_limit_s=2.0))

    assert await capture.take(EyeSide.RIGHT, guide, 1) == NobodyThere()


async def test_an_eye_that_stays_is_waited_for_but_not_for_ever() -> None:
    capture, guide, _ = await _capture(PlannedScene((0.0, _presented())), HASTY)

    await capture.take(EyeSide.RIGHT, guide, 1)

    assert HASTY.leave_limit_s < CLOCK.elapsed_s() < HASTY.leave_limit_s + 1.5


async def test_the_other_eye_is_looked_at_only_after_the_first_has_left() -> None:
    scene = PlannedScene(
        (0.0, _presented(pose=EyePose(distance_mm=360))),
        (1.5, EyeScene.remove),
        (2.0, _presented(EyeSide.LEFT)),
        (3.8, EyeScene.remove),
    )
    capture, guide, _ = await _capture(scene, HASTY)

    await capture.take(EyeSide.RIGHT, guide, 3)
    sample = await capture.take(EyeSide.LEFT, guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    taken_s = next(frame.exposed_s for frame in guide.frames if frame.pixels is sample.image)
    assert taken_s > 1.5 + TIMING.pause_s


async def test_a_camera_that_falls_silent_is_a_fault() -> None:
    capture, guide, camera = await _capture(PlannedScene((0.0, _presented())))
    camera.stall()

    with pytest.raises(CameraSilent):
        await capture.take(EyeSide.RIGHT, guide, 1)

    assert pytest.approx(TIMING.frame_limit_s, abs=0.1) == CLOCK.elapsed_s()


async def test_an_eye_given_for_both_sides_is_noticed_and_is_no_sample() -> None:
    scene = PlannedScene((0.0, _presented()), (1.6, EyeScene.remove), (4.0, _presented()))
    capture, guide, _ = await _capture(scene)

    first = await capture.take(EyeSide.RIGHT, guide, 1)
    second = await capture.take(EyeSide.LEFT, guide, 1)

    assert isinstance(first, Sample)
    assert isinstance(second, SeenBefore)
    assert second.position is EyeSide.RIGHT


async def test_a_blink_is_not_taken_for_an_eye_that_leaves() -> None:
    shut = _presented(pose=EyePose(openness=0.0))
    scene = PlannedScene((0.0, _presented()), (1.9, shut), (2.1, _presented()), (3.0, EyeScene.remove))
    capture, guide, _ = await _capture(scene)

    await capture.take(EyeSide.RIGHT, guide, 1)

    assert CLOCK.elapsed_s() > 3.0 + TIMING.hint_after_s


async def test_an_accepted_eye_carries_the_sign_of_a_face_and_another_does_not() -> None:
    capture, guide, _ = await _capture(PlannedScene((0.0, _presented()), (1.6, EyeScene.remove)))
    far = PlannedScene((0.0, _presented(pose=EyePose(distance_mm=360))))
    hasty, other, _ = await _capture(far, HASTY)

    good = await capture.take(EyeSide.RIGHT, guide, 1)
    poor = await hasty.take(EyeSide.RIGHT, other, 1)

    assert isinstance(good, Sample)
    assert isinstance(poor, Sample)
    assert (good.signals, poor.signals) == (SIGNALS, None)


async def test_glasses_are_spoken_of_once_a_visit() -> None:
    scene = PlannedScene((0.0, _presented()), (1.6, EyeScene.remove), (4.0, _presented(EyeSide.LEFT)))
    capture, guide, _ = await _capture(scene, replace(TIMING, prepare_s=0.1))

    await capture.take(EyeSide.RIGHT, guide, 1)
    await capture.take(EyeSide.LEFT, guide, 1)

    assert guide.instructions.count("eye_prepare") == 1
