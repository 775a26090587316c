"""What a terminal showed during one visit, in order, with virtual time."""

import asyncio
from dataclasses import dataclass, replace

from firmware.screen.view import View
from firmware.signals.following import signal_of


@dataclass(frozen=True, slots=True)
class Moment:
    """What was shown from `at_s` on: ids of messages, the part asked for, and the signal of the lamp."""

    at_s: float
    phase: str
    instruction: str
    hint: str | None
    target: str | None
    signal: str


class VisitLog:
    """A firmware.visit.dialogue.Watch that remembers."""

    def __init__(self) -> None:
        self._moments: list[Moment] = []
        self._shown: list[str] = []

    def saw(self, view: View) -> None:
        """Remember everything that is new."""
        now_s = asyncio.get_running_loop().time()
        signal = signal_of(view).value
        moment = Moment(now_s, view.phase.value, view.instruction, view.hint, view.target, signal)
        if not self._moments or replace(self._moments[-1], at_s=now_s) != moment:
            self._moments.append(moment)
        for word in (view.instruction, view.hint):
            if word is not None and (not self._shown or self._shown[-1] != word):
                self._shown.append(word)

    @property
    def moments(self) -> tuple[Moment, ...]:
        """Every view that told something new."""
        return tuple(self._moments)

    @property
    def shown(self) -> tuple[str, ...]:
        """Instructions and hints in the order shown."""
        return tuple(self._shown)

    @property
    def target(self) -> str | None:
        """The part that is asked for now."""
        return self._moments[-1].target if self._moments else None

    def phases(self, until_s: float) -> tuple[tuple[str, float], ...]:
        """Each phase with its duration until the next, the last one until `until_s`."""
        entered = [each for index, each in enumerate(self._moments) if self._begins_a_phase(index)]
        ends = [*(each.at_s for each in entered[1:]), until_s]
        return tuple((each.phase, end_s - each.at_s) for each, end_s in zip(entered, ends, strict=True))

    def _begins_a_phase(self, index: int) -> bool:
        return index == 0 or self._moments[index - 1].phase != self._moments[index].phase
