"""Pupil, iris and lids of one eye in near infrared; bold enough to say that it does not know.

Limits: one eye an image, less than about 25 degrees off its axis; a circle stands for the limbus.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np

from firmware.quality.iris.geometry import Circle, GreyImage, Lid, resized
from firmware.quality.iris.lids import find_lids
from firmware.quality.iris.limbus import Gradients, Limbus, find_limbus
from firmware.quality.iris.pupil import Pupil, dark_discs, refine_pupil

COLUMNS = 320  # the work is done at this size: 20 px a sixteenth of the picture, enough for 0.3 px circles
SMALLEST = 48  # pixels a side: less holds no iris worth looking at
GLINT = 11  # px at 320 columns: brighter spots up to this size are taken out
CANDIDATES = 4
EVEN = 0.5  # evenness of a clear limbus; real eyes reach 0.57 to 0.81
CONVINCING = 0.8
LEAST_CONFIDENCE = 0.2


@dataclass(frozen=True, slots=True)
class Segmentation:
    """Where the parts of an eye are, in pixels of the image.

    pupil_roundness: minor to major axis of the pupil's ellipse. confidence: 0 (a guess) to 1.
    A lid is None where it leaves the iris free.
    """

    pupil: Circle
    pupil_roundness: float
    iris: Circle
    upper_lid: Lid | None
    lower_lid: Lid | None
    confidence: float


def segment(image: GreyImage) -> Segmentation | None:
    """The parts of the eye, or None: "I do not know".

    image: (rows, columns) uint8 of one eye in near infrared, any size from SMALLEST on.
    """
    if image.ndim != 2 or min(image.shape) < SMALLEST:
        return None
    factor = COLUMNS / max(image.shape[1], image.shape[0] * 4 / 3)
    small = resized(image, factor)
    found = _most_confident(small)
    return None if found is None else _scaled(_with_lids(small, found), 1 / factor)


def _most_confident(small: GreyImage) -> Segmentation | None:
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (GLINT, GLINT))
    calm = cv2.morphologyEx(small, cv2.MORPH_OPEN, disc).astype(np.uint8, copy=False)
    gradients = Gradients(small)
    best = None
    for dark in dark_discs(calm, CANDIDATES):
        pupil = refine_pupil(calm, dark)
        limbus = None if pupil is None else find_limbus(gradients, small, pupil.circle)
        if pupil is None or limbus is None:
            continue
        found = _judged(pupil, limbus)
        if best is None or found.confidence > best.confidence:
            best = found
        if best.confidence >= CONVINCING:
            break
    return best if best is not None and best.confidence >= LEAST_CONFIDENCE else None


def _judged(pupil: Pupil, limbus: Limbus) -> Segmentation:
    evenness = float(np.clip(limbus.evenness / EVEN, 0, 1))
    confidence = evenness * pupil.edge_share * limbus.edge_share
    return Segmentation(pupil.circle, pupil.roundness, limbus.circle, None, None, confidence)


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
