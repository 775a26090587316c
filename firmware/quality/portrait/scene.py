"""The scene without a person: what is wrong with it is the machine's fault, not a citizen's."""

from dataclasses import dataclass, fields

from firmware.quality.portrait.backdrop import backdrop_of
from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.limits import Band
from firmware.quality.report import Component, QualityReport, Verdict

ALGORITHM = "tram-scene/1"


@dataclass(frozen=True, slots=True)
class SceneLimits:
    """One band for each value of the scene that carries its name (`backdrop_of` says what they are)."""

    luminance: Band
    difference: Band
    cast: Band
    gradient: Band
    spread: Band
    clipped: Band


def assess_empty_scene(pixels: Pixels, limits: SceneLimits) -> QualityReport:
    """Whether lamp, camera and backdrop are fit for portraits; no advice, for nobody stands there.

    pixels: (rows, columns, 3) uint8 RGB of the scene without a person, which the caller makes sure of.
    """
    bands: dict[str, Band] = {each.name: getattr(limits, each.name) for each in fields(limits)}
    values = backdrop_of(pixels)
    score = int(100 * min(bands[name].grade(value) for name, value in values.items()))
    components = tuple(_component(name, value, bands[name]) for name, value in values.items())
    accepted = all(part.verdict is Verdict.PASS for part in components)
    return QualityReport(ALGORITHM, score, accepted, components)


def _component(name: str, value: float, band: Band) -> Component:
    return Component(f"scene_{name}", value, Verdict.PASS if band.allows(value) else Verdict.FAIL)
