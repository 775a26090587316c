"""Pictures as files of a limited size: fewer bytes by coarser coding, never by fewer pixels."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from PIL import Image

_WHOLE_QUALITY = 95  # of JPEG: above it files grow and pictures do not gain (Pillow's own advice)
_RATE_TRIES = 6  # OpenJPEG meets a rate at the first or second try; portraits never took more than three
_RATE_MARGIN = 1.02

Pixels = NDArray[np.uint8]


class PictureForm(StrEnum):
    """How a picture is coded."""

    JPEG = "jpeg"
    JPEG_2000 = "jpeg_2000"
    JPEG_2000_LOSSLESS = "jpeg_2000_lossless"


@dataclass(frozen=True, slots=True)
class FileRule:
    """What a file may be; policy/portrait.toml.

    most_bytes: of the file. least_jpeg_quality: 1 to 95, and most_jpeg_2000_ratio: raw bytes by bytes of the
    file; what would have to be coarser than that has no file.
    """

    form: PictureForm
    most_bytes: int
    least_jpeg_quality: int
    most_jpeg_2000_ratio: float


@dataclass(frozen=True, slots=True)
class PictureFile:
    """data: the file. setting: JPEG's quality, or JPEG 2000's ratio, 1.0 when it is lossless."""

    form: PictureForm
    data: bytes = field(repr=False)
    setting: float


def picture_file(pixels: Pixels, rule: FileRule) -> PictureFile | None:
    """The best file within the rule that has every pixel; None when there is none.

    pixels: (rows, columns, 3) uint8 RGB.
    """
    match rule.form:
        case PictureForm.JPEG:
            return _jpeg(pixels, rule)
        case PictureForm.JPEG_2000:
            return _jpeg_2000(pixels, rule)
        case PictureForm.JPEG_2000_LOSSLESS:
            data = _encoded(pixels, "JPEG2000", irreversible=False)
            return PictureFile(rule.form, data, 1.0) if len(data) <= rule.most_bytes else None


def _jpeg(pixels: Pixels, rule: FileRule) -> PictureFile | None:
    """The finest quality that fits, by bisection: a finer one never makes a smaller file worth having."""

    def coded(quality: int) -> bytes:
        return _encoded(pixels, "JPEG", quality=quality, subsampling=0, optimize=True)

    found = _finest(coded, rule.least_jpeg_quality, rule.most_bytes)
    return None if found is None else PictureFile(rule.form, found[1], float(found[0]))


def _finest(coded: Callable[[int], bytes], least: int, most_bytes: int) -> tuple[int, bytes] | None:
    """The highest quality from `least` up whose file fits, with that file."""
    found = None
    low, high = least, _WHOLE_QUALITY
    while low <= high:
        middle = (low + high + 1) // 2
        data = coded(middle)
        if len(data) <= most_bytes:
            found, low = (middle, data), middle + 1
        else:
            high = middle - 1
    return found


def _jpeg_2000(pixels: Pixels, rule: FileRule) -> PictureFile | None:
    """The size is asked of the encoder, and asked again a little smaller while it misses."""
    ratio = max(pixels.nbytes / rule.most_bytes, 1.0)
    for _ in range(_RATE_TRIES):
        if ratio > rule.most_jpeg_2000_ratio:
            return None
        data = _encoded(
            pixels, "JPEG2000", irreversible=True, quality_mode="rates", quality_layers=[ratio], mct=1
        )
        if len(data) <= rule.most_bytes:
            return PictureFile(rule.form, data, ratio)
        ratio *= _RATE_MARGIN * len(data) / rule.most_bytes
    return None


def _encoded(pixels: Pixels, form: str, **options: object) -> bytes:
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, form, **options)
    return file.getvalue()
