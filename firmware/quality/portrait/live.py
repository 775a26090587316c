"""Live frames: judged one after the other, each with what the one before told."""

from dataclasses import dataclass

from firmware.quality.portrait.assess import assess_face
from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import Face, FaceModel
from firmware.quality.report import QualityReport


@dataclass(frozen=True, slots=True)
class Known:
    """What is known before a frame is looked at.

    own_open_eye: `eye_opening` of the same person with open eyes. before: the face in the frame before.
    passed: names of the components that were within limits there.
    """

    own_open_eye: float | None = None
    before: Face | None = None
    passed: frozenset[str] = frozenset()


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class Glance:
    """What one live frame tells."""

    report: QualityReport
    face: Face | None


def glance(pixels: Pixels, model: FaceModel, limits: PortraitLimits, known: Known = NOTHING_KNOWN) -> Glance:
    """Judge a live frame; pixels: (rows, columns, 3) uint8 RGB."""
    face = model.read(pixels)
    return Glance(assess_face(pixels, face, limits, known.own_open_eye), face)
