"""The first fingerprint quality: gates and a score from NFIQ 2's block features.

Limits of this measure: it counts no minutiae, cannot tell a mirrored or inverted print, and knows a
finger's identity no better than its neighbour's. Two prints on top of each other pass when both are clear.
"""

import math

from firmware.quality.advice import Advice
from firmware.quality.fingerprint.cells import GreyImage
from firmware.quality.fingerprint.limits import FingerLimits
from firmware.quality.fingerprint.measures import FingerMeasures, measure
from firmware.quality.report import Component, QualityReport, Verdict

ALGORITHM = "tram-finger-blocks/1"

# Fitted to the NFIQ 2.3 scores of 250 small-area and 30 FVC prints; see README.md for the rest.
_AREA_MM2 = 150.0
_AREA_POWER = 0.8
_PURITY_POWER = 0.4
_TRACE_MM2 = 10.0  # less ridge area than a fingertip's first touch


def assess_fingerprint(image: GreyImage, limits: FingerLimits) -> QualityReport:
    """Judge `image`, (rows, columns) uint8 at 500 pixels per inch, 0 = ridge, of 8 or 4 bits depth."""
    measures = measure(image)
    score = score_of(measures)
    components = _components(measures, limits)
    accepted = score >= limits.accept_score and all(part.verdict is not Verdict.FAIL for part in components)
    advice = None if accepted else _advice(measures, limits)
    return QualityReport(ALGORITHM, score, accepted, components, advice)


def score_of(measures: FingerMeasures) -> int:
    """0 to 100: grows with the area of clear ridges and with the purity of their wave."""
    area = (1.0 - math.exp(-measures.clear_mm2 / _AREA_MM2)) ** _AREA_POWER
    return round(100.0 * area * measures.ridge_concentration**_PURITY_POWER)


def _components(measures: FingerMeasures, limits: FingerLimits) -> tuple[Component, ...]:
    """Every measure with its verdict; a gate that cannot be judged without ridges fails by itself."""
    period, share = limits.ridge_period_px, limits.ridge_share
    gates = (
        ("grey_range_levels", measures.grey_range_levels >= limits.grey_range_levels),
        ("foreground_mm2", measures.foreground_mm2 >= wanted_mm2(measures, limits)),
        ("ridge_certainty", measures.ridge_certainty >= limits.ridge_certainty),
        ("ridge_concentration", measures.ridge_concentration >= limits.ridge_concentration),
        ("ridge_period_px", period[0] <= measures.ridge_period_px <= period[1]),
        ("ridge_share", share[0] <= measures.ridge_share <= share[1]),
        ("centre_offset_share", measures.centre_offset_share <= limits.centre_offset_share),
    )
    judged = [Component(name, getattr(measures, name), _verdict(passes)) for name, passes in gates]
    return (*judged, Component("clear_mm2", measures.clear_mm2, Verdict.INFORM))


def wanted_mm2(measures: FingerMeasures, limits: FingerLimits) -> float:
    """The ridge area that this image must show: small sensors cannot show a whole print."""
    return min(limits.foreground_mm2, limits.foreground_share * measures.image_mm2)


def _verdict(passes: bool) -> Verdict:
    return Verdict.PASS if passes else Verdict.FAIL


def _advice(measures: FingerMeasures, limits: FingerLimits) -> Advice:
    """The likeliest cause first: nothing there, a latent print, noise, wet, beside the middle, dry."""
    is_small = measures.foreground_mm2 < wanted_mm2(measures, limits)
    causes = (
        (measures.foreground_mm2 < _TRACE_MM2, Advice.FINGER_PLACE),
        (measures.grey_range_levels < limits.grey_range_levels, Advice.FINGER_WIPE),
        (measures.ridge_concentration < limits.ridge_concentration, Advice.FINGER_AGAIN),
        (measures.ridge_share > limits.ridge_share[1], Advice.FINGER_WIPE),
        (measures.centre_offset_share > limits.centre_offset_share, Advice.FINGER_CENTRE),
        (measures.ridge_share > limits.wet_ridge_share, Advice.FINGER_WIPE),
        (is_small or measures.ridge_share < limits.dry_ridge_share, Advice.FINGER_PRESS),
    )
    return next((advice for applies, advice in causes if applies), Advice.FINGER_AGAIN)
