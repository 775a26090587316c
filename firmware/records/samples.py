"""What is captured from a person, in the field's words (ISO/IEC 2382-37)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum

import numpy as np
from numpy.typing import NDArray

from firmware.quality.report import QualityReport


class Modality(StrEnum):
    """A kind of biometric sample."""

    PORTRAIT = "portrait"
    FINGERPRINT = "fingerprint"
    IRIS = "iris"


class FingerPosition(IntEnum):
    """Finger codes of ISO/IEC 19794-4."""

    RIGHT_THUMB = 1
    RIGHT_INDEX = 2
    RIGHT_MIDDLE = 3
    RIGHT_RING = 4
    RIGHT_LITTLE = 5
    LEFT_THUMB = 6
    LEFT_INDEX = 7
    LEFT_MIDDLE = 8
    LEFT_RING = 9
    LEFT_LITTLE = 10


class EyeSide(StrEnum):
    """The person's own right and left."""

    RIGHT = "right"
    LEFT = "left"


Position = FingerPosition | EyeSide | None


class ExceptionReason(StrEnum):
    """Why a sample was not taken; the first three as in OSIA's MissingType."""

    AMPUTATED = "amputated"
    BANDAGED = "bandaged"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    DEVICE_UNAVAILABLE = "device_unavailable"


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One image of one modality with its quality.

    image: read-only uint8; (rows, columns, 3) RGB for a portrait, else (rows, columns) grey.
    attempt: from 1. taken_at: UTC. device: model of the device, without its serial number.
    """

    modality: Modality
    position: Position
    image: NDArray[np.uint8] = field(repr=False)
    report: QualityReport
    attempt: int
    taken_at: datetime
    device: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one attempt came to; report is None when no image came of it."""

    number: int
    report: QualityReport | None
    duration_s: float


@dataclass(frozen=True, slots=True, eq=False)
class Artefact:
    """The end of one capture task: the best sample of all attempts, or the reason there is none.

    forced: the best sample is below the threshold and was kept after the last attempt.
    """

    modality: Modality
    position: Position
    sample: Sample | None
    attempts: tuple[Attempt, ...] = ()
    forced: bool = False
    exception: ExceptionReason | None = None
