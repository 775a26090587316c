"""Light as pure functions of time, and what each pattern tells the person."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from types import MappingProxyType

from hw.lamps.pattern import Colour, Pattern

DARK = Colour(0.0, 0.0, 0.0)
WHITE = Colour(1.0, 1.0, 1.0)
BLUE = Colour(0.0, 0.0, 1.0)
GREEN = Colour(0.0, 1.0, 0.0)
AMBER = Colour(1.0, 0.5, 0.0)
RED = Colour(1.0, 0.0, 0.0)
PURPLE = Colour(0.6, 0.0, 1.0)

BREATH_STEPS = 32  # eight changes a second in a breath of four seconds look smooth
BREATH_FLOOR = 0.04


@dataclass(frozen=True, slots=True)
class Steady:
    """One light that stays."""

    light: Colour

    def colour(self, elapsed_s: float) -> Colour:
        del elapsed_s
        return self.light

    def next_change_s(self, elapsed_s: float) -> float | None:
        del elapsed_s
        return None


@dataclass(frozen=True, slots=True)
class Step:
    """One light for a while."""

    light: Colour
    lasts_ms: int


@dataclass(frozen=True, slots=True)
class Loop:
    """Steps of light, over and over.

    Time is counted in whole milliseconds, so that the light at the announced change is the next one.
    """

    steps: tuple[Step, ...]

    def colour(self, elapsed_s: float) -> Colour:
        return self._present(_milliseconds(elapsed_s))[0]

    def next_change_s(self, elapsed_s: float) -> float | None:
        elapsed_ms = _milliseconds(elapsed_s)
        return (elapsed_ms + self._present(elapsed_ms)[1]) / 1000

    def _present(self, elapsed_ms: int) -> tuple[Colour, int]:
        """The light at `elapsed_ms`, and for how many milliseconds it lasts from there."""
        ends_ms = tuple(accumulate(step.lasts_ms for step in self.steps))
        into_ms = elapsed_ms % ends_ms[-1]
        index = bisect_right(ends_ms, into_ms)
        return self.steps[index].light, ends_ms[index] - into_ms


@dataclass(frozen=True, slots=True)
class Then:
    """One pattern for a moment, then another."""

    first: Pattern
    lasts_s: float
    after: Pattern

    def colour(self, elapsed_s: float) -> Colour:
        if elapsed_s < self.lasts_s:
            return self.first.colour(elapsed_s)
        return self.after.colour(elapsed_s - self.lasts_s)

    def next_change_s(self, elapsed_s: float) -> float | None:
        if elapsed_s < self.lasts_s:
            change_s = self.first.next_change_s(elapsed_s)
            return self.lasts_s if change_s is None else min(change_s, self.lasts_s)
        change_s = self.after.next_change_s(elapsed_s - self.lasts_s)
        return None if change_s is None else self.lasts_s + change_s


def blink(light: Colour, on_ms: int, off_ms: int) -> Loop:
    """Light and dark in turn."""
    return Loop((Step(light, on_ms), Step(DARK, off_ms)))


def flashes(light: Colour, times: int, flash_ms: int, pause_ms: int) -> Loop:
    """A group of short flashes, then a pause."""
    flash = (Step(light, flash_ms), Step(DARK, flash_ms))
    return Loop((*(flash * (times - 1)), Step(light, flash_ms), Step(DARK, pause_ms)))


def breathe(light: Colour, period_s: float) -> Loop:
    """Slowly up and down, in steps; squared, since the eye sees dim light as brighter than it is."""
    lasts_ms = round(period_s * 1000 / BREATH_STEPS)
    return Loop(tuple(Step(_dimmed(light, _breath(index)), lasts_ms) for index in range(BREATH_STEPS)))


def _breath(index: int) -> float:
    level = 1 - abs(2 * index / BREATH_STEPS - 1)
    return BREATH_FLOOR + (1 - BREATH_FLOOR) * level**2


def _dimmed(light: Colour, level: float) -> Colour:
    return Colour(*(round(part * level, 3) for part in light))


def _milliseconds(elapsed_s: float) -> int:
    return round(elapsed_s * 1000)


class Signal(StrEnum):
    """Everything that the lamp can tell."""

    INVITE = "invite"
    YOUR_TURN = "your_turn"
    WORKING = "working"
    GOOD = "good"
    BETTER = "better"
    HELP = "help"
    FAULT = "fault"
    CLOSED = "closed"


# Each has a rhythm of its own, for people who do not tell the colours apart, and none flashes more than
# three times in a second (WCAG 2.3.1).
PATTERNS: Mapping[Signal, Pattern] = MappingProxyType(
    {
        Signal.INVITE: breathe(WHITE, period_s=4.0),
        Signal.YOUR_TURN: blink(WHITE, on_ms=1800, off_ms=200),
        Signal.WORKING: blink(BLUE, on_ms=500, off_ms=500),
        Signal.GOOD: Steady(GREEN),
        Signal.BETTER: blink(AMBER, on_ms=250, off_ms=250),
        Signal.HELP: flashes(PURPLE, times=3, flash_ms=200, pause_ms=1800),
        Signal.FAULT: flashes(RED, times=2, flash_ms=150, pause_ms=1150),
        Signal.CLOSED: Steady(DARK),
    }
)
