"""A portrait from the first look to the sample, in virtual time, with real faces."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from math import inf
from pathlib import Path

import numpy as np
import pytest

from firmware.capture.attempts import NobodyThere
from firmware.capture.policy.loader import load_limits
from firmware.capture.portrait import PortraitCapture
from firmware.capture.portrait_judge import PortraitJudge
from firmware.capture.portrait_signals import SignalLimits
from firmware.capture.portrait_watch import PortraitTiming
from firmware.quality.advice import Advice
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.crop import CropRule
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from firmware.records.samples import Modality, Sample
from hw.camera.frames import CameraSilent, FrameSource
from simulator.cameras import SimulatedCamera
from simulator.people.person import generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.pose import Pose
from tests.portraits import Pixels, kiosk_frame
from tests.scripted import BEGIN, CLOCK, WORKERS, WritingGuide, camera_of

LIMITS = load_limits(PortraitLimits, "portrait.toml")
TIMING = load_limits(PortraitTiming, "portrait.toml", "presentation")
SIGNS = load_limits(SignalLimits, "portrait.toml", "signals")
CROP = load_limits(CropRule, "portrait.toml", "crop")
HASTY = replace(TIMING, take_limit_s=1.2, presence_limit_s=0.6)
EMPTY = np.full((1280, 960, 3), 220, np.uint8)


def _capture(camera: FrameSource, model: FaceModel, timing: PortraitTiming = TIMING) -> PortraitCapture:
    return PortraitCapture(
        camera, PortraitJudge(model, LIMITS, CROP, WORKERS), timing, SIGNS, CLOCK, "simulated"
    )


async def test_too_close_then_turned_then_good_is_guided_hint_by_hint(
    model: FaceModel, shared_data: Path
) -> None:
    too_close, turned, good = (kiosk_frame(shared_data, each, "012") for each in ("too_close", "yaw", "ok"))
    camera = await camera_of((1.0, too_close), (2.0, turned), (inf, good))
    guide = WritingGuide(CLOCK)

    sample = await _capture(camera, model).take(guide, 2)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    assert (sample.modality, sample.position, sample.attempt) == (Modality.PORTRAIT, None, 2)
    assert [advice for _, advice in guide.advice] == [Advice.FACE_BACK, Advice.FACE_STRAIGHT, None]
    assert all(later - earlier >= 0.8 for (earlier, _), (later, _) in pairwise(guide.advice))
    assert guide.instructions == ["portrait_look", "portrait_hold", "portrait_turn", "portrait_done"]
    assert guide.instructed_s("portrait_turn") < 4.0


async def test_the_picture_is_the_very_frame_that_passed(model: FaceModel, shared_data: Path) -> None:
    camera = await camera_of((inf, kiosk_frame(shared_data, "ok", "001")))
    guide = WritingGuide(CLOCK)

    sample = await _capture(camera, model).take(guide, 1)

    assert isinstance(sample, Sample)
    (taken,) = {frame.exposed_s for frame in guide.frames if frame.still is sample.image}
    assert abs(sample.taken_at - BEGIN - timedelta(seconds=taken)) < timedelta(milliseconds=1)
    assert sample.exposure["SensorTimestamp"] == pytest.approx(taken * 1e9 + 8e6)
    assert sample.report.score == assess_portrait(sample.image, model, LIMITS).score
    with pytest.raises(ValueError, match="read-only"):
        sample.image[0, 0] = 0


async def test_at_most_ten_frames_a_second_are_judged(model: FaceModel, shared_data: Path) -> None:
    camera = await camera_of((inf, kiosk_frame(shared_data, "mouth_open", "001")))
    guide = WritingGuide(CLOCK)

    await _capture(camera, model, HASTY).take(guide, 1)

    assert all(b.exposed_s - a.exposed_s >= 0.1 for a, b in pairwise(guide.frames))


async def test_what_never_passes_is_still_a_sample_at_the_time_limit(
    model: FaceModel, shared_data: Path
) -> None:
    far, smiling = (kiosk_frame(shared_data, each, "001") for each in ("too_far", "mouth_open"))
    camera = await camera_of((0.6, far), (inf, smiling))

    sample = await _capture(camera, model, HASTY).take(WritingGuide(CLOCK), 1)

    assert isinstance(sample, Sample)
    assert not sample.report.accepted
    assert sample.report.score == assess_portrait(far, model, LIMITS).score
    assert CLOCK.elapsed_s() == pytest.approx(1.2, abs=0.3)


async def test_nobody_before_the_camera_is_nobody_there(model: FaceModel) -> None:
    camera = await camera_of((inf, EMPTY))
    guide = WritingGuide(CLOCK)

    assert await _capture(camera, model, HASTY).take(guide, 1) == NobodyThere()
    assert guide.hints == [Advice.FACE_SHOW]
    assert CLOCK.elapsed_s() == pytest.approx(0.6, abs=0.3)


async def test_who_walks_away_in_the_middle_is_not_there(model: FaceModel, shared_data: Path) -> None:
    camera = await camera_of((0.3, kiosk_frame(shared_data, "mouth_open", "001")), (inf, EMPTY))

    assert await _capture(camera, model, HASTY).take(WritingGuide(CLOCK), 1) == NobodyThere()


async def test_a_camera_that_falls_silent_is_a_fault(model: FaceModel, shared_data: Path) -> None:
    camera = await camera_of((inf, kiosk_frame(shared_data, "mouth_open", "001")))
    camera.stall()

    with pytest.raises(CameraSilent):
        await _capture(camera, model).take(WritingGuide(CLOCK), 1)

    assert CLOCK.elapsed_s() == pytest.approx(TIMING.frame_limit_s, abs=0.1)


async def test_a_camera_that_falls_silent_after_the_picture_costs_no_picture(
    model: FaceModel, shared_data: Path
) -> None:
    camera = await camera_of((inf, kiosk_frame(shared_data, "ok", "001")))
    guide = WritingGuide(CLOCK, on_instruction={"portrait_turn": camera.stall})

    sample = await _capture(camera, model).take(guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    assert sample.signals is not None
    assert "turn_deg" in sample.signals.doubtful


async def test_who_turns_the_head_when_asked_leaves_no_doubt_and_is_not_kept_waiting(
    model: FaceModel,
) -> None:
    camera = await camera_of((1.5, _invented(Pose())), (inf, _invented(Pose(yaw_deg=25.0))))
    guide = WritingGuide(CLOCK)

    sample = await _capture(camera, model).take(guide, 1)

    assert isinstance(sample, Sample)
    assert sample.signals is not None
    assert sample.signals.values["turn_deg"] >= SIGNS.turn_least_deg
    assert sample.signals.doubtful == ()
    assert CLOCK.elapsed_s() < 2.0


async def test_the_crop_for_the_card_is_part_of_the_picture(model: FaceModel, shared_data: Path) -> None:
    camera = await camera_of((inf, kiosk_frame(shared_data, "ok", "001")))

    sample = await _capture(camera, model).take(WritingGuide(CLOCK), 1)

    assert isinstance(sample, Sample)
    assert sample.cropped is not None
    rows, columns = sample.cropped.shape[:2]
    assert columns / rows == pytest.approx(2 / 3, abs=0.01)
    assert assess_portrait(sample.cropped, model, LIMITS).value("eye_line") == pytest.approx(
        CROP.eye_line, abs=0.01
    )


async def test_bad_light_alone_ends_the_try_since_no_person_can_mend_a_lamp(
    model: FaceModel, shared_data: Path
) -> None:
    camera = await camera_of((inf, kiosk_frame(shared_data, "dark", "001")))
    guide = WritingGuide(CLOCK)

    sample = await _capture(camera, model).take(guide, 1)

    assert isinstance(sample, Sample)
    assert not sample.report.accepted
    assert guide.hints == [Advice.FACE_LIGHT]
    assert CLOCK.elapsed_s() == pytest.approx(TIMING.machine_limit_s, abs=0.3)


def _invented(pose: Pose) -> Pixels:
    """An invented person before the terminal."""
    scene = PortraitScene(np.random.default_rng(1))
    scene.person, scene.pose = generate_person(1), pose
    return scene.picture(0.0)


async def test_nobody_is_told_to_look_straight_while_the_head_is_to_turn(
    model: FaceModel, shared_data: Path
) -> None:
    turned, good = (kiosk_frame(shared_data, each, "012") for each in ("yaw", "ok"))
    camera = await camera_of((0.65, turned), (inf, good))
    guide = WritingGuide(CLOCK)

    sample = await _capture(camera, model, replace(TIMING, hint_hold_s=3.0)).take(guide, 1)

    assert isinstance(sample, Sample)
    assert sample.report.accepted
    assert [advice for _, advice in guide.advice] == [Advice.FACE_STRAIGHT, None]
    assert guide.advice[-1][0] <= guide.instructed_s("portrait_hold")


async def test_no_hint_outlasts_its_presentation(model: FaceModel, shared_data: Path) -> None:
    camera = await camera_of((inf, kiosk_frame(shared_data, "mouth_open", "001")))
    guide = WritingGuide(CLOCK)

    await _capture(camera, model, HASTY).take(guide, 1)

    assert guide.hints
    assert guide.advice[-1][1] is None


async def test_who_spoils_each_picture_is_told_what_was_wrong_with_it(
    model: FaceModel, shared_data: Path
) -> None:
    good, speaking = (kiosk_frame(shared_data, each, "012") for each in ("ok", "mouth_open"))
    scene = _Changing(good)
    camera = SimulatedCamera(scene)
    await camera.open()
    spoiling = {"portrait_hold": lambda: scene.change(speaking), "portrait_look": lambda: scene.change(good)}
    guide = WritingGuide(CLOCK, on_instruction=spoiling)

    await _capture(camera, model, replace(TIMING, take_limit_s=3.0, burst_frames=1)).take(guide, 1)

    assert set(guide.hints) == {Advice.FACE_MOUTH}


class _Changing:
    """A simulator.cameras.Scene that is changed by hand."""

    def __init__(self, picture: Pixels) -> None:
        self._picture = picture

    def change(self, picture: Pixels) -> None:
        self._picture = picture

    def picture(self, at_s: float) -> Pixels:
        """What it was changed to last."""
        del at_s
        return self._picture
