"""What the centre makes a card of: the portrait's crop as a file within its size, in a face record."""

from dataclasses import dataclass, field

from firmware.records.face_record import FaceImage, QualityId, face_record
from firmware.records.picture_files import FileRule, PictureForm, picture_file
from firmware.records.samples import Sample


@dataclass(frozen=True, slots=True)
class ProductRule:
    """Files and ids of the product; policy/portrait.toml."""

    file: FileRule
    quality: QualityId


@dataclass(frozen=True, slots=True)
class PortraitProduct:
    """face_record: ISO/IEC 19794-5:2011; its last `file_bytes` bytes are the picture's own file.

    setting: JPEG's quality, or JPEG 2000's ratio.
    """

    face_record: bytes = field(repr=False)
    form: PictureForm
    rows: int
    columns: int
    file_bytes: int
    setting: float


def portrait_product(sample: Sample, rule: ProductRule) -> PortraitProduct | None:
    """The product of a portrait; None without a crop, or when no file within the rule holds it."""
    if sample.cropped is None:
        return None
    file = picture_file(sample.cropped, rule.file)
    if file is None:
        return None
    rows, columns = sample.cropped.shape[:2]
    face = FaceImage(file, rows, columns, sample.taken_at, sample.report.score, rule.quality)
    return PortraitProduct(face_record(face), file.form, rows, columns, len(file.data), file.setting)
