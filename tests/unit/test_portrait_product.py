"""The crop of real people as files of a limited size."""

import io
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from firmware.capture.policy.loader import load_limits
from firmware.quality.portrait.crop import CropRule, portrait_crop
from firmware.quality.portrait.model import FaceModel
from firmware.records.picture_files import FileRule, PictureFile, PictureForm, picture_file
from firmware.records.portrait_product import ProductRule, portrait_product
from firmware.records.record import Part
from firmware.records.samples import Modality
from firmware.sealing.contents import artefact_contents, split_contents
from tests.face_record_reader import read_face_record
from tests.portraits import Pixels, kiosk_frame
from tests.sealing_world import cropped_portrait, good_artefact, pixels

PRODUCT = load_limits(ProductRule, "portrait.toml", "product")
CROP = load_limits(CropRule, "portrait.toml", "crop")
SUBJECTS = ("001", "042", "061")
LOSSY = (PictureForm.JPEG, PictureForm.JPEG_2000)
FLOOR_DB = 34.0  # the least of all crops and limits below


@pytest.fixture(scope="module", params=SUBJECTS)
def crop(request: pytest.FixtureRequest, model: FaceModel, shared_data: Path) -> Pixels:
    """The crop of a real person."""
    frame = kiosk_frame(shared_data, "ok", request.param)
    face = model.read(frame)
    assert face is not None
    cut = portrait_crop(frame, face, CROP)
    assert cut is not None
    return cut


def _rule(form: PictureForm, most_bytes: int) -> FileRule:
    return replace(PRODUCT.file, form=form, most_bytes=most_bytes)


def _decoded(file: PictureFile) -> Pixels:
    return np.asarray(Image.open(io.BytesIO(file.data)), np.uint8)


def _psnr_db(file: PictureFile, crop: Pixels) -> float:
    error = np.mean((_decoded(file).astype(np.float64) - crop) ** 2)
    return float(10 * np.log10(255**2 / error))


@pytest.mark.parametrize("form", LOSSY)
def test_every_limit_is_kept_with_every_pixel_and_more_bytes_are_a_better_picture(
    crop: Pixels, form: PictureForm
) -> None:
    found = {most: picture_file(crop, _rule(form, most)) for most in (25_000, 40_000, 70_000, 100_000)}

    files = {most: file for most, file in found.items() if file is not None}
    assert files.keys() == found.keys()
    assert all(len(file.data) <= most for most, file in files.items())
    assert all(_decoded(file).shape == crop.shape for file in files.values())
    qualities = [_psnr_db(file, crop) for file in files.values()]
    assert qualities[0] >= FLOOR_DB
    assert all(better >= worse for worse, better in pairwise(qualities))


def test_the_room_is_used(crop: Pixels) -> None:
    file = picture_file(crop, PRODUCT.file)

    assert file is not None
    assert 0.85 * PRODUCT.file.most_bytes <= len(file.data) <= PRODUCT.file.most_bytes


@pytest.mark.parametrize("form", LOSSY)
def test_what_would_be_too_coarse_has_no_file(crop: Pixels, form: PictureForm) -> None:
    assert picture_file(crop, _rule(form, 5_000)) is None


def test_without_loss_every_pixel_comes_back(crop: Pixels) -> None:
    file = picture_file(crop, _rule(PictureForm.JPEG_2000_LOSSLESS, 2_000_000))

    assert file is not None
    assert np.array_equal(_decoded(file), crop)
    assert picture_file(crop, _rule(PictureForm.JPEG_2000_LOSSLESS, len(file.data) - 1)) is None


def test_a_portrait_with_a_crop_carries_a_face_record_of_it(crop: Pixels) -> None:
    artefact = cropped_portrait(crop, score=91)

    document, picture, product = split_contents(artefact_contents(artefact))

    assert artefact.sample is not None
    record = read_face_record(product)
    expected = portrait_product(artefact.sample, PRODUCT)
    assert expected is not None
    assert product == expected.face_record
    assert record.size == (crop.shape[1], crop.shape[0])
    assert record.qualities == ((91, 0, 1),)
    assert record.image[:12] == bytes.fromhex("0000000C6A5020200D0A870A")
    assert (b'"is_cropped":true' in document, picture[1:4]) == (True, b"PNG")


def test_a_portrait_without_a_crop_and_a_finger_carry_none() -> None:
    for modality in (Modality.PORTRAIT, Modality.IRIS):
        artefact = good_artefact(Part(modality))

        document, _, product = split_contents(artefact_contents(artefact))

        assert product == b""
        assert b'"product":null' in document


def test_a_crop_that_no_file_holds_is_said_and_the_still_is_kept() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (900, 600, 3), dtype=np.uint8)
    rule = replace(PRODUCT, file=_rule(PictureForm.JPEG_2000, 20_000))
    artefact = cropped_portrait(noise)

    assert artefact.sample is not None
    assert portrait_product(artefact.sample, rule) is None


def test_the_smallest_picture_has_a_file() -> None:
    picture = pixels(Part(Modality.PORTRAIT))

    for form in PictureForm:
        file = picture_file(picture, _rule(form, 100_000))

        assert file is not None, form
        assert _decoded(file).shape == picture.shape
