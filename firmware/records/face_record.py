"""One portrait as a face record of ISO/IEC 19794-5:2011, big-endian.

offset  bytes
0       4   "FAC\\0"
4       4   "030\\0"
8       4   length of the record
12      2   representations: 1
14      1   certification: 0, none
15      2   temporal semantics: 0, one representation

17      4   length of the representation, from here to the end
21      9   capture in UTC: year (2), month, day, hour, minute, second, milliseconds (2)
30      1   capture device technology
31      2   its vendor, registered with IBIA; 0 = not known
33      2   its type, by that vendor; 0 = not known
35      1   quality blocks: 1
36      5   score (1), vendor (2) and algorithm (2) of the score
41      2   landmark points: 0
43      4   sex, eye colour, hair colour, height: 0, not stated here
47      8   properties (3), expression (2), pose (3): 0, not stated; the document has what was measured
55      3   uncertainty of the pose: 0

58      1   kind of face image
59      1   coding of the image: 0 JPEG, 1 JPEG 2000, 2 JPEG 2000 without loss
60      2   width
62      2   height
64      1   spatial sampling rate level
65      2   processing after the capture, bits
67      1   cross reference: 0, none
68      1   colour space
69      4   length of the image
73      ..  the image
Source: the layout as two records of another maker have it; codes as in tables 18 and 19 of the standard.
"""

import bisect
import struct
from dataclasses import dataclass, field
from datetime import datetime

from firmware.records.picture_files import PictureFile, PictureForm

_RECORD = struct.Struct(">8sIHBH")
_CAPTURE = struct.Struct(">IHBBBBBHBHH")
_QUALITY = struct.Struct(">BBHH")
_SUBJECT = struct.Struct(">H4x3x2x3x3x")
_IMAGE = struct.Struct(">BBHHBHBBI")
_LENGTH = struct.Struct(">I")
_MAGIC = b"FAC\x00030\x00"
_IMAGE_AT = 73
_FULL_FRONTAL = 1
_FRAME_OF_DIGITAL_VIDEO = 6  # the still is a frame of the camera's video configuration
_CROPPED = 1 << 1
_RGB_24_BIT = 1
_CODINGS = {PictureForm.JPEG: 0, PictureForm.JPEG_2000: 1, PictureForm.JPEG_2000_LOSSLESS: 2}
_HEAD_WIDTHS = (180, 240, 300, 370, 480, 610, 750)  # pixels; where levels 1 to 7 begin
_LEAST_HEAD_OF_WIDTH = 0.5  # the head fills half to three quarters of a portrait's width [unverified]


@dataclass(frozen=True, slots=True)
class QualityId:
    """Whose score it is; policy/portrait.toml.

    vendor: as registered with IBIA, 0 for a maker without registration. algorithm: by that vendor.
    """

    vendor: int
    algorithm: int


@dataclass(frozen=True, slots=True)
class FaceImage:
    """What a face record says. taken_at: UTC. score: 0 to 100. rows, columns: of the picture in `file`."""

    file: PictureFile = field(repr=False)
    rows: int
    columns: int
    taken_at: datetime
    score: int
    quality: QualityId


def face_record(face: FaceImage) -> bytes:
    """The record's bytes, of which the picture's file is the end."""
    quality = _QUALITY.pack(1, face.score, face.quality.vendor, face.quality.algorithm)
    body = b"".join((quality, _SUBJECT.pack(0), _image(face), face.file.data))
    length = _CAPTURE.size + len(body)
    record = _RECORD.pack(_MAGIC, _RECORD.size + length, 1, 0, 0)
    return record + _capture(length, face.taken_at) + body


class FaceRecordMalformed(Exception):
    """Bytes that are no face record as this module writes it."""


def picture_in(record: bytes) -> bytes:
    """The picture's file in a record of this module."""
    if len(record) < _IMAGE_AT or record[:8] != _MAGIC:
        raise FaceRecordMalformed("it does not begin as one")
    (whole,) = _LENGTH.unpack_from(record, len(_MAGIC))
    (image,) = _LENGTH.unpack_from(record, _IMAGE_AT - _LENGTH.size)
    if (whole, image) != (len(record), len(record) - _IMAGE_AT):
        raise FaceRecordMalformed("its lengths do not fit")
    return record[_IMAGE_AT:]


def _capture(length: int, at: datetime) -> bytes:
    milliseconds = at.microsecond // 1000
    day = (at.year, at.month, at.day, at.hour, at.minute, at.second, milliseconds)
    return _CAPTURE.pack(length, *day, _FRAME_OF_DIGITAL_VIDEO, 0, 0)


def _image(face: FaceImage) -> bytes:
    coding = _CODINGS[face.file.form]
    level = bisect.bisect_right(_HEAD_WIDTHS, _LEAST_HEAD_OF_WIDTH * face.columns)
    size = (face.columns, face.rows)
    colour = (_CROPPED, 0, _RGB_24_BIT, len(face.file.data))
    return _IMAGE.pack(_FULL_FRONTAL, coding, *size, level, *colour)
