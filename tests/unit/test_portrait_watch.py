"""What a portrait's watch makes of one frame after another."""

import numpy as np
import pytest

from firmware.capture.policy.loader import load_limits
from firmware.capture.portrait_watch import PortraitTiming, PortraitWatch, Seen
from firmware.quality.advice import Advice
from firmware.quality.portrait.expression import Expression
from firmware.quality.portrait.live import Known
from firmware.quality.portrait.model import Face
from firmware.quality.portrait.pose import Pose
from firmware.quality.portrait.region import Region
from firmware.quality.portrait.tracking import Hold
from firmware.quality.report import Component, QualityReport, Verdict
from hw.camera.frames import Frame

TIMING = load_limits(PortraitTiming, "portrait.toml", "presentation")
HOLD = Hold.of(Region(np.eye(2, 3, dtype=np.float32)), np.zeros((478, 3), np.float32))
EMPTY = np.full((1280, 960, 3), 220, np.uint8)


def _face(middle_x: float = 480.0) -> Face:
    """A face whose eyes lie 180 pixels apart around that column."""
    landmarks = np.zeros((478, 3), np.float32)
    landmarks[[33, 133], 0], landmarks[[362, 263], 0] = middle_x - 90.0, middle_x + 90.0
    landmarks[152, 1] = 300.0
    return Face(landmarks, Expression(0.0, 0.0, 0.0), Pose(0.0, 0.0, 0.0, 60.0), 1, 0.0, HOLD)


def _seen(
    at_s: float,
    *,
    accepted: bool = True,
    opening: float = 0.08,
    score: int = 70,
    face: Face | None = None,
    advice: Advice | None = None,
) -> Seen:
    values = {"faces": 1.0, "eye_opening": opening, "blur": 0.4}
    components = tuple(Component(name, value, Verdict.PASS) for name, value in values.items())
    return Seen(
        Frame(EMPTY, at_s), QualityReport("toy/1", score, accepted, components, advice), face or _face()
    )


def test_one_bad_frame_begins_the_steady_time_anew() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    for at_s, accepted in [(0.0, True), (0.1, True), (0.3, True), (0.4, False), (0.5, True), (0.9, True)]:
        watch.note(_seen(at_s, accepted=accepted))

    assert not watch.is_steady(0.9)
    assert watch.is_steady(1.0)


def test_a_head_that_moves_is_not_steady_however_good_each_frame_is() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    for step in range(20):
        watch.note(_seen(0.1 * step, face=_face(400.0 + 5.0 * step)))

    assert not watch.is_steady(1.9)


def test_what_a_blink_could_cause_is_not_said_and_what_lasts_is() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    watch.note(_seen(0.0))
    watch.note(_seen(0.1))
    for at_s in (0.2, 0.3, 0.4):
        watch.note(_seen(at_s, accepted=False, advice=Advice.FACE_EYES))
    assert watch.lasting_advice is None

    watch.note(_seen(0.7, accepted=False, advice=Advice.FACE_EYES))

    assert watch.lasting_advice is Advice.FACE_EYES


def test_who_never_stands_still_is_told() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    for step in range(10):
        watch.note(_seen(0.1 * step, face=_face(400.0 + 5.0 * step)))

    assert watch.lasting_advice is Advice.FACE_STILL


def test_who_is_right_at_every_other_frame_only_is_told_what_is_wrong_at_the_others() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    said: list[Advice] = []
    for step in range(50):
        watch.note(_seen(0.1 * step, face=_face(480.0 + 5.0 * (step // 2))))
        said += [] if watch.lasting_advice is None else [watch.lasting_advice]

    assert set(said) == {Advice.FACE_STILL}
    assert len(said) == 2


def test_who_stands_right_for_the_picture_is_told_nothing() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    for step in range(50):
        watch.note(_seen(0.1 * step, accepted=step % 20 > 0, advice=None if step % 20 else Advice.FACE_EYES))
        if watch.is_steady(0.1 * step):
            watch.took(_seen(0.1 * step))
        assert watch.lasting_advice is None


def test_after_a_picture_everything_must_be_right_for_a_while_again() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    for step in range(8):
        watch.note(_seen(0.1 * step))
    assert watch.is_steady(0.7)

    watch.took(_seen(0.8, accepted=False))

    assert not watch.is_steady(0.8)


def test_what_a_frame_passed_and_where_its_face_was_is_known_to_the_next() -> None:
    watch = PortraitWatch(TIMING, 0.0)
    assert watch.known == Known()

    face = _face()
    watch.note(_seen(0.0, face=face))

    assert watch.known.before is face
    assert watch.known.passed == {"faces", "eye_opening", "blur"}


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
