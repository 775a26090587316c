"""What a lamp player is given to play."""

from typing import NamedTuple, Protocol


class Colour(NamedTuple):
    """Light of one lamp, each part 0.0 (dark) to 1.0 (full)."""

    red: float
    green: float
    blue: float


class Pattern(Protocol):
    """Light as a pure function of the seconds since the pattern began."""

    def colour(self, elapsed_s: float) -> Colour:
        """The light at `elapsed_s`."""
        ...

    def next_change_s(self, elapsed_s: float) -> float | None:
        """When the light differs next, in seconds since the begin; None when it stays."""
        ...
