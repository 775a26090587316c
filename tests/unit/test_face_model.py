"""The face model on real portraits."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import pytest

from firmware.quality.portrait.canonical import ModelInvalid, parse_canonical_face
from firmware.quality.portrait.model import Face, FaceModel
from tests.portraits import Pixels, kiosk_frame


@pytest.fixture(scope="module")
def portrait(shared_data: Path) -> Pixels:
    """A frontal face, eyes 165 pixels apart, in a frame of 960 x 1280."""
    return kiosk_frame(shared_data, "ok", "012")


def _face(model: FaceModel, pixels: Pixels) -> Face:
    face = model.read(pixels)
    assert face is not None
    return face


def test_a_frontal_face_reads_as_frontal(model: FaceModel, portrait: Pixels) -> None:
    face = _face(model, portrait)

    assert face.faces == 1
    assert face.landmarks.shape == (478, 3)
    assert abs(face.pose.yaw_deg) < 5
    assert abs(face.pose.pitch_deg) < 5
    assert abs(face.pose.roll_deg) < 5


def test_an_empty_scene_has_no_face(model: FaceModel) -> None:
    assert model.read(np.full((1280, 960, 3), 220, np.uint8)) is None


def test_a_turned_picture_is_a_tilted_head(model: FaceModel, portrait: Pixels) -> None:
    turn = cv2.getRotationMatrix2D((480, 640), -20, 1.0)
    turned = np.asarray(
        cv2.warpAffine(portrait, turn, (960, 1280), borderMode=cv2.BORDER_REPLICATE), np.uint8
    )

    tilt = _face(model, turned).pose.roll_deg - _face(model, portrait).pose.roll_deg

    assert tilt == pytest.approx(20, abs=2)


def test_a_mirrored_picture_mirrors_the_pose(model: FaceModel, portrait: Pixels) -> None:
    seen, mirrored = _face(model, portrait).pose, _face(model, np.ascontiguousarray(portrait[:, ::-1])).pose

    assert mirrored.yaw_deg == pytest.approx(-seen.yaw_deg, abs=2)
    assert mirrored.roll_deg == pytest.approx(-seen.roll_deg, abs=2)
    assert mirrored.pitch_deg == pytest.approx(seen.pitch_deg, abs=2)


def test_half_the_size_is_twice_the_distance(model: FaceModel, portrait: Pixels) -> None:
    small = cv2.copyMakeBorder(
        cv2.resize(portrait, (480, 640), interpolation=cv2.INTER_AREA),
        320,
        320,
        240,
        240,
        cv2.BORDER_REPLICATE,
    )

    near, far = _face(model, portrait), _face(model, np.asarray(small, np.uint8))

    assert far.pose.distance_cm / near.pose.distance_cm == pytest.approx(2, rel=0.05)


def test_the_distance_follows_the_calibrated_focal_length(model: FaceModel, portrait: Pixels) -> None:
    short, long = model.read(portrait, 1000.0), model.read(portrait, 2000.0)

    assert short is not None
    assert long is not None
    assert long.pose.distance_cm / short.pose.distance_cm == pytest.approx(2, rel=0.05)


def test_two_people_are_counted(model: FaceModel, shared_data: Path) -> None:
    face = _face(model, kiosk_frame(shared_data, "two_faces", "012"))

    assert face.faces == 2
    assert 0.15 < face.rival < 1


def test_one_model_reads_alike_in_many_threads(model: FaceModel, portrait: Pixels) -> None:
    alone = _face(model, portrait).landmarks

    with ThreadPoolExecutor(3) as threads:
        together = list(threads.map(partial(_face, model), [portrait] * 6))

    for face in together:
        np.testing.assert_array_equal(face.landmarks, alone)


def test_another_file_is_no_face_model() -> None:
    with pytest.raises(ModelInvalid):
        FaceModel(b"not a model")


@pytest.mark.parametrize("damaged", [b"", b"\x0a\x7f\x01", b"\xff" * 12, b"\x12\x02\x08\x21"])
def test_damaged_geometry_is_refused(damaged: bytes) -> None:
    with pytest.raises(ModelInvalid):
        parse_canonical_face(damaged)
