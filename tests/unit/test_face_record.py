"""The face record, against a reader that two records of another maker vouch for."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from firmware.records.face_record import FaceImage, FaceRecordMalformed, QualityId, face_record, picture_in
from firmware.records.picture_files import PictureFile, PictureForm
from tests.face_record_reader import read_face_record

TAKEN = datetime(2026, 3, 2, 5, 6, 7, 89_000, UTC)
FACE = FaceImage(
    PictureFile(PictureForm.JPEG_2000, b"a file of a picture", 20.0), 720, 480, TAKEN, 87, QualityId(0, 1)
)
# Every byte as the table at the top of face_record.py says, before the 19 of the picture.
HEAD = bytes.fromhex(
    "46414300 30333000 0000005C 0001 00 0000"
    "0000004B 07EA 03 02 05 06 07 0059 06 0000 0000 01 57 0000 0001"
    "0000 00000000 000000 0000 000000 000000"
    "01 01 01E0 02D0 02 0002 00 01 00000013"
)


def test_a_record_is_its_table_byte_by_byte() -> None:
    assert face_record(FACE) == HEAD + b"a file of a picture"


@pytest.mark.parametrize(
    ("name", "size", "score", "taken"),
    [
        ("Face_registration.iso", 67_087, 80, datetime(2022, 12, 28, 13, 41, 13, 546_000, UTC)),
        ("Face_auth.iso", 18_492, 40, datetime(2022, 12, 28, 20, 51, 16, 542_000, UTC)),
    ],
)
def test_the_reader_understands_the_records_of_another_maker(
    shared_data: Path, name: str, size: int, score: int, taken: datetime
) -> None:
    read = read_face_record((shared_data / "face" / "iso_19794_5_record" / name).read_bytes())

    picture = Image.open(io.BytesIO(read.image))
    assert (read.length, read.qualities, read.taken_at) == (size, ((score, 1, 1),), taken)
    assert picture.format == "JPEG2000"
    assert picture.size == read.size == (240, 320)
    assert (read.representations, read.landmarks, read.face_kind) == (1, 0, 1)


def test_our_record_has_the_other_makers_header_where_both_speak_of_the_same(shared_data: Path) -> None:
    file = shared_data / "face" / "iso_19794_5_record" / "Face_registration.iso"
    other = read_face_record(file.read_bytes())
    lossless = PictureFile(PictureForm.JPEG_2000_LOSSLESS, other.image, 1.0)

    ours = read_face_record(face_record(FaceImage(lossless, 320, 240, other.taken_at, 80, QualityId(1, 1))))

    named = ("length", "representations", "certification", "temporal", "representation_length", "taken_at")
    image = ("qualities", "landmarks", "face_kind", "coding", "size", "sampling", "cross_reference", "colour")
    for name in (*named, *image, "image"):
        assert getattr(ours, name) == getattr(other, name), name


@pytest.mark.parametrize(
    ("form", "code"),
    [(PictureForm.JPEG, 0), (PictureForm.JPEG_2000, 1), (PictureForm.JPEG_2000_LOSSLESS, 2)],
)
def test_the_record_says_how_its_picture_is_coded(form: PictureForm, code: int) -> None:
    face = replace(FACE, file=PictureFile(form, b"\x01", 1.0))

    assert read_face_record(face_record(face)).coding == code


@pytest.mark.parametrize(("columns", "level"), [(300, 0), (360, 1), (480, 2), (1499, 6), (1500, 7)])
def test_the_sampling_level_counts_half_the_width_as_head(columns: int, level: int) -> None:
    assert read_face_record(face_record(replace(FACE, columns=columns))).sampling == level


def test_the_picture_comes_out_as_it_went_in() -> None:
    assert picture_in(face_record(FACE)) == b"a file of a picture"


@pytest.mark.parametrize("cut", [slice(0, 0), slice(0, 72), slice(0, -1), slice(1, None)])
def test_a_record_that_is_not_whole_is_malformed(cut: slice) -> None:
    with pytest.raises(FaceRecordMalformed):
        picture_in(face_record(FACE)[cut])


def test_nothing_of_a_picture_is_in_a_repr() -> None:
    assert "picture" not in repr(FACE)
