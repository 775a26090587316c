"""The one form in which every quality measure speaks."""

from dataclasses import dataclass
from enum import StrEnum

from firmware.quality.advice import Advice


class Verdict(StrEnum):
    """What a component says of an image; INFORM is recorded and decides nothing."""

    PASS = "pass"
    FAIL = "fail"
    INFORM = "inform"


@dataclass(frozen=True, slots=True)
class Component:
    """One named measure: its raw value in the unit its name ends with, and its verdict."""

    name: str
    value: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class QualityReport:
    """How good one image is, why, and what would make it better.

    score: 0 (useless) to 100 (perfect).
    algorithm: the id and version of the measure; an approximation never carries the original's id.
    advice: the one thing to say now; None when there is nothing to better.
    """

    algorithm: str
    score: int
    accepted: bool
    components: tuple[Component, ...]
    advice: Advice | None = None

    def value(self, name: str) -> float:
        """The raw value of the component `name`; KeyError when there is none."""
        for component in self.components:
            if component.name == name:
                return component.value
        raise KeyError(name)
