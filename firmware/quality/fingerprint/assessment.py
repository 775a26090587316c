"""The quality of one fingerprint: a score, the gates that the score does not notice, and one advice.

Limits of these measures: one print tells nothing of mirroring, and a finger's identity no better than its
neighbour's; a soaked print that fills the sensor may pass for an inverted one.
"""

import math

from firmware.quality.fingerprint.before import Before
from firmware.quality.fingerprint.causes import ADVICE_FOR, Cause, cause_of
from firmware.quality.fingerprint.cells import GreyImage
from firmware.quality.fingerprint.gates import gates, judge
from firmware.quality.fingerprint.limits import FingerLimits
from firmware.quality.fingerprint.measures import FingerMeasures, measure
from firmware.quality.fingerprint.nfiq2.algorithm import Nfiq2
from firmware.quality.report import Component, QualityReport, Verdict

ALGORITHM = "tram-finger-blocks/1"

# Fitted to the NFIQ 2.3 scores of 250 small-area and 30 FVC prints; see README.md for the rest.
_AREA_MM2 = 150.0
_AREA_POWER = 0.8
_PURITY_POWER = 0.4


def assess_fingerprint(
    image: GreyImage, limits: FingerLimits, nfiq2: Nfiq2 | None = None, before: Before | None = None
) -> QualityReport:
    """Judge `image`, (rows, columns) uint8 at 500 pixels per inch, 0 = ridge, of 8 or 4 bits depth.

    nfiq2: scores the image; without it the score is that of the blocks alone, under its own id.
    before: the presentation before on the same sensor, where there was one.
    """
    measures = measure(image)
    algorithm, score, told = _scored(image, measures, nfiq2)
    components = (*gates(measures, limits), *_repeated(image, limits, before), *told)
    accepted = score >= limits.accept_score and all(part.verdict is not Verdict.FAIL for part in components)
    cause = Cause.NONE if accepted else _cause(components, measures, limits, before)
    why = Component("cause", float(cause), Verdict.INFORM)
    return QualityReport(algorithm, score, accepted, (*components, why), ADVICE_FOR.get(cause))


def _scored(
    image: GreyImage, measures: FingerMeasures, nfiq2: Nfiq2 | None
) -> tuple[str, int, tuple[Component, ...]]:
    """Algorithm id, score, and what NFIQ 2 would have a person act on, under NIST's names."""
    if nfiq2 is None:
        return ALGORITHM, score_of(measures), ()
    result = nfiq2.assess(image)
    seen = result.actionable
    told = {
        "EmptyImageOrContrastTooLow": seen.mean_grey,
        "UniformImage": seen.spread,
        "FingerprintImageWithMinutiae": seen.minutiae,
        "SufficientFingerprintForeground": seen.foreground_px,
    }
    return (
        result.algorithm,
        result.score,
        tuple(Component(name, value, Verdict.INFORM) for name, value in told.items()),
    )


def score_of(measures: FingerMeasures) -> int:
    """0 to 100: grows with the area of clear ridges and with the purity of their wave."""
    area = (1.0 - math.exp(-measures.clear_mm2 / _AREA_MM2)) ** _AREA_POWER
    return round(100.0 * area * measures.ridge_concentration**_PURITY_POWER)


def _repeated(image: GreyImage, limits: FingerLimits, before: Before | None) -> tuple[Component, ...]:
    if before is None:
        return ()
    likeness = before.likeness(image)
    return (judge("likeness_before", likeness, is_met=likeness <= limits.repeated),)


def _cause(
    components: tuple[Component, ...], measures: FingerMeasures, limits: FingerLimits, before: Before | None
) -> Cause:
    is_repeated = any(part.name == "likeness_before" and part.verdict is Verdict.FAIL for part in components)
    if before is None or not is_repeated:
        return cause_of(measures, limits)
    return Cause.LEFT_BEHIND if before.has_left else Cause.NOT_LIFTED
