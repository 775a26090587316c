"""What is captured from a person, in the field's words (ISO/IEC 2382-37)."""

from collections.abc import Mapping
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


class Hand(StrEnum):
    """The person's own right and left."""

    RIGHT = "right"
    LEFT = "left"


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

    @property
    def hand(self) -> Hand:
        """The hand that the finger belongs to."""
        return Hand.RIGHT if self <= FingerPosition.RIGHT_LITTLE else Hand.LEFT


class EyeSide(StrEnum):
    """The person's own right and left."""

    RIGHT = "right"
    LEFT = "left"


Position = FingerPosition | EyeSide | None


class ExceptionReason(StrEnum):
    """Why a sample was not taken; the first three, as in OSIA's MissingType, are for a person to say.

    BELOW_AGE stands for a whole record: of a child that young nothing is asked.
    """

    AMPUTATED = "amputated"
    BANDAGED = "bandaged"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    BELOW_AGE = "below_age"
    DEVICE_UNAVAILABLE = "device_unavailable"


SAYABLE = (ExceptionReason.AMPUTATED, ExceptionReason.BANDAGED, ExceptionReason.DAMAGED)
"""What a person can know of themselves; everything else the terminal finds out."""


class Rejection(StrEnum):
    """Why an attempt was not the last one."""

    SENSOR_MESSY = "sensor_messy"  # the sensor itself found no order in its image, which was not uploaded
    SENSOR_TOO_FEW = "sensor_too_few"  # the same, too few features
    SENSOR_EMPTY = "sensor_empty"  # the sensor had lost its image
    FIRST_ROWS = "first_rows"  # the upload was given up: its first rows could not become a good image
    BELOW_THRESHOLD = "below_threshold"
    COMPONENT_FAILED = "component_failed"  # the score would do, but a component of the report does not
    NOT_LIFTED = "not_lifted"  # the finger before was still there
    SEEN_BEFORE = "seen_before"  # the finger or eye was already taken, in another position
    DEVICE_WARNING = "device_warning"


class DeviceWarning(StrEnum):
    """What makes an image doubtful whatever its score; such an image is kept only when there is no other."""

    PLATE_NOT_CLEAR = "plate_not_clear"  # the sensor saw a finger all the time before it
    LOOKS_MIRRORED = "looks_mirrored"  # so do both hands: a sensor turned over, or hands exchanged
    LOOKS_INVERTED = "looks_inverted"  # so do most fingers: ridges light on dark


@dataclass(frozen=True, slots=True)
class Resolution:
    """How finely a device records. grey_levels: how many of the 256 values it can deliver."""

    pixels_per_inch: int
    grey_levels: int


@dataclass(frozen=True, slots=True)
class PresentationSignals:
    """What was noticed that tells a person of flesh and blood from a picture of one.

    Signals for the attendant and the centre, never the verdict of a standard: nobody has measured them.
    algorithm: id and version of how they were taken. values: by name, in the unit that it ends with.
    doubtful: names of the values that an attendant should look at the person for.
    """

    algorithm: str
    values: Mapping[str, float]
    doubtful: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """One image of one modality with its quality.

    image: read-only uint8; (rows, columns, 3) RGB for a portrait, else (rows, columns) grey.
    attempt: from 1. taken_at: UTC. device: model of the device, without its serial number.
    resolution: of a device that touches what it records; None for a camera.
    cropped: of a portrait the part for the card, (rows, columns, 3) RGB in the image's own pixels.
    exposure: what the camera said of this exposure, under libcamera's names and units.
    """

    modality: Modality
    position: Position
    image: NDArray[np.uint8] = field(repr=False)
    report: QualityReport
    attempt: int
    taken_at: datetime
    device: str
    resolution: Resolution | None = None
    warnings: tuple[DeviceWarning, ...] = ()
    cropped: NDArray[np.uint8] | None = field(default=None, repr=False)
    exposure: Mapping[str, float] = field(default_factory=dict[str, float])
    signals: PresentationSignals | None = None


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one attempt came to; report is None when no image came of it.

    threshold: the score that was asked for, where each position has its own. rejection: None when the
    attempt was accepted, or when a modality does not tell. seen_as: what the finger or eye had been
    taken as.
    """

    number: int
    report: QualityReport | None
    duration_s: float
    threshold: int | None = None
    rejection: Rejection | None = None
    seen_as: Position = None


@dataclass(frozen=True, slots=True, eq=False)
class Artefact:
    """The end of one capture task: the best sample of all attempts, or the reason there is none.

    forced: the best sample is below the threshold and was kept after the last attempt.
    not_given: how often nothing was presented in time. looked_at_by: the attendant who looked when a finger
    or an eye seemed to have been taken before.
    """

    modality: Modality
    position: Position
    sample: Sample | None
    attempts: tuple[Attempt, ...] = ()
    forced: bool = False
    exception: ExceptionReason | None = None
    not_given: int = 0
    looked_at_by: str | None = None
