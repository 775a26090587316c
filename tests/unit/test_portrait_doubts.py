"""What is asked about a portrait and never refused, and what noise and colour do to a picture."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from firmware.models import face_model
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.cues import blocks_of
from firmware.quality.portrait.doubts import Doubt, doubts_of
from firmware.quality.portrait.features import features_of
from firmware.quality.portrait.model import FaceModel
from firmware.quality.portrait.sharpness import sharpness_of_eyes
from firmware.quality.report import Verdict
from tests.portrait_quality.faults import DOUBTS, LIMITS, SCENE
from tests.portraits import Pixels, kiosk_frame


def _doubts(pixels: Pixels, model: FaceModel) -> tuple[Doubt, ...]:
    return doubts_of(assess_portrait(pixels, model, LIMITS), DOUBTS, SCENE)


@pytest.mark.parametrize(
    ("fault", "doubt"),
    [
        ("glasses_frame", Doubt.GLASSES),
        ("sunglasses", Doubt.GLASSES),
        ("mask", Doubt.COVERED),
        ("hand", Doubt.COVERED),
        ("noise", Doubt.GRAINY),
        ("jpeg15", Doubt.COMPRESSED),
        ("busy_background", Doubt.BACKDROP_BUSY),
        ("cast_blue", Doubt.BACKDROP_COLOUR),
        ("side_light", Doubt.BACKDROP_LIGHT),
    ],
)
@pytest.mark.parametrize("subject", ["012", "037"])
def test_a_fault_that_nobody_is_refused_for_is_asked_about(
    model: FaceModel, shared_data: Path, fault: str, doubt: Doubt, subject: str
) -> None:
    assert doubt in _doubts(kiosk_frame(shared_data, fault, subject), model)


def test_a_plain_portrait_raises_no_doubt(model: FaceModel, shared_data: Path) -> None:
    assert _doubts(kiosk_frame(shared_data, "ok", "012"), model) == ()


def test_glasses_alone_do_not_refuse_a_portrait(model: FaceModel, shared_data: Path) -> None:
    report = assess_portrait(kiosk_frame(shared_data, "glasses_frame", "012"), model, LIMITS)

    assert report.accepted


def test_a_picture_without_colour_is_told_though_the_standard_calls_it_natural(
    model: FaceModel, shared_data: Path
) -> None:
    grey = cv2.cvtColor(kiosk_frame(shared_data, "ok", "012"), cv2.COLOR_RGB2GRAY)
    colourless = np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), np.uint8)

    assert Doubt.COLOURLESS in _doubts(colourless, model)


def test_without_the_network_for_people_no_backdrop_is_doubted(shared_data: Path) -> None:
    alone = FaceModel(face_model())
    pixels = kiosk_frame(shared_data, "busy_background", "012")

    report = assess_portrait(pixels, alone, LIMITS)

    assert report.accepted
    assert not [part for part in report.components if part.name.startswith("backdrop_")]
    assert alone.person(pixels) is None


def test_what_is_only_told_decides_nothing(model: FaceModel, shared_data: Path) -> None:
    report = assess_portrait(kiosk_frame(shared_data, "busy_background", "012"), model, LIMITS)

    told = [part for part in report.components if part.name.startswith(("backdrop_", "iso_"))]
    assert len(told) == 6 + 15
    assert {part.verdict for part in told} == {Verdict.INFORM}


def test_noise_does_not_pass_for_sharpness(model: FaceModel, shared_data: Path) -> None:
    sharp, blurred = (kiosk_frame(shared_data, each, "012") for each in ("ok", "blur2"))
    face = model.read(sharp)
    assert face is not None
    features = features_of(face.landmarks)
    rng = np.random.default_rng(3)

    seen = [
        sharpness_of_eyes((pixels + rng.normal(0, 8, pixels.shape)).clip(0, 255).astype(np.uint8), features)
        for pixels in (sharp, blurred)
    ]

    assert seen[0].blur < 0.5
    assert seen[1].blur > 0.58
    assert all(2 < each.grain < 4 for each in seen)


def test_blocks_of_a_plain_picture_do_not_stand_out() -> None:
    rng = np.random.default_rng(0)

    assert blocks_of(rng.integers(0, 256, (400, 300, 3), np.uint8)) == pytest.approx(1.0, abs=0.05)
    assert blocks_of(np.zeros((64, 64, 3), np.uint8)) == 0.0
