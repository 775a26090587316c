"""Pupil, iris and lids of one eye in near infrared; bold enough to say that it does not know.

Limits: one eye an image, less than about 40 degrees off its axis.
"""

from dataclasses import dataclass, replace
from math import hypot

import cv2
import numpy as np

from firmware.quality.iris.geometry import Ellipse, Floats, GreyImage, Lid, Mask, is_strip, resized
from firmware.quality.iris.lids import find_lids
from firmware.quality.iris.limbus import Gradients, Limbus, find_limbus
from firmware.quality.iris.pupil import Pupil, dark_discs, refine_pupil, with_clouded

COLUMNS = 320  # the work is done at this size: 20 px a sixteenth of the picture, enough for 0.3 px circles
SMALLEST = 48  # pixels a side: less holds no iris worth looking at
GLINT = 11  # px at 320 columns: brighter spots up to this size are taken out
CANDIDATES = 3
# From doubtful to clear, as right and wrong circles were found to part on real and generated eyes:
EVENNESS, PUPIL_SHARE, LIMBUS_SHARE, DARK_SHARE = (0.1, 0.42), (0.3, 0.9), (0.5, 0.92), (0.4, 0.85)
SIZE = (
    20.0,
    38.0,
)  # iris radius at 320 columns: clumps of lashes pass for small eyes, and small eyes are too far away
APART = (0.1, 0.18)  # iris radii: right ones lie up to 0.08 apart, blots and clumps farther
GLARE_SHARE = (0.03, 0.3)
CONVINCING = 0.8
LEAST_CONFIDENCE = 0.08


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Where the parts of an eye are, in pixels of the image.

    confidence: 0 (a guess) to 1.
    A lid is None where it leaves the iris free.
    """

    pupil: Ellipse
    iris: Ellipse
    upper_lid: Lid | None
    lower_lid: Lid | None
    confidence: float

    def between_lids(self, x: Floats, y: Floats) -> Mask:
        """Which of the points no lid covers."""
        inside = np.ones(np.broadcast_shapes(x.shape, y.shape), np.bool_)
        if self.upper_lid is not None:
            inside &= y > self.upper_lid.y(x)
        if self.lower_lid is not None:
            inside &= y < self.lower_lid.y(x)
        return inside


def segment(image: GreyImage) -> Segmentation | None:
    """The parts of the eye, or None: "I do not know".

    image: (rows, columns) uint8 of one eye in near infrared, any size from SMALLEST on.
    """
    if image.ndim != 2 or min(image.shape) < SMALLEST or is_strip(image):
        return None
    factor = COLUMNS / max(image.shape[1], image.shape[0] * 4 / 3)
    small = resized(image, factor)
    found = _most_confident(small)
    return None if found is None else _scaled(_with_lids(small, found), 1 / factor)


def _most_confident(small: GreyImage) -> Segmentation | None:
    calm = _calmed(small)
    gradients = Gradients(small)
    best, to_beat = None, LEAST_CONFIDENCE
    for dark in with_clouded(dark_discs(calm, CANDIDATES)):
        pupil = refine_pupil(small, calm, dark)
        if pupil is None or _pupil_confidence(pupil) <= to_beat:
            continue
        limbus = find_limbus(gradients, small, pupil.shape)
        if limbus is None:
            continue
        found = _judged(pupil, limbus)
        if found.confidence > to_beat:
            best, to_beat = found, found.confidence
        if to_beat >= CONVINCING:
            break
    return best


def _calmed(small: GreyImage) -> GreyImage:
    """Without glints: what is bright and small is darkened."""
    glint = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (GLINT, GLINT))
    return cv2.morphologyEx(small, cv2.MORPH_OPEN, glint).astype(np.uint8, copy=False)


def _pupil_confidence(pupil: Pupil) -> float:
    seen = np.interp(pupil.edge_share, PUPIL_SHARE, (0, 1))
    dark = np.interp(pupil.dark_share, DARK_SHARE, (0, 1))
    plain = np.interp(pupil.glare_share, GLARE_SHARE, (1, 0))
    return float(seen * dark * plain)


def _judged(pupil: Pupil, limbus: Limbus) -> Segmentation:
    apart = hypot(pupil.shape.x - limbus.shape.x, pupil.shape.y - limbus.shape.y) / limbus.shape.r
    confidence = (
        _pupil_confidence(pupil)
        * float(np.interp(apart, APART, (1, 0)))
        * float(np.interp(limbus.evenness, EVENNESS, (0, 1)))
        * float(np.interp(limbus.edge_share, LIMBUS_SHARE, (0, 1)))
        * float(np.interp(limbus.shape.r, SIZE, (0.3, 1)))
    )
    return Segmentation(pupil.shape, limbus.shape, None, None, confidence)


def _with_lids(small: GreyImage, found: Segmentation) -> Segmentation:
    soft = cv2.GaussianBlur(small, (3, 3), 0).astype(np.uint8, copy=False)
    upper, lower = find_lids(soft, found.pupil, found.iris)
    return replace(found, upper_lid=upper, lower_lid=lower)


def _scaled(found: Segmentation, factor: float) -> Segmentation:
    return replace(
        found,
        pupil=found.pupil.scaled(factor),
        iris=found.iris.scaled(factor),
        upper_lid=None if found.upper_lid is None else found.upper_lid.scaled(factor),
        lower_lid=None if found.lower_lid is None else found.lower_lid.scaled(factor),
    )
