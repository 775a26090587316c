"""One piece of advice at a time, and long enough to be read."""

from typing import Self

from firmware.capture.guide import Guide
from firmware.clock import Clock
from firmware.quality.advice import Advice


class SteadyHint:
    """Keeps an advice on the screen for `hold_s` before another, or none, may follow.

    A context: after it nothing of it is on the screen.
    """

    def __init__(self, guide: Guide, clock: Clock, hold_s: float) -> None:
        self._guide = guide
        self._clock = clock
        self._hold_s = hold_s
        self._shown: Advice | None = None
        self._free_at_s = clock.elapsed_s()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self.clear()

    def clear(self) -> None:
        """Take back what is shown: something else is asked for from now on."""
        if self._shown is not None:
            self._shown, self._free_at_s = None, self._clock.elapsed_s()
            self._guide.advise(None)

    def suggest(self, advice: Advice | None) -> None:
        """Show `advice` if it is new and the one on the screen has had its time."""
        now_s = self._clock.elapsed_s()
        if advice is self._shown or now_s < self._free_at_s:
            return
        self._shown = advice
        self._free_at_s = now_s + self._hold_s if advice else now_s
        self._guide.advise(advice)
