"""What somebody should look at before a portrait is kept: asked, never refused by the machine."""

from dataclasses import dataclass, fields
from enum import StrEnum

from firmware.quality.portrait.limits import Band
from firmware.quality.portrait.scene import SceneLimits
from firmware.quality.report import QualityReport


class Doubt(StrEnum):
    """GLASSES and COVERED are the attendant's to answer; the others are the machine's own faults."""

    GLASSES = "glasses"
    COVERED = "covered"
    COLOURLESS = "colourless"
    GRAINY = "grainy"
    COMPRESSED = "compressed"
    BACKDROP_BUSY = "backdrop_busy"
    BACKDROP_LIGHT = "backdrop_light"
    BACKDROP_COLOUR = "backdrop_colour"

    @property
    def asks_of_the_person(self) -> bool:
        """Whether the person can do something about it."""
        return self in (Doubt.GLASSES, Doubt.COVERED)


@dataclass(frozen=True, slots=True)
class DoubtLimits:
    """One band for each component of the full check of the same name."""

    bridge_edge: Band
    eye_darkness: Band
    lower_face_colour: Band
    cheek_unlike: Band
    face_colour: Band
    grain: Band
    blocks: Band


_OF_PICTURE = {
    "bridge_edge": Doubt.GLASSES,
    "eye_darkness": Doubt.GLASSES,
    "lower_face_colour": Doubt.COVERED,
    "cheek_unlike": Doubt.COVERED,
    "face_colour": Doubt.COLOURLESS,
    "grain": Doubt.GRAINY,
    "blocks": Doubt.COMPRESSED,
}
_OF_BACKDROP = {
    "luminance": Doubt.BACKDROP_LIGHT,
    "difference": Doubt.BACKDROP_LIGHT,
    "clipped": Doubt.BACKDROP_LIGHT,
    "cast": Doubt.BACKDROP_COLOUR,
    "gradient": Doubt.BACKDROP_BUSY,
    "spread": Doubt.BACKDROP_BUSY,
}


def doubts_of(report: QualityReport, limits: DoubtLimits, scene: SceneLimits) -> tuple[Doubt, ...]:
    """What the full check's report gives reason to ask, each once, what the person can mend first."""
    values = {part.name: part.value for part in report.components}
    found = {_OF_PICTURE[name] for name, band in _bands(limits) if _outside(values.get(name), band)}
    found |= {
        _OF_BACKDROP[name] for name, band in _bands(scene) if _outside(values.get(f"backdrop_{name}"), band)
    }
    return tuple(doubt for doubt in Doubt if doubt in found)


def _bands(limits: DoubtLimits | SceneLimits) -> list[tuple[str, Band]]:
    return [(each.name, getattr(limits, each.name)) for each in fields(limits)]


def _outside(value: float | None, band: Band) -> bool:
    return value is not None and not band.allows(value)
