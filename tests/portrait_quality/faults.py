"""Which faults are caught, and how often a good portrait is taken for one of them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.quality.portrait.assess import assess_portrait
from firmware.quality.portrait.doubts import Doubt, DoubtLimits, doubts_of
from firmware.quality.portrait.limits import Band, PortraitLimits
from firmware.quality.portrait.model import FaceModel
from firmware.quality.portrait.scene import SceneLimits
from firmware.quality.portrait.stages import RULES, Rule
from firmware.quality.report import QualityReport, Verdict
from tests.portraits import KioskFault, in_booth, kiosk_faults, kiosk_frame, read_rgb

TUNED_ON = ("001", "005", "008", "018", "042")
HELD_OUT = ("006", "012", "024", "037", "061")
LIMITS = load_limits(PortraitLimits, "portrait.toml")
DOUBTS = load_limits(DoubtLimits, "portrait.toml", "doubts")
SCENE = load_limits(SceneLimits, "portrait.toml", "scene")

Answer = Advice | Doubt
_LIGHT: frozenset[Answer] = frozenset({Advice.FACE_LIGHT, Doubt.BACKDROP_LIGHT})
_LINE = "{:<16}{:<34}{:>7}{:>8}{:>8}{:>14}"
_FRONTAL: frozenset[Answer] = frozenset({Advice.FACE_STRAIGHT, Advice.FACE_UPRIGHT})


@dataclass(frozen=True, slots=True)
class Fault:
    """A category of the set. right: the answers that are right for it. before: the share, in per cent, that
    rules chosen on all these pictures caught (facts of the project); None where nobody measured.
    """

    category: str
    right: frozenset[Answer]
    before: int | None


def _fault(category: str, before: int | None, *right: Answer) -> Fault:
    return Fault(category, frozenset(right), before)


FAULTS = (
    _fault("no_face", 100, Advice.FACE_SHOW),
    _fault("two_faces", 100, Advice.FACE_ALONE),
    _fault("too_far", 100, Advice.FACE_CLOSER),
    _fault("too_close", 100, Advice.FACE_BACK),
    _fault("off_left", 100, Advice.FACE_CENTRE),
    _fault("too_low", 100, Advice.FACE_CENTRE),
    _fault("roll", 100, *_FRONTAL),
    _fault("yaw", 81, Advice.FACE_STRAIGHT),
    _fault("pitch", 12, Advice.FACE_STRAIGHT),
    _fault("eyes_closed", 100, Advice.FACE_EYES),
    _fault("eyes_half", 6, Advice.FACE_EYES),
    _fault("mouth_open", 100, Advice.FACE_MOUTH),
    _fault("dark", 100, *_LIGHT),
    _fault("dim", 88, *_LIGHT),
    _fault("bright", 69, *_LIGHT),
    _fault("side_light", 100, *_LIGHT),
    _fault("backlight", None, *_LIGHT),
    _fault("blur2", 88, Advice.FACE_STILL),
    _fault("blur4", 100, Advice.FACE_STILL),
    _fault("motion15", 88, Advice.FACE_STILL),
    _fault("noise", 94, Doubt.GRAINY),
    _fault("jpeg15", 12, Doubt.COMPRESSED),
    _fault("cast_blue", 100, Doubt.BACKDROP_COLOUR),
    _fault("mask", 100, Doubt.COVERED),
    _fault("hand", 81, Doubt.COVERED),
    _fault("sunglasses", 81, Doubt.GLASSES),
    _fault("glasses_frame", 81, Doubt.GLASSES),
    _fault("busy_background", 100, Doubt.BACKDROP_BUSY),
)


@dataclass(frozen=True, slots=True)
class Answered:
    """What one picture was answered: every advice that a limit gives cause for, of which a person hears the
    first, and every doubt. accepted: without any advice.
    """

    category: str
    subject: str
    accepted: bool
    answers: frozenset[Answer]


def answered(category: str, subject: str, report: QualityReport) -> Answered:
    """Advice and doubts of a full check together."""
    failed = {part.name for part in report.components if part.verdict is Verdict.FAIL}
    advice = {_advice(rule, report) for rule in RULES if rule.name in failed}
    return Answered(
        category, subject, report.accepted, frozenset(advice | set(doubts_of(report, DOUBTS, SCENE)))
    )


def _advice(rule: Rule, report: QualityReport) -> Advice:
    band: Band = getattr(LIMITS, rule.name)
    return rule.below if report.value(rule.name) < band.best else rule.above


def of_faults(data: Path, model: FaceModel) -> Iterator[Answered]:
    """Every picture of the set, eyes held against the same person's own in the picture without a fault."""

    @cache
    def own_open_eye(subject: str) -> float:
        frame = kiosk_frame(data, "ok", subject)
        return assess_portrait(frame, model, LIMITS).value("eye_opening")

    for frame in kiosk_faults(data):
        yield answered(frame.category, frame.subject, _report(frame, model, own_open_eye))


def _report(frame: KioskFault, model: FaceModel, own_open_eye: Callable[[str], float]) -> QualityReport:
    own = None if frame.category == "no_face" else own_open_eye(frame.subject)
    return assess_portrait(read_rgb(frame.file), model, LIMITS, own)


def of_good(data: Path, model: FaceModel) -> Iterator[Answered]:
    """Neutral studio portraits before the booth's camera."""
    for file in sorted((data / "face" / "london_neutral").glob("*.jpg")):
        report = assess_portrait(in_booth(read_rgb(file)), model, LIMITS)
        yield answered("london_neutral", file.stem[:3], report)


def table(faults: list[Answered], good: list[Answered]) -> Iterator[str]:
    """Caught of the people that limits were chosen on and of five others; false alarms on good portraits."""
    others = [each for each in good if each.subject not in TUNED_ON]
    head = ("fault", "answers that are right", "tuned", "others", "before", "false alarms")
    yield _LINE.format(*head)
    for fault in FAULTS:
        here = [each for each in faults if each.category == fault.category]
        tuned, held = (_caught(fault, here, people) for people in (TUNED_ON, HELD_OUT))
        alarms = sum(bool(each.answers & fault.right) for each in others)
        words = ", ".join(sorted(answer.value for answer in fault.right))
        before = "-" if fault.before is None else f"{fault.before} %"
        yield _LINE.format(fault.category, words, tuned, held, before, f"{alarms}/{len(others)}")
    yield from _without_a_fault(faults, good)


def _caught(fault: Fault, seen: list[Answered], people: tuple[str, ...]) -> str:
    here = [each for each in seen if each.subject in people or fault.category == "no_face"]
    return f"{sum(bool(each.answers & fault.right) for each in here)}/{len(here)}"


def _without_a_fault(faults: list[Answered], good: list[Answered]) -> Iterator[str]:
    for name in ("ok", "ok_warm", "london_neutral"):
        here = [each for each in [*faults, *good] if each.category == name]
        doubted = sum(bool(each.answers - set(Advice)) for each in here)
        accepted = sum(each.accepted for each in here)
        yield f"{name}: {accepted} of {len(here)} accepted, a doubt about {doubted}"
