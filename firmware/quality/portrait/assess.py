"""From a frame to the portrait's quality report."""

from dataclasses import dataclass, fields

from firmware.quality.advice import Advice
from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.limits import Band, PortraitLimits
from firmware.quality.portrait.measures import measure
from firmware.quality.portrait.model import Face, FaceModel
from firmware.quality.report import Component, QualityReport, Verdict

ALGORITHM = "tram-portrait/1"


@dataclass(frozen=True, slots=True)
class _Rule:
    """What to say when the component `name` lies below or above its band."""

    name: str
    below: Advice
    above: Advice


# In the order in which a person can act on them: present, framed, frontal, lit, face, still.
_RULES = (
    _Rule("faces", Advice.FACE_SHOW, Advice.FACE_ALONE),
    _Rule("rival", Advice.FACE_ALONE, Advice.FACE_ALONE),
    _Rule("eye_distance_px", Advice.FACE_CLOSER, Advice.FACE_BACK),
    _Rule("head_share", Advice.FACE_CLOSER, Advice.FACE_BACK),
    _Rule("centre_x", Advice.FACE_CENTRE, Advice.FACE_CENTRE),
    _Rule("eye_line", Advice.FACE_CENTRE, Advice.FACE_CENTRE),
    _Rule("roll_deg", Advice.FACE_UPRIGHT, Advice.FACE_UPRIGHT),
    _Rule("yaw_deg", Advice.FACE_STRAIGHT, Advice.FACE_STRAIGHT),
    _Rule("pitch_deg", Advice.FACE_STRAIGHT, Advice.FACE_STRAIGHT),
    _Rule("scene_white", Advice.FACE_LIGHT, Advice.FACE_LIGHT),
    _Rule("cheek_difference", Advice.FACE_LIGHT, Advice.FACE_LIGHT),
    _Rule("clipped", Advice.FACE_LIGHT, Advice.FACE_LIGHT),
    _Rule("eye_opening_of_own", Advice.FACE_EYES, Advice.FACE_EYES),
    _Rule("eye_opening", Advice.FACE_EYES, Advice.FACE_EYES),
    _Rule("eye_blink", Advice.FACE_EYES, Advice.FACE_EYES),
    _Rule("lips_opening", Advice.FACE_MOUTH, Advice.FACE_MOUTH),
    _Rule("jaw_open", Advice.FACE_MOUTH, Advice.FACE_MOUTH),
    _Rule("smile", Advice.FACE_NEUTRAL, Advice.FACE_NEUTRAL),
    _Rule("blur", Advice.FACE_STILL, Advice.FACE_STILL),
)
_OF_OWN = "eye_opening_of_own"
_ABSOLUTE_EYES = {"eye_opening", "eye_blink"}


def assess_portrait(
    pixels: Pixels, model: FaceModel, limits: PortraitLimits, own_open_eye: float | None = None
) -> QualityReport:
    """How fit a frame is as a portrait; see `assess_face`. pixels: (rows, columns, 3) uint8 RGB."""
    return assess_face(pixels, model.read(pixels), limits, own_open_eye)


def assess_face(
    pixels: Pixels, face: Face | None, limits: PortraitLimits, own_open_eye: float | None = None
) -> QualityReport:
    """How fit the frame is in which `face` was found, with the first advice of the order above.

    score: 100 x the weakest component's grade, from the image alone; 50 or more when all are within limits.
    own_open_eye: `eye_opening` of the same person with open eyes. Openings differ more between people than
    between open and closed (facts: open 0.055 of one, closed 0.049 of another), so a known one decides
    instead of the absolute limits.
    """
    values = measure(pixels, face)
    bands = _bands(limits)
    score = _score(values, bands)
    if face is not None and own_open_eye is not None:
        values[_OF_OWN] = values["eye_opening"] / max(own_open_eye, limits.own_eye_least)
    judged = bands.keys() - (_ABSOLUTE_EYES if _OF_OWN in values else set[str]())
    advice = _advice(values, {name: bands[name] for name in judged})
    components = tuple(
        _component(name, value, bands if name in judged else {}) for name, value in values.items()
    )
    return QualityReport(ALGORITHM, score, advice is None, components, advice)


def _bands(limits: PortraitLimits) -> dict[str, Band]:
    named = ((each.name, getattr(limits, each.name)) for each in fields(limits))
    return {name: band for name, band in named if isinstance(band, Band)}


def _score(values: dict[str, float], bands: dict[str, Band]) -> int:
    return int(100 * min(bands[name].grade(value) for name, value in values.items() if name in bands))


def _advice(values: dict[str, float], bands: dict[str, Band]) -> Advice | None:
    for rule in _RULES:
        value, band = values.get(rule.name), bands.get(rule.name)
        if value is not None and band is not None and not band.allows(value):
            return rule.below if value < band.least else rule.above
    return None


def _component(name: str, value: float, bands: dict[str, Band]) -> Component:
    if name not in bands:
        return Component(name, value, Verdict.INFORM)
    return Component(name, value, Verdict.PASS if bands[name].allows(value) else Verdict.FAIL)
