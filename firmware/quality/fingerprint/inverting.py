"""Whether a sensor shows ridges light: what the prints of several fingers say together.

One print that fills a small sensor may look like an inverted one; most of a person's fingers do not.
Limit: five soaked fingers on a sensor of 9.6 x 9.6 mm look inverted.
"""

from statistics import median

_FEWEST_FINGERS = 5
# Medians of five on 13 x 14.6 mm: even FVC fingers 0.98 up, inverted -0.98 down; dripping invented ones 0.77.
_INVERTED_BELOW = -0.3


class Inverting:
    """Evidence of one visit; it keeps one number of each finger and nothing of its print."""

    def __init__(self) -> None:
        self._polarities: dict[int, float] = {}

    def note(self, position: int, polarity: float) -> None:
        """Keep the last print of a finger, accepted or not. polarity: as of `polarity`."""
        self._polarities[position] = polarity

    @property
    def is_sure(self) -> bool:
        """Whether enough fingers show it."""
        found = self._polarities.values()
        return len(found) >= _FEWEST_FINGERS and median(found) < _INVERTED_BELOW
