"""A portrait from the first look to the sample, in virtual time, with real faces."""

from dataclasses import replace
from itertools import pairwise
from math import inf
from pathlib import Path

import numpy as np
import pytest

from firmware.capture.attempts import NobodyThere
from firmware.capture.policy.loader import load_limits
from firmware.capture.portrait import PortraitCapture
from firmware.capture.portrait_watch import PortraitTiming, PortraitWatch, Seen
from firmware.quality.advice import Advice
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from firmware.quality.report import Component, QualityReport, Verdict
from firmware.records.samples import Modality, Sample
from hw.camera.frames import CameraSilent, Frame
from simulator.cameras import SimulatedCamera
from tests.portraits import kiosk_frame
from tests.scripted import CLOCK, WORKERS, WritingGuide, camera_of

LIMITS = load_limits(PortraitLimits, "portrait.toml")
TIMING = load_limits(PortraitTiming, "portrait.toml", "presentation")
HASTY = replace(TIMING, take_limit_s=1.2, presence_limit_s=0.6)
EMPTY = np.full((1280, 960, 3), 220, np.uint8)


def _capture(camera: SimulatedCamera, model: FaceModel, timing: PortraitTiming = TIMING) -> PortraitCapture:
    return PortraitCapture(camera, model, WORKERS, LIMITS, timing, CLOCK, "simulated")


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
    assert guide.instructions == ["portrait_look", "portrait_hold", "portrait_done"]
    assert CLOCK.elapsed_s() < 4.0


async def test_the_picture_is_the_very_frame_that_passed(model: FaceModel, shared_data: Path) -> None:
    camera = await camera_of((inf, kiosk_frame(shared_data, "ok", "001")))
    guide = WritingGuide(CLOCK)

    sample = await _capture(camera, model).take(guide, 1)

    assert isinstance(sample, Sample)
    assert any(sample.image is frame.pixels for frame in guide.frames)
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


def _seen(at_s: float, *, accepted: bool = True, opening: float = 0.08, score: int = 70) -> Seen:
    values = {"faces": 1.0, "eye_opening": opening, "blur": 0.4}
    components = tuple(Component(name, value, Verdict.PASS) for name, value in values.items())
    return Seen(Frame(EMPTY, at_s), QualityReport("toy/1", score, accepted, components))


def test_one_bad_frame_begins_the_steady_time_anew() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    for at_s, accepted in [(0.0, True), (0.3, True), (0.4, False), (0.5, True), (0.9, True)]:
        watch.note(_seen(at_s, accepted=accepted))

    assert not watch.is_steady(0.9)
    assert watch.is_steady(1.0)


def test_an_own_open_eye_needs_some_frames_and_is_forgotten_after_its_window() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    for number in range(4):
        watch.note(_seen(number * 0.1, opening=0.1))
    assert watch.own_open_eye is None

    watch.note(_seen(0.4, opening=0.02))
    assert watch.own_open_eye == pytest.approx(0.1)

    for number in range(40):
        watch.note(_seen(1.0 + number * 0.1, opening=0.06))
    assert watch.own_open_eye == pytest.approx(0.06)


def test_the_best_frame_is_an_accepted_one_before_any_score() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    good, blinking = _seen(0.1, score=60), _seen(0.2, accepted=False, score=90)

    watch.note(good)
    watch.note(blinking)

    assert watch.best is good
