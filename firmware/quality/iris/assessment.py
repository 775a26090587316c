"""Whether an image of an eye is good enough to enrol, and the one thing that would better it."""

from dataclasses import dataclass

from firmware.quality.advice import Advice
from firmware.quality.iris.causes import Remedies, against_absence, remedies
from firmware.quality.iris.geometry import GreyImage
from firmware.quality.iris.limits import IrisLimits, Scale
from firmware.quality.iris.measures import Measures, measure
from firmware.quality.iris.segmentation import Segmentation, segment
from firmware.quality.report import Component, QualityReport, Verdict

ALGORITHM = "tram-iris/3"
INFORMING = ("circularity_percent", "grey_entropy_bits", "iso_sharpness")  # of the standard; no limit of use


@dataclass(frozen=True, slots=True)
class _Rule:
    """One measure against its scales. advice: by which of them fails first."""

    name: str
    value: float
    scales: tuple[tuple[Scale, Advice | None], ...]

    def failing(self) -> tuple[Advice | None] | None:
        """The advice of the first scale that fails, in a tuple of one; None when all pass."""
        return next(((advice,) for scale, advice in self.scales if not scale.passes(self.value)), None)

    def component(self) -> Component:
        return Component(self.name, self.value, Verdict.PASS if self.failing() is None else Verdict.FAIL)

    def score(self) -> float:
        return min(scale.score(self.value) for scale, _ in self.scales)


def assess_iris(image: GreyImage, limits: IrisLimits) -> QualityReport:
    """How good one image of one eye is. image: (rows, columns) uint8, near infrared."""
    return assess_eye(image, segment(image), limits)


def assess_eye(image: GreyImage, eye: Segmentation | None, limits: IrisLimits) -> QualityReport:
    """How good an image is whose segmentation is known.

    Every measure has to pass by itself (a product would let one excuse another); the score is the weakest's.
    """
    if eye is None:
        nothing = Component("confidence", 0.0, Verdict.FAIL)
        advice = against_absence(image)
        return QualityReport(ALGORITHM, 0, accepted=False, components=(nothing,), advice=advice)
    measured = measure(image, eye)
    rules = _rules(measured, limits, remedies(image, eye.iris.circle, measured, limits))
    failing = [failed for rule in rules if (failed := rule.failing()) is not None]
    informing = tuple(Component(name, getattr(measured, name), Verdict.INFORM) for name in INFORMING)
    return QualityReport(
        ALGORITHM,
        score=int(min(rule.score() for rule in rules)),
        accepted=not failing,
        components=tuple(rule.component() for rule in rules) + informing,
        advice=next((advice for (advice,) in failing if advice is not None), None),
    )


def _rules(of: Measures, to: IrisLimits, cure: Remedies) -> tuple[_Rule, ...]:
    """In the order in which causes are told: whether and whither it looks, its light and place, its blur.

    A wide pupil comes before the gaze, since under the lid it does not look round.
    """
    light = (to.darkest_grey, Advice.EYE_CLOSER), (to.brightest_grey, Advice.EYE_BACK)
    size = (to.iris_diameter_px, Advice.EYE_CLOSER), (to.largest_diameter_px, Advice.EYE_BACK)
    pupil = (to.smallest_pupil_percent, None), (to.largest_pupil_percent, Advice.EYE_LIGHT)
    usable, apart = to.usable_percent, to.concentricity_percent
    sclera, contrast = to.iris_sclera_percent, to.iris_pupil_percent
    return (
        _Rule("confidence", of.confidence, ((to.confidence, cure.doubt),)),
        _Rule("pupil_percent", of.pupil_percent, pupil),
        _Rule("gaze_deg", of.gaze_deg, ((to.gaze_deg, cure.look),)),
        _Rule("mean_grey", of.mean_grey, light),
        _Rule("iris_diameter_px", of.iris_diameter_px, size),
        _Rule("margin_percent", of.margin_percent, ((to.margin_percent, Advice.EYE_CENTRE),)),
        _Rule("saturated_percent", of.saturated_percent, ((to.saturated_percent, cure.white),)),
        _Rule("noise_grey", of.noise_grey, ((to.noise_grey, Advice.EYE_CLOSER),)),
        _Rule("usable_percent", of.usable_percent, ((usable, cure.hidden),)),
        _Rule("concentricity_percent", of.concentricity_percent, ((apart, Advice.EYE_LOOK),)),
        _Rule("sharpness", of.sharpness, ((to.sharpness, cure.blur),)),
        _Rule("pupil_edge_px", of.pupil_edge_px, ((to.pupil_edge_px, cure.blur),)),
        _Rule("iris_sclera_percent", of.iris_sclera_percent, ((sclera, Advice.EYE_GLASSES),)),
        _Rule("iris_pupil_percent", of.iris_pupil_percent, ((contrast, Advice.EYE_GLASSES),)),
    )
