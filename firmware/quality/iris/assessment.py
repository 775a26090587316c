"""Whether an image of an eye is good enough to enrol, and the one thing that would better it."""

from dataclasses import dataclass

from firmware.quality.advice import Advice
from firmware.quality.iris.geometry import GreyImage
from firmware.quality.iris.limits import IrisLimits, Scale
from firmware.quality.iris.measures import Measures, measure
from firmware.quality.iris.segmentation import Segmentation, segment
from firmware.quality.report import Component, QualityReport, Verdict

ALGORITHM = "tram-iris/1"


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
        return QualityReport(ALGORITHM, 0, accepted=False, components=(nothing,), advice=Advice.EYE_SHOW)
    measured = measure(image, eye)
    rules = _rules(measured, limits)
    failing = [failed for rule in rules if (failed := rule.failing()) is not None]
    informing = (
        Component("grey_entropy_bits", measured.grey_entropy_bits, Verdict.INFORM),
        Component("noise_grey", measured.noise_grey, Verdict.INFORM),
    )
    return QualityReport(
        ALGORITHM,
        score=int(min(rule.score() for rule in rules)),
        accepted=not failing,
        components=tuple(rule.component() for rule in rules) + informing,
        advice=next((advice for (advice,) in failing if advice is not None), None),
    )


def _rules(measured: Measures, limits: IrisLimits) -> tuple[_Rule, ...]:
    """In the order in which causes are told: what hides the eye, where it is, then what blurs it."""
    return (
        _rule("confidence", measured.confidence, (limits.confidence, Advice.EYE_SHOW)),
        _rule(
            "iris_diameter_px",
            measured.iris_diameter_px,
            (limits.iris_diameter_px, Advice.EYE_CLOSER),
            (limits.largest_diameter_px, Advice.EYE_BACK),
        ),
        _rule("margin_percent", measured.margin_percent, (limits.margin_percent, Advice.EYE_CENTRE)),
        _rule(
            "saturated_percent", measured.saturated_percent, (limits.saturated_percent, Advice.EYE_GLASSES)
        ),
        _rule("usable_percent", measured.usable_percent, (limits.usable_percent, Advice.EYE_OPEN)),
        _rule(
            "concentricity_percent",
            measured.concentricity_percent,
            (limits.concentricity_percent, Advice.EYE_LOOK),
        ),
        _rule("gaze_deg", measured.gaze_deg, (limits.gaze_deg, Advice.EYE_LOOK)),
        _rule("sharpness", measured.sharpness, (limits.sharpness, Advice.EYE_STILL)),
        _rule("pupil_edge_px", measured.pupil_edge_px, (limits.pupil_edge_px, Advice.EYE_STILL)),
        _rule(
            "mean_grey",
            measured.mean_grey,
            (limits.darkest_grey, Advice.EYE_CLOSER),
            (limits.brightest_grey, Advice.EYE_BACK),
        ),
        _rule(
            "pupil_percent",
            measured.pupil_percent,
            (limits.smallest_pupil_percent, None),
            (limits.largest_pupil_percent, None),
        ),
        _rule(
            "iris_sclera_percent",
            measured.iris_sclera_percent,
            (limits.iris_sclera_percent, Advice.EYE_GLASSES),
        ),
        _rule(
            "iris_pupil_percent", measured.iris_pupil_percent, (limits.iris_pupil_percent, Advice.EYE_GLASSES)
        ),
    )


def _rule(name: str, value: float, *scales: tuple[Scale, Advice | None]) -> _Rule:
    return _Rule(name, value, scales)
