"""The irises of opened records beside each other: whether each eye is on the side on which it was before."""

import struct
from collections.abc import Mapping
from enum import StrEnum

import cv2
import numpy as np

from firmware.capture.iris_judge import EyeJudge
from firmware.capture.policy.loader import load_limits
from firmware.capture.policy.same_eye import load_same_eye
from firmware.matching.iris_code import IrisCode
from firmware.matching.irises_seen import Sides, compare_sides
from firmware.quality.iris.geometry import GreyImage
from firmware.quality.iris.limits import IrisLimits
from firmware.records.record import Part
from firmware.records.samples import EyeSide, Modality
from host_tools.sealed_record import OpenedRecord

MOST_PIXELS = 4 << 20  # the module's frames have 0.3 million; larger ones are not worth their memory

_PNG = struct.Struct(">8s4x4sII")  # signature; length and name of the first chunk; columns, rows
_PNG_SIGNATURE, _FIRST_CHUNK = b"\x89PNG\r\n\x1a\n", b"IHDR"


class Gap(StrEnum):
    """Why an eye cannot be compared."""

    NOT_TAKEN = "not_taken"
    NOT_CLEAR = "not_clear"  # a terminal makes codes of accepted pictures alone, and would not accept it


Eyes = Mapping[EyeSide, IrisCode | Gap]


def eyes_of(record: OpenedRecord) -> Eyes:
    """Both eyes of a record, judged as the terminal judges them; some 25 ms of CPU each. Personal data."""
    judge = EyeJudge(load_limits(IrisLimits, "iris.toml"), load_same_eye())
    pictures = {artefact.part: artefact.picture for artefact in record.artefacts}
    return {side: _eye(judge, pictures.get(Part(Modality.IRIS, side).key, b"")) for side in EyeSide}


def codes_of(eyes: Eyes) -> dict[EyeSide, IrisCode]:
    """Those that can be compared."""
    return {side: eye for side, eye in eyes.items() if isinstance(eye, IrisCode)}


def compare_eyes(earlier: Eyes, later: Eyes) -> Sides:
    """Whether the eyes of a later record are on their sides; under 1 ms of CPU."""
    return compare_sides(codes_of(later), codes_of(earlier), load_same_eye().same_eye)


def _eye(judge: EyeJudge, picture: bytes) -> IrisCode | Gap:
    if not picture:
        return Gap.NOT_TAKEN
    image = _grey(picture)
    code = None if image is None else judge.judge(image).code
    return Gap.NOT_CLEAR if code is None else code


def _grey(picture: bytes) -> GreyImage | None:
    """The pixels of a PNG; None of anything else, and of one too large, before it is unpacked."""
    if len(picture) < _PNG.size:
        return None
    signature, chunk, columns, rows = _PNG.unpack_from(picture)
    if (signature, chunk) != (_PNG_SIGNATURE, _FIRST_CHUNK) or not 0 < rows * columns <= MOST_PIXELS:
        return None
    image = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    return None if image is None else image.astype(np.uint8, copy=False)
