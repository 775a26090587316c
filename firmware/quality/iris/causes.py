"""What is behind a measure that fails, as the one thing that would better it."""

from dataclasses import dataclass

import numpy as np

from firmware.quality.advice import Advice
from firmware.quality.iris.geometry import Circle, GreyImage
from firmware.quality.iris.glare import is_at_side, is_washed_out, mirrors, shows_lashes
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.iris.measures import Measures


@dataclass(frozen=True, slots=True)
class Remedies:
    """The advice against an eye that is only guessed at, turned, white in parts, hidden in parts, blurred."""

    doubt: Advice
    look: Advice
    white: Advice
    hidden: Advice
    blur: Advice


def against_absence(image: GreyImage) -> Advice:
    """Where no eye is found: behind spectacles, too near, half out of the picture, shut, or not there."""
    if mirrors(image):
        return Advice.EYE_GLASSES
    if is_washed_out(image):
        return Advice.EYE_BACK
    if is_at_side(image):
        return Advice.EYE_CENTRE
    return Advice.EYE_OPEN if shows_lashes(image) else Advice.EYE_SHOW


def remedies(image: GreyImage, iris: Circle, of: Measures, to: IrisLimits) -> Remedies:
    """The advice for an eye that was found and measured."""
    blur = _against_blur(of.iris_diameter_px, to)
    glare = mirrors(image)
    if any(np.hypot(patch.x - iris.x, patch.y - iris.y) < iris.r + patch.r / 2 for patch in glare):
        look = hidden = Advice.EYE_GLASSES
    elif not to.pupil_edge_px.passes(of.pupil_edge_px):  # a blurred pupil looks long, a blurred edge foreign
        look = hidden = blur
    else:
        look, hidden = _against_turning(of, to), Advice.EYE_OPEN
    return Remedies(
        doubt=Advice.EYE_GLASSES if glare else _against_doubt(image, of, to),
        look=look,
        white=Advice.EYE_BACK if blur is Advice.EYE_BACK else Advice.EYE_GLASSES,
        hidden=hidden,
        blur=blur,
    )


def _against_blur(iris_diameter_px: float, to: IrisLimits) -> Advice:
    """The lens has one focus: an iris smaller or larger than it is there has to move, else hold still."""
    if iris_diameter_px < to.focused_diameters_px[0]:
        return Advice.EYE_CLOSER
    return Advice.EYE_BACK if iris_diameter_px > to.focused_diameters_px[1] else Advice.EYE_STILL


def _against_turning(of: Measures, to: IrisLimits) -> Advice:
    """What is left of a pupil under a lid looks turned up or down, never aside."""
    is_free = to.usable_percent.passes(of.usable_percent)
    return Advice.EYE_LOOK if is_free or of.is_sideways else Advice.EYE_OPEN


def _against_doubt(image: GreyImage, of: Measures, to: IrisLimits) -> Advice:
    """An eye that is only guessed at is too near the lamps, shut, turned, or half out of the picture.

    On a shut lid a clump of lashes passes for a pupil: a small one, or a huge one, with no sclera beside it.
    """
    if is_washed_out(image):
        return Advice.EYE_BACK
    is_skin = not to.iris_sclera_percent.passes(of.iris_sclera_percent)
    is_clump = not to.iris_diameter_px.fatal < of.iris_diameter_px < to.largest_diameter_px.fatal
    if is_skin or is_clump:
        return Advice.EYE_OPEN
    if of.is_sideways and not to.gaze_deg.passes(of.gaze_deg):
        return Advice.EYE_LOOK
    return Advice.EYE_OPEN if to.margin_percent.passes(of.margin_percent) else Advice.EYE_CENTRE
