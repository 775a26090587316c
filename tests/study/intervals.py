"""How far a figure could have come out otherwise, had other fingers been in the set."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
DRAWS = 2000
SURE = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its interval of 95 %."""

    value: float
    low: float
    high: float

    def percent(self) -> str:
        """As a percentage."""
        return f"{100 * self.value:.1f} % ({100 * self.low:.1f} to {100 * self.high:.1f})"

    def points(self) -> str:
        """A difference of shares, in percentage points."""
        return f"{100 * self.value:+.1f} ({100 * self.low:+.1f} to {100 * self.high:+.1f})"

    def plain(self) -> str:
        """As it is, to two places."""
        return f"{self.value:.2f} ({self.low:.2f} to {self.high:.2f})"


def over_fingers(figure: Callable[[NDArray[np.intp]], float], fingers: int, seed: int = 4) -> Figure:
    """`figure` of the indices of fingers, with its bootstrap interval: fingers drawn with replacement."""
    rng = np.random.default_rng(seed)
    draws = [figure(rng.integers(0, fingers, fingers)) for _ in range(DRAWS)]
    low, high = (float(each) for each in np.nanpercentile(draws, SURE))
    return Figure(figure(np.arange(fingers)), low, high)
