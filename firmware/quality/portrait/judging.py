"""From measured values to the portrait's report."""

from dataclasses import dataclass, fields

from firmware.quality.advice import Advice
from firmware.quality.portrait.limits import Band, PortraitLimits
from firmware.quality.portrait.stages import RULES
from firmware.quality.report import Component, QualityReport, Verdict

ALGORITHM = "tram-portrait/2"
_OF_OWN = "eye_opening_of_own"
_ABSOLUTE_EYES = {"eye_opening", "eye_blink"}
_ROWS_OF_LIMITS = 1280  # limits in pixels are of a frame with so many rows


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the person before the frame is looked at.

    own_open_eye: `eye_opening` of the same person with open eyes.
    passed: the components that were within their limits in the frame before, which may use them whole; None
    where no frame came before and the limits hold whole for all.
    """

    own_open_eye: float | None = None
    passed: frozenset[str] | None = None


def judged(values: dict[str, float], rows: int, limits: PortraitLimits, standing: Standing) -> QualityReport:
    """The report on measured `values` of a frame with so many rows.

    score: 100 x the weakest component's grade, from the image alone; 50 or more when all are within limits.
    Openings of eyes differ more between people than between open and closed (facts: open 0.055 of one, closed
    0.049 of another), so a known own one decides instead of the absolute limits.
    """
    bands = _bands(limits, rows)
    score = int(100 * min(bands[name].grade(value) for name, value in values.items() if name in bands))
    values = _with_own_eye(values, standing.own_open_eye, limits.own_eye_least)
    for name in _ABSOLUTE_EYES if _OF_OWN in values else ():
        del bands[name]
    verdicts = {name: _verdict(name, value, bands, standing.passed) for name, value in values.items()}
    advice = _advice(values, bands, verdicts)
    components = tuple(Component(name, value, verdicts[name]) for name, value in values.items())
    return QualityReport(ALGORITHM, score, advice is None, components, advice)


def _with_own_eye(values: dict[str, float], own: float | None, least: float) -> dict[str, float]:
    if own is None or "eye_opening" not in values:
        return values
    return {**values, _OF_OWN: values["eye_opening"] / max(own, least)}


def _bands(limits: PortraitLimits, rows: int) -> dict[str, Band]:
    named = ((each.name, getattr(limits, each.name)) for each in fields(limits))
    bands = {name: band for name, band in named if isinstance(band, Band)}
    bands["eye_distance_px"] = bands["eye_distance_px"].scaled(rows / _ROWS_OF_LIMITS)
    return bands


def _verdict(name: str, value: float, bands: dict[str, Band], passed: frozenset[str] | None) -> Verdict:
    if name not in bands:
        return Verdict.INFORM
    inside = passed is None or name in passed
    fits = bands[name].allows(value) if inside else bands[name].admits(value)
    return Verdict.PASS if fits else Verdict.FAIL


def _advice(values: dict[str, float], bands: dict[str, Band], verdicts: dict[str, Verdict]) -> Advice | None:
    for rule in RULES:
        if verdicts.get(rule.name) is Verdict.FAIL:
            return rule.below if values[rule.name] < bands[rule.name].best else rule.above
    return None
