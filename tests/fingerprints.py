"""Fingerprints judged in tests as the terminal judges them."""

from functools import cache

from firmware.models import fingerprint_forest
from firmware.quality.fingerprint.assessment import assess_fingerprint
from firmware.quality.fingerprint.cells import GreyImage
from firmware.quality.fingerprint.limits import FingerLimits
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.fingerprint.nfiq2.algorithm import Nfiq2
from firmware.quality.fingerprint.nfiq2.forest import Forest
from firmware.quality.report import QualityReport


@cache
def nfiq2() -> Nfiq2:
    """The quality algorithm with NIST's forest, read once."""
    return Nfiq2(Forest.load(fingerprint_forest()))


def judged(image: GreyImage, limits: FingerLimits) -> QualityReport:
    """The report of `image`, (rows, columns) uint8 at 500 pixels per inch, 0 = ridge."""
    return assess_fingerprint(image, limits, nfiq2(), find_minutiae(image))
