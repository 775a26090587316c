"""How often the portrait measure is right, on people that its limits were not chosen on.

The limits were chosen on subjects 001, 005, 008, 018 and 042 of the simulated kiosk frames; what is asserted
here was measured on the other five. Measured: README of firmware/quality/portrait.
"""

from collections import defaultdict
from pathlib import Path

import pytest

from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from tests.portraits import in_booth, kiosk_faults, kiosk_frame, read_rgb

pytestmark = pytest.mark.slow

LIMITS = load_limits(PortraitLimits, "portrait.toml")
HELD_OUT = ("006", "012", "024", "037", "061")

# Caught of five, by whichever advice; eyes against each person's own open eyes.
CAUGHT = {
    "too_far": 5,
    "too_close": 5,
    "off_left": 5,
    "too_low": 5,
    "two_faces": 5,
    "roll": 5,
    "yaw": 5,
    "pitch": 4,
    "dark": 5,
    "dim": 5,
    "bright": 4,
    "side_light": 5,
    "eyes_closed": 5,
    "eyes_half": 5,
    "mouth_open": 5,
    "blur2": 5,
    "blur4": 5,
    "motion15": 5,
    "ok": 0,
    "ok_warm": 0,
}
# No rule looks for these: they are the attendant's questions at review, or the machine's own affair.
NOT_LOOKED_FOR = {"backlight", "busy_background", "cast_blue", "glasses_frame", "hand", "jpeg15", "noise"}


def test_faults_of_people_never_seen_before_are_caught(model: FaceModel, shared_data: Path) -> None:
    caught: dict[str, int] = defaultdict(int)
    for frame in kiosk_faults(shared_data):
        if frame.subject in HELD_OUT:
            good = assess_portrait(kiosk_frame(shared_data, "ok", frame.subject), model, LIMITS)
            report = assess_portrait(read_rgb(frame.file), model, LIMITS, good.value("eye_opening"))
            caught[frame.category] += not report.accepted

    assert {category: caught[category] for category in CAUGHT} == CAUGHT
    assert {category: caught[category] for category in NOT_LOOKED_FOR} == dict.fromkeys(NOT_LOOKED_FOR, 0)


def test_an_empty_booth_is_never_a_portrait(model: FaceModel, shared_data: Path) -> None:
    empty = [frame for frame in kiosk_faults(shared_data) if frame.category == "no_face"]

    advice = [assess_portrait(read_rgb(frame.file), model, LIMITS).advice for frame in empty]

    assert advice == [Advice.FACE_SHOW] * 3


def test_neutral_people_before_the_terminal_pass(model: FaceModel, shared_data: Path) -> None:
    files = sorted((shared_data / "face" / "london_neutral").glob("*.jpg"))

    reports = [assess_portrait(in_booth(read_rgb(file)), model, LIMITS) for file in files]

    assert len(files) == 50
    assert sum(report.accepted for report in reports) == 50


def test_most_smiling_people_are_asked_to_be_neutral(model: FaceModel, shared_data: Path) -> None:
    files = sorted((shared_data / "face" / "london_smiling").glob("*.jpg"))

    advice = [assess_portrait(in_booth(read_rgb(file)), model, LIMITS).advice for file in files]

    assert sum(each in (Advice.FACE_NEUTRAL, Advice.FACE_MOUTH) for each in advice) >= 30
