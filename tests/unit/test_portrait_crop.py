"""The picture for the card: where it is cut, and when a frame has no room for it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.quality.portrait.crop import CropRule, crop_advice, crop_fits, crop_place, portrait_crop
from firmware.quality.portrait.features import features_of
from firmware.quality.portrait.model import Face, FaceModel
from tests.portraits import Pixels, kiosk_faults, kiosk_frame, read_rgb

CROP = load_limits(CropRule, "portrait.toml", "crop")


def _face(model: FaceModel, pixels: Pixels) -> Face:
    face = model.read(pixels)
    assert face is not None
    return face


def test_the_crop_is_two_to_three_with_the_eyes_in_their_place(model: FaceModel, shared_data: Path) -> None:
    pixels = kiosk_frame(shared_data, "ok", "001")

    crop = portrait_crop(pixels, _face(model, pixels), CROP)

    assert crop is not None
    features = features_of(_face(model, crop).landmarks)
    assert crop.shape[1] / crop.shape[0] == pytest.approx(2 / 3, abs=0.005)
    assert 0.42 <= features.middle[1] / crop.shape[0] <= 0.45
    assert features.middle[0] / crop.shape[1] == pytest.approx(0.5, abs=0.02)
    assert 2 * features.face_length / crop.shape[0] == pytest.approx(0.75, abs=0.03)


def test_the_crop_has_the_frames_own_pixels(model: FaceModel, shared_data: Path) -> None:
    pixels = kiosk_frame(shared_data, "ok", "001")
    face = _face(model, pixels)
    place = crop_place(face, CROP)

    crop = portrait_crop(pixels, face, CROP)

    own = pixels[place.top : place.top + place.rows, place.left : place.left + place.columns]
    assert np.array_equal(np.asarray(crop), own)


def test_a_face_at_the_side_has_no_crop_and_is_asked_to_the_middle(
    model: FaceModel, shared_data: Path
) -> None:
    pixels = kiosk_frame(shared_data, "off_left", "001")[:, 100:]
    face = _face(model, pixels)

    assert portrait_crop(pixels, face, CROP) is None
    assert not crop_fits(face, pixels.shape, CROP)
    assert crop_advice(face, pixels.shape, CROP) is Advice.FACE_CENTRE


def test_a_face_too_near_for_its_crop_is_asked_back(model: FaceModel, shared_data: Path) -> None:
    pixels = kiosk_frame(shared_data, "ok", "001")
    wide = replace(CROP, rows_of_face_length=9.0)

    assert crop_advice(_face(model, pixels), pixels.shape, wide) is Advice.FACE_BACK


@pytest.mark.parametrize("trimmed", ["top", "bottom", "left", "right"])
def test_one_pixel_beyond_an_edge_is_too_much(model: FaceModel, shared_data: Path, trimmed: str) -> None:
    pixels = kiosk_frame(shared_data, "ok", "001")
    face = _face(model, pixels)
    place = crop_place(face, CROP)
    rows, columns = slice(place.top, place.top + place.rows), slice(place.left, place.left + place.columns)
    whole = replace(face, landmarks=face.landmarks - np.array([place.left, place.top, 0], np.float32))
    tight = pixels[rows, columns]
    cut = {"top": tight[1:], "bottom": tight[:-1], "left": tight[:, 1:], "right": tight[:, :-1]}[trimmed]
    moved = {"top": (0, 1), "left": (1, 0)}.get(trimmed, (0, 0))
    shifted = replace(whole, landmarks=whole.landmarks - np.array([*moved, 0], np.float32))

    assert crop_fits(whole, tight.shape, CROP)
    assert not crop_fits(shifted, cut.shape, CROP)


def test_every_good_frame_of_the_list_has_room_for_its_crop(model: FaceModel, shared_data: Path) -> None:
    frames = [fault.file for fault in kiosk_faults(shared_data) if fault.category == "ok"]

    rows = [crop.shape[0] for crop in _crops(model, frames) if crop is not None]

    assert len(rows) == 10
    assert min(rows) >= 600


def _crops(model: FaceModel, files: list[Path]) -> list[Pixels | None]:
    pictures = [read_rgb(file) for file in files]
    return [portrait_crop(pixels, _face(model, pixels), CROP) for pixels in pictures]
