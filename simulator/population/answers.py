"""How soon the screen answered a touch."""

import math
from bisect import bisect_right

from simulator.played import Played
from simulator.visit_log import Moment

LIFT = "finger_lift"
RETRY = "finger_retry"
SOON_S = 1.0  # after an image was judged; what is shown later is about another presentation


class Answers:
    """What was shown about one part. key: "finger_1" to "finger_10"."""

    def __init__(self, key: str, played: Played) -> None:
        self._key = key
        self._moments = played.moments
        self._ended_s = played.begun_s + played.virtual_s
        self._read_s = [each.at_s for each in played.judged if each.target == key]
        self._others_read_s = [each.at_s for each in played.judged if each.target != key]

    def is_asked_for(self, at_s: float) -> bool:
        """Whether the screen asks for the part at that moment."""
        return self._moments[self._after(at_s) - 1].target == self._key

    def asked_s(self) -> float:
        """For how long the screen asked for the part."""
        ends = [*(moment.at_s for moment in self._moments[1:]), self._ended_s]
        spans = zip(self._moments, ends, strict=True)
        return sum(end_s - moment.at_s for moment, end_s in spans if moment.target == self._key)

    def told_s(self, touch_s: float) -> float | None:
        """Until the next step was shown, less what the image of another finger took of the line.

        None where something else came between: then the screen was about that other finger.
        """
        for moment in self._moments[self._after(touch_s) :]:
            if moment.instruction == RETRY and moment.target != self._key:
                return None
            if moment.target != self._key or moment.instruction == LIFT or moment.hint is not None:
                return moment.at_s - self._free_s(touch_s, moment)
        return None

    def advised_s(self, touch_s: float, until_s: float) -> float | None:
        """Until advice about this touch was shown, before `until_s`, when the part was touched again."""
        read_s = next((at_s for at_s in self._read_s if at_s > touch_s), math.inf)
        end_s = min(until_s, read_s + SOON_S)
        later = self._moments[self._after(touch_s) : self._after(end_s)]
        advised = (each.at_s for each in later if each.target == self._key and each.hint is not None)
        return next((at_s - touch_s for at_s in advised), None)

    def _after(self, at_s: float) -> int:
        """The first moment after that time."""
        return bisect_right([moment.at_s for moment in self._moments], at_s)

    def _free_s(self, touch_s: float, answer: Moment) -> float:
        """When the sensor was free for this finger."""
        between = [at_s for at_s in self._others_read_s if touch_s < at_s < answer.at_s]
        return max([touch_s, *between])
