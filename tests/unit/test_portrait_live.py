"""Live frames: a face that is followed, limits that do not flicker, and the order of what is said."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.limits import Band, PortraitLimits
from firmware.quality.portrait.live import NOTHING_KNOWN, Glance, Known, glance, passed_in
from firmware.quality.portrait.model import FaceModel
from firmware.quality.portrait.stages import RULES, Stage, stage_of
from tests.portraits import Pixels, kiosk_frame

LIMITS = load_limits(PortraitLimits, "portrait.toml")


def _watched(frames: list[Pixels], model: FaceModel) -> list[Glance]:
    seen: list[Glance] = []
    known = NOTHING_KNOWN
    for pixels in frames:
        seen.append(glance(pixels, model, LIMITS, known))
        known = seen[-1].known(None)
    return seen


def _moved(pixels: Pixels, steps: int) -> Pixels:
    """The picture 12 pixels further to the right and down with each step, and turned by a degree."""
    turn = cv2.getRotationMatrix2D((480, 560), float(steps), 1.0)
    turn[:, 2] += 12 * steps
    return np.asarray(cv2.warpAffine(pixels, turn, (960, 1280), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def test_a_followed_face_reads_as_the_detector_would_read_it(model: FaceModel, shared_data: Path) -> None:
    frames = [_moved(kiosk_frame(shared_data, "ok", "012"), step) for step in range(6)]

    seen = _watched(frames, model)

    assert [each.face.followed for each in seen if each.face] == [0, 1, 2, 3, 4, 5]
    for pixels, each in zip(frames, seen, strict=True):
        alone = assess_portrait(pixels, model, LIMITS)
        for name, tolerance in (("yaw_deg", 1.0), ("eye_opening", 0.01), ("jaw_open", 0.05), ("smile", 0.1)):
            assert each.report.value(name) == pytest.approx(alone.value(name), abs=tolerance), name


def test_the_detector_looks_again_after_its_number_of_frames(model: FaceModel, shared_data: Path) -> None:
    seen = _watched([kiosk_frame(shared_data, "ok", "012")] * (LIMITS.detect_every + 2), model)

    followed = [each.face.followed for each in seen if each.face]
    assert followed == [*range(LIMITS.detect_every), 0, 1]


def test_a_second_person_is_seen_when_the_detector_looks_again(model: FaceModel, shared_data: Path) -> None:
    alone, two = (kiosk_frame(shared_data, each, "012") for each in ("ok", "two_faces"))

    seen = _watched([alone] + [two] * LIMITS.detect_every, model)

    assert seen[-1].report.advice is Advice.FACE_ALONE


def test_a_person_who_leaves_is_missed_in_the_next_frame(model: FaceModel, shared_data: Path) -> None:
    seen = _watched([kiosk_frame(shared_data, "ok", "012"), np.full((1280, 960, 3), 220, np.uint8)], model)

    assert [each.report.advice for each in seen] == [None, Advice.FACE_SHOW]
    assert seen[1].face is None


def test_another_person_in_another_place_is_found_at_once(model: FaceModel, shared_data: Path) -> None:
    seen = _watched([kiosk_frame(shared_data, each, "012") for each in ("off_left", "too_low")], model)

    assert seen[1].face is not None
    assert seen[1].report.value("centre_x") == pytest.approx(0.5, abs=0.05)


def test_what_has_passed_may_go_further_than_what_comes_in(model: FaceModel, shared_data: Path) -> None:
    pixels = kiosk_frame(shared_data, "ok", "012")
    share = glance(pixels, model, LIMITS).report.value("head_share")
    at_the_limit = replace(LIMITS, head_share=Band(-np.inf, share - 0.1, share + 0.005, enter=0.9))

    coming = glance(pixels, model, at_the_limit)
    staying = glance(pixels, model, at_the_limit, Known(passed=frozenset({"head_share"})))

    assert coming.report.advice is Advice.FACE_BACK
    assert "head_share" not in passed_in(coming.report)
    assert "head_share" in passed_in(staying.report)


def test_eyes_are_held_against_the_persons_own(model: FaceModel, shared_data: Path) -> None:
    half_closed = kiosk_frame(shared_data, "eyes_half", "012")

    assert glance(half_closed, model, LIMITS, Known(own_open_eye=0.087)).report.advice is Advice.FACE_EYES
    assert glance(half_closed, model, LIMITS).report.advice is None


def test_every_advice_has_one_stage_and_stages_follow_each_other() -> None:
    stages = [rule.stage for rule in RULES]

    assert stages == sorted(stages)
    assert stage_of(Advice.FACE_SHOW) is Stage.PRESENT
    assert stage_of(Advice.FACE_STILL) is Stage.STILL
    assert all(stage_of(advice) is rule.stage for rule in RULES for advice in (rule.below, rule.above))


def test_limits_in_pixels_grow_with_the_frame(model: FaceModel, shared_data: Path) -> None:
    pixels = kiosk_frame(shared_data, "ok", "012")
    still = np.asarray(cv2.resize(pixels, (1296, 1728), interpolation=cv2.INTER_CUBIC), np.uint8)
    small_face = replace(LIMITS, eye_distance_px=Band(150.0, 180.0, np.inf))

    report = assess_portrait(still, model, small_face)

    assert assess_portrait(still, model, LIMITS).accepted
    assert report.value("eye_distance_px") > 180
    assert report.advice is Advice.FACE_CLOSER
