"""Ohm's law for LED strings, and what every supply must give."""

import math
from dataclasses import dataclass

from hw.wiring.parts import Parts, Rail, SeriesResistor

E24 = (10, 11, 12, 13, 15, 16, 18, 20, 22, 24, 27, 30, 33, 36, 39, 43, 47, 51, 56, 62, 68, 75, 82, 91, 100)
SAFETY = 2.0  # a resistor is rated for so many times its power


@dataclass(frozen=True, slots=True)
class Chosen:
    """A resistor that can be bought. current_ma: with it. watts: in the mean; pulse_watts: while lit."""

    ohms: float
    current_ma: float
    watts: float
    pulse_watts: float


def chosen(wanted: SeriesResistor) -> Chosen:
    """The next larger E24 value, so that the current is never more than wanted."""
    across = wanted.rail_volts - wanted.in_series * wanted.forward_volts - wanted.lost_volts
    ohms = _next_e24(across / wanted.current_ma * 1e3)
    current = across / ohms
    pulse = across * current
    return Chosen(ohms, current * 1e3, pulse * wanted.duty, pulse)


def _next_e24(ohms: float) -> float:
    decade = 10.0 ** math.floor(math.log10(ohms))
    step = next(step for step in E24 if step / 10 >= ohms / decade * (1 - 1e-9))
    return round(step / 10 * decade, 3)


@dataclass(frozen=True, slots=True)
class Load:
    """What is taken from a rail, at most, and from whom: names with milliamperes."""

    rail: Rail
    takers: tuple[tuple[str, float], ...]

    @property
    def total_ma(self) -> float:
        """All together, at the same moment."""
        return sum(taken_ma for _, taken_ma in self.takers)


def load_of(rail: Rail, parts: Parts) -> Load:
    """Everything that hangs on a rail, further rails that it feeds among it."""
    own = [
        (part.name if part.quantity == 1 else f"{part.quantity} x {part.name}", part.quantity * part.peak_ma)
        for part in parts.part
        if part.rail == rail.name
    ]
    fed = [
        (
            f"the {child.name} rail",
            load_of(child, parts).total_ma * child.volts / rail.volts / child.efficiency,
        )
        for child in parts.rail
        if child.fed_by == rail.name
    ]
    return Load(rail, (*own, *fed))
