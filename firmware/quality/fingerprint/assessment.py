"""The quality of one fingerprint: a score, the gates that the score does not notice, and one advice.

Limits of these measures: one print tells nothing of mirroring, and a finger's identity no better than its
neighbour's; a soaked print that fills the sensor may pass for an inverted one.
"""

from firmware.quality.fingerprint.before import Before
from firmware.quality.fingerprint.causes import ADVICE_FOR, Cause, cause_of
from firmware.quality.fingerprint.cells import GreyImage
from firmware.quality.fingerprint.gates import gates, judge
from firmware.quality.fingerprint.limits import FingerLimits
from firmware.quality.fingerprint.measures import FingerMeasures, measure
from firmware.quality.fingerprint.minutiae.minutiae import Minutiae
from firmware.quality.fingerprint.nfiq2.algorithm import Nfiq2
from firmware.quality.fingerprint.nfiq2.result import Nfiq2Result
from firmware.quality.report import Component, QualityReport, Verdict


def assess_fingerprint(
    image: GreyImage,
    limits: FingerLimits,
    nfiq2: Nfiq2,
    minutiae: Minutiae,
    before: Before | None = None,
) -> QualityReport:
    """Judge `image`, (rows, columns) uint8 at 500 pixels per inch, 0 = ridge, of 8 or 4 bits depth.

    minutiae: of this image; they bring the score closer to that of the original NFIQ 2.
    before: the presentation before on the same sensor, where there was one.
    """
    measures = measure(image)
    scored = nfiq2.assess(image, minutiae)
    components = (*gates(measures, limits), *_repeated(image, limits, before), *_actionable(scored))
    accepted = scored.score >= limits.accept_score and all(
        part.verdict is not Verdict.FAIL for part in components
    )
    cause = Cause.NONE if accepted else _cause(components, measures, limits, before)
    why = Component("cause", float(cause), Verdict.INFORM)
    return QualityReport(scored.algorithm, scored.score, accepted, (*components, why), ADVICE_FOR.get(cause))


def _actionable(scored: Nfiq2Result) -> tuple[Component, ...]:
    """What NFIQ 2 would have a person act on, under NIST's names."""
    seen = scored.actionable
    told = {
        "EmptyImageOrContrastTooLow": seen.mean_grey,
        "UniformImage": seen.spread,
        "FingerprintImageWithMinutiae": seen.minutiae,
        "SufficientFingerprintForeground": seen.foreground_px,
    }
    return tuple(Component(name, value, Verdict.INFORM) for name, value in told.items())


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
