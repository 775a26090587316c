"""What a live frame says, in the time between two of them: the face of the frame before is followed."""

from dataclasses import dataclass, field

from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.judging import Standing, judged
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.measures import measure
from firmware.quality.portrait.model import Face, FaceModel
from firmware.quality.report import QualityReport, Verdict


@dataclass(frozen=True, slots=True)
class Known:
    """What the frames before told.

    own_open_eye: `eye_opening` of this person with open eyes. before: the face in the frame before.
    passed: the components that were within their limits there.
    """

    own_open_eye: float | None = None
    before: Face | None = field(default=None, repr=False)
    passed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Glance:
    """What one live frame says, and the face it says it of."""

    report: QualityReport
    face: Face | None = field(repr=False)

    def known(self, own_open_eye: float | None) -> Known:
        """What the next frame is to know."""
        return Known(own_open_eye, self.face, passed_in(self.report))


NOTHING_KNOWN = Known()


def glance(pixels: Pixels, model: FaceModel, limits: PortraitLimits, known: Known = NOTHING_KNOWN) -> Glance:
    """What guides the person now; a picture is decided by `assess_portrait`.

    pixels: (rows, columns, 3) uint8 RGB, of the same size as the frame before.
    """
    face = _face(pixels, model, limits, known.before)
    standing = Standing(known.own_open_eye, known.passed)
    return Glance(judged(measure(pixels, face), pixels.shape[0], limits, standing), face)


def passed_in(report: QualityReport) -> frozenset[str]:
    """The names of the components that were within their limits."""
    return frozenset(part.name for part in report.components if part.verdict is Verdict.PASS)


def _face(pixels: Pixels, model: FaceModel, limits: PortraitLimits, before: Face | None) -> Face | None:
    """The face followed from the frame before, or found anew when it is time to or it was lost."""
    if before is None or before.followed + 1 >= limits.detect_every:
        return model.read(pixels)
    expression_too = (before.followed + 1) % limits.expression_every == 0
    return model.follow(pixels, before, expression_too=expression_too) or model.read(pixels)
