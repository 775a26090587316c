"""Whether an image of an eye is good enough to enrol, and the one thing that would better it."""

from dataclasses import dataclass

from firmware.quality.advice import Advice
from firmware.quality.iris.geometry import GreyImage
from firmware.quality.iris.glare import is_mirroring, is_washed_out, shows_lashes
from firmware.quality.iris.limits import IrisLimits, Scale
from firmware.quality.iris.measures import Measures, measure
from firmware.quality.iris.segmentation import Segmentation, segment
from firmware.quality.report import Component, QualityReport, Verdict

ALGORITHM = "tram-iris/2"
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
    glare = Advice.EYE_GLASSES if is_mirroring(image) else None
    if eye is None:
        nothing = Component("confidence", 0.0, Verdict.FAIL)
        advice = glare or _against_absence(image)
        return QualityReport(ALGORITHM, 0, accepted=False, components=(nothing,), advice=advice)
    measured = measure(image, eye)
    rules = _rules(measured, limits, glare or _against_doubt(measured, limits))
    failing = [failed for rule in rules if (failed := rule.failing()) is not None]
    informing = tuple(Component(name, getattr(measured, name), Verdict.INFORM) for name in INFORMING)
    return QualityReport(
        ALGORITHM,
        score=int(min(rule.score() for rule in rules)),
        accepted=not failing,
        components=tuple(rule.component() for rule in rules) + informing,
        advice=next((advice for (advice,) in failing if advice is not None), None),
    )


def _against_absence(image: GreyImage) -> Advice:
    """Where no eye is found: too bright to see one, shut, or not there."""
    if is_washed_out(image):
        return Advice.EYE_BACK
    return Advice.EYE_OPEN if shows_lashes(image) else Advice.EYE_SHOW


def _rules(of: Measures, to: IrisLimits, doubt: Advice) -> tuple[_Rule, ...]:
    """In the order in which causes are told: whether and whither it looks, its light and place, its blur.

    A wide pupil comes before the gaze, since under the lid it does not look round.
    """
    blur = _against_blur(of.iris_diameter_px, to)
    white = Advice.EYE_BACK if blur is Advice.EYE_BACK else Advice.EYE_GLASSES
    light = (to.darkest_grey, Advice.EYE_CLOSER), (to.brightest_grey, Advice.EYE_BACK)
    size = (to.iris_diameter_px, Advice.EYE_CLOSER), (to.largest_diameter_px, Advice.EYE_BACK)
    pupil = (to.smallest_pupil_percent, None), (to.largest_pupil_percent, Advice.EYE_LIGHT)
    look, hidden = _against_hiding(of, to, blur)
    usable, apart = to.usable_percent, to.concentricity_percent
    sclera, contrast = to.iris_sclera_percent, to.iris_pupil_percent
    return (
        _Rule("confidence", of.confidence, ((to.confidence, doubt),)),
        _Rule("pupil_percent", of.pupil_percent, pupil),
        _Rule("gaze_deg", of.gaze_deg, ((to.gaze_deg, look),)),
        _Rule("mean_grey", of.mean_grey, light),
        _Rule("iris_diameter_px", of.iris_diameter_px, size),
        _Rule("margin_percent", of.margin_percent, ((to.margin_percent, Advice.EYE_CENTRE),)),
        _Rule("saturated_percent", of.saturated_percent, ((to.saturated_percent, white),)),
        _Rule("noise_grey", of.noise_grey, ((to.noise_grey, Advice.EYE_CLOSER),)),
        _Rule("usable_percent", of.usable_percent, ((usable, hidden),)),
        _Rule("concentricity_percent", of.concentricity_percent, ((apart, Advice.EYE_LOOK),)),
        _Rule("sharpness", of.sharpness, ((to.sharpness, blur),)),
        _Rule("pupil_edge_px", of.pupil_edge_px, ((to.pupil_edge_px, blur),)),
        _Rule("iris_sclera_percent", of.iris_sclera_percent, ((sclera, Advice.EYE_GLASSES),)),
        _Rule("iris_pupil_percent", of.iris_pupil_percent, ((contrast, Advice.EYE_GLASSES),)),
    )


def _against_hiding(of: Measures, to: IrisLimits, blur: Advice) -> tuple[Advice, Advice]:
    """Against a turned and a hidden iris: half a pupil looks turned, a blurred edge foreign."""
    usable = to.usable_percent
    if of.usable_percent < (usable.fatal + 2 * usable.accept) / 3:
        return Advice.EYE_OPEN, Advice.EYE_OPEN
    is_sharp = to.pupil_edge_px.passes(of.pupil_edge_px)
    return Advice.EYE_LOOK, Advice.EYE_OPEN if is_sharp else blur


def _against_doubt(of: Measures, to: IrisLimits) -> Advice:
    """An eye that is only guessed at is too near the lamps, half out of the picture, or half shut.

    A small one is a clump of lashes on a shut lid.
    """
    if of.iris_diameter_px < to.iris_diameter_px.fatal:
        return Advice.EYE_OPEN
    if of.saturated_percent > to.saturated_percent.fatal or not to.brightest_grey.passes(of.mean_grey):
        return Advice.EYE_BACK
    return Advice.EYE_OPEN if to.margin_percent.passes(of.margin_percent) else Advice.EYE_CENTRE


def _against_blur(iris_diameter_px: float, to: IrisLimits) -> Advice:
    """The lens has one focus: an iris smaller or larger than it is there has to move, else hold still."""
    if iris_diameter_px < to.focused_diameters_px[0]:
        return Advice.EYE_CLOSER
    return Advice.EYE_BACK if iris_diameter_px > to.focused_diameters_px[1] else Advice.EYE_STILL
