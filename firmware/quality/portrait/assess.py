"""From a frame to the portrait's quality report: the full check of a still."""

from firmware.quality.portrait.details import details
from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.judging import Standing, judged
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.measures import measure
from firmware.quality.portrait.model import Face, FaceModel
from firmware.quality.report import QualityReport


def assess_portrait(
    pixels: Pixels, model: FaceModel, limits: PortraitLimits, own_open_eye: float | None = None
) -> QualityReport:
    """The full check: everything that is measured, with the first advice in the order of the stages.

    pixels: (rows, columns, 3) uint8 RGB of any size. own_open_eye: `eye_opening` of the same person with open
    eyes. What no limit is set for is recorded and decides nothing: the values that questions to the attendant
    come from, the backdrop behind the person, and the components of ISO/IEC 29794-5.
    """
    return assess_read(pixels, model.read(pixels), model, limits, own_open_eye)


def assess_read(
    pixels: Pixels,
    face: Face | None,
    model: FaceModel,
    limits: PortraitLimits,
    own_open_eye: float | None = None,
) -> QualityReport:
    """`assess_portrait` of a picture in which the detector found `face` already."""
    values = measure(pixels, face)
    if face is not None:
        values |= details(pixels, face, model.person(pixels))
    return judged(values, pixels.shape[0], limits, Standing(own_open_eye))


def assess_face(
    pixels: Pixels, face: Face | None, limits: PortraitLimits, own_open_eye: float | None = None
) -> QualityReport:
    """What guides a person, of a frame in which `face` was found."""
    return judged(measure(pixels, face), pixels.shape[0], limits, Standing(own_open_eye))
