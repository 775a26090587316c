"""What is said to a person whose eye is not right yet."""

from collections.abc import Iterable

import numpy as np
import pytest

from firmware.capture.iris_watch import IrisWatch, SeenEye
from firmware.quality.advice import Advice
from firmware.quality.report import Component, QualityReport, Verdict
from hw.camera.frames import Frame
from tests.planned_eyes import TIMING

FOUND = Component("confidence", 1.0, Verdict.PASS)
SHARP = Component("sharpness", 1.0, Verdict.PASS)
OPEN, LOOK = Advice.EYE_OPEN, Advice.EYE_LOOK


@pytest.mark.parametrize(
    ("advised", "said"),
    [
        pytest.param([OPEN] * 3, None, id="as long as a blink"),
        pytest.param([OPEN] * 6, OPEN, id="for longer"),
        pytest.param([OPEN, OPEN, LOOK, OPEN, OPEN, LOOK], OPEN, id="another one now and then"),
        pytest.param([OPEN, LOOK] * 10, LOOK, id="two by turns: the newer"),
        pytest.param([OPEN] * 6 + [LOOK] * 4, LOOK, id="another one since"),
        pytest.param([OPEN] * 6 + [None], None, id="right at once"),
    ],
)
def test_what_most_frames_advise_is_said(advised: Iterable[Advice | None], said: Advice | None) -> None:
    watch = IrisWatch(TIMING, 0.0)
    now_s = 0.0
    for number, advice in enumerate(advised):
        now_s = 0.1 * number
        watch.note(SeenEye(Frame(np.zeros((2, 2), np.uint8), now_s), _report(advice)))
    assert watch.lasting_advice(now_s) is said


def _report(advice: Advice | None) -> QualityReport:
    return QualityReport("test/1", 60 if advice is None else 20, advice is None, (FOUND, SHARP), advice)
