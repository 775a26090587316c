"""What one image of an eye is worth, and whether the eye was taken before."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from firmware.capture.policy.same_eye import SameEye
from firmware.matching.iris_code import IrisCode, encode
from firmware.matching.irises_seen import IrisesSeen, are_of_one_eye
from firmware.quality.advice import Advice
from firmware.quality.iris.assessment import assess_eye
from firmware.quality.iris.geometry import GreyImage
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.iris.segmentation import segment
from firmware.quality.iris.unrolled import unroll
from firmware.quality.report import Component, QualityReport, Verdict
from firmware.records.samples import EyeSide


@dataclass(frozen=True, slots=True, eq=False)
class EyeJudgement:
    """One image's quality, and what makes its eye known again: a code, of accepted images alone."""

    report: QualityReport
    code: IrisCode | None = field(default=None, repr=False)


class EyeJudge:
    """Judges images of one visit, and remembers its eyes until it is over; nothing of that is written."""

    def __init__(self, limits: IrisLimits, same: SameEye) -> None:
        self._limits = limits
        self._same = same
        self._seen = IrisesSeen(same.same_eye)
        self._are_two = False

    def judge(self, image: GreyImage) -> EyeJudgement:
        """CPU work for a worker. image: (rows, columns) uint8, near infrared."""
        eye = segment(image)
        report = assess_eye(image, eye, self._limits)
        if eye is None or not report.accepted:
            return EyeJudgement(report)
        return EyeJudgement(report, encode(unroll(image, eye)))

    def agree(self, codes: Sequence[IrisCode]) -> bool:
        """Whether frames of one presentation are of one eye; 0.1 ms a pair."""
        return are_of_one_eye(codes, self._same.same_frame)

    def taken_as(self, side: EyeSide, code: IrisCode | None) -> EyeSide | None:
        """The other side, when this eye was taken for it; None for one that was not, or that is not known."""
        if code is None or self._are_two:
            return None
        other = EyeSide.LEFT if side is EyeSide.RIGHT else EyeSide.RIGHT
        return other if self._seen.recall(code) is other else None

    def remember(self, side: EyeSide, code: IrisCode | None) -> None:
        """Know the eye of that side again."""
        if code is not None:
            self._seen.keep(side, code)

    def mistook(self, side: EyeSide) -> None:
        """What was taken for `side` was the other eye; an attendant looks on from now on, not the code."""
        self._seen.forget(side)
        self._are_two = True

    def forget(self) -> None:
        """The visit is over."""
        self._seen.clear()
        self._are_two = False


def with_agreement(report: QualityReport, *, agrees: bool) -> QualityReport:
    """The report of the best frame, which accepts nothing without others that show the same eye."""
    component = Component("frames_agree", float(agrees), Verdict.PASS if agrees else Verdict.FAIL)
    accepted = report.accepted and agrees
    return replace(report, components=(*report.components, component), accepted=accepted)


def with_place(report: QualityReport, advice: Advice | None) -> QualityReport:
    """The report of a frame whose eye is not where the lens is sharp, which accepts nothing."""
    component = Component("distance_is_right", 0.0, Verdict.FAIL)
    components = (*report.components, component)
    return replace(report, components=components, accepted=False, advice=advice or report.advice)
