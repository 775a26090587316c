"""Raw values of ISO/IEC 29794-5, against what a picture was made of."""

from math import cos, radians
from pathlib import Path

import cv2
import numpy as np
import pytest

from firmware.capture.policy.loader import load_limits
from firmware.quality.portrait.aligned import Aligned, aligned_face
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.colour import luminance_of
from firmware.quality.portrait.features import features_of
from firmware.quality.portrait.iso import COMPONENTS
from firmware.quality.portrait.iso_light import light_values
from firmware.quality.portrait.iso_measures import head_size, iso_scores
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from tests.portraits import Pixels, kiosk_frame

LIMITS = load_limits(PortraitLimits, "portrait.toml")
SIDE = 616
NOT_OURS = {  # they need a large network, or their definition is another measure's
    *("unified_quality_score", "background_uniformity", "sharpness", "compression_artifacts", "eyes_visible"),
    *(
        "mouth_occlusion_prevention",
        "face_occlusion_prevention",
        "expression_neutrality",
        "no_head_coverings",
    ),
    *("head_size", "head_pose_yaw", "head_pose_pitch", "head_pose_roll"),
}


def _aligned(right: int, left: int) -> Aligned:
    """A face whose right half has one grey level and whose left half another."""
    pixels = np.full((SIDE, SIDE, 3), right, np.uint8)
    pixels[:, SIDE // 2 :] = left
    cheeks = (slice(320, 350), slice(240, 270)), (slice(320, 350), slice(346, 376))
    everywhere = np.ones((SIDE, SIDE), np.bool_)
    return Aligned(pixels, luminance_of(pixels), everywhere, np.zeros((478, 2), np.float32), cheeks)


def _values(pixels: Pixels, model: FaceModel) -> dict[str, float]:
    report = assess_portrait(pixels, model, LIMITS)
    return {part.name: part.value for part in report.components if part.name.startswith("iso_")}


def test_the_report_names_what_is_the_standards_and_nothing_else(model: FaceModel, shared_data: Path) -> None:
    values = _values(kiosk_frame(shared_data, "ok", "012"), model)

    assert {name.removeprefix("iso_") for name in values} == COMPONENTS.keys() - NOT_OURS


def test_every_score_of_a_good_portrait_is_by_identifier(model: FaceModel, shared_data: Path) -> None:
    report = assess_portrait(kiosk_frame(shared_data, "ok", "012"), model, LIMITS)

    scores = iso_scores(report)

    assert len(scores) == 15
    assert all(0x41 <= identifier <= 0x5C and 0 <= score <= 100 for identifier, score in scores.items())
    assert scores[0x52] == 97  # 143 pixels between the eyes
    assert scores[0x4C] == 100


def test_margins_and_sides_add_up_to_the_frame(model: FaceModel, shared_data: Path) -> None:
    pixels = kiosk_frame(shared_data, "off_left", "012")
    face = model.read(pixels)
    assert face is not None
    features, values = features_of(face.landmarks), _values(pixels, model)

    rows, columns = pixels.shape[:2]
    above_and_below = values["iso_margin_above"] + values["iso_margin_below"]
    across = features.eyes[1][0] - features.eyes[0][0]
    assert above_and_below * features.face_length == pytest.approx(rows)
    sides = (values["iso_leftward_crop"] + values["iso_rightward_crop"]) * features.eye_distance
    assert sides + across == pytest.approx(columns, rel=1e-3)
    assert values["iso_leftward_crop"] < values["iso_rightward_crop"]
    yaw_deg = face.pose.yaw_deg
    assert values["iso_inter_eye_distance"] * cos(radians(yaw_deg)) == pytest.approx(features.eye_distance)


def test_the_size_of_a_head_is_that_in_the_finished_picture(model: FaceModel, shared_data: Path) -> None:
    face = model.read(kiosk_frame(shared_data, "ok", "012"))
    assert face is not None

    assert head_size(face, 500) == pytest.approx(2 * head_size(face, 1000))


def test_a_face_of_one_grey_has_one_level_of_light() -> None:
    values = light_values(_aligned(188, 188))

    assert values["luminance_mean"] == pytest.approx(0.5029, abs=1e-3)
    assert values["luminance_variance"] == pytest.approx(0.0, abs=1e-6)
    assert values["dynamic_range"] == 0.0
    assert values["illumination_uniformity"] == 1.0


def test_halves_of_black_and_white_are_under_and_over_exposed_and_nothing_alike() -> None:
    values = light_values(_aligned(0, 255))

    assert values["under_exposure_prevention"] == pytest.approx(0.5)
    assert values["over_exposure_prevention"] == pytest.approx(0.5)
    assert values["dynamic_range"] == pytest.approx(1.0)
    assert values["illumination_uniformity"] == 0.0
    assert values["luminance_variance"] == pytest.approx(0.25, abs=1e-3)


def test_colours_are_measured_from_the_range_of_skin(model: FaceModel, shared_data: Path) -> None:
    assert _values(kiosk_frame(shared_data, "ok", "012"), model)["iso_natural_colour"] == 0.0
    assert _values(kiosk_frame(shared_data, "cast_blue", "012"), model)["iso_natural_colour"] == 100.0


def test_aligning_undoes_a_tilt(model: FaceModel, shared_data: Path) -> None:
    pixels = kiosk_frame(shared_data, "ok", "012")
    turn = cv2.getRotationMatrix2D((480, 540), 10, 0.9)
    tilted = np.asarray(cv2.warpAffine(pixels, turn, (960, 1280), borderMode=cv2.BORDER_REPLICATE), np.uint8)

    seen = [_points(each, model) for each in (pixels, tilted)]

    assert np.abs(seen[0] - seen[1]).max() < 12  # pixels of 616


def _points(pixels: Pixels, model: FaceModel) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    face = model.read(pixels)
    assert face is not None
    aligned = aligned_face(pixels, face.landmarks, features_of(face.landmarks))
    assert aligned is not None
    return aligned.points[[33, 263, 1, 61, 291]]
