"""What the distance sensor says, and how far that can be trusted."""

from irradiance import FARTHEST_MM, UNKNOWN_MM
from limits import STALE_MS, TOO_CLOSE_MM, TOO_CLOSE_TIMES
from wrapping import since

VALID, CLIPPED = 9, 8  # status of a reading: good; of a target nearer than can be measured


def meant_mm(measured_mm: int, status: int) -> int:
    """The distance that a reading means: UNKNOWN_MM without a target, 0 for one that is too near to measure.

    Very near, what is measured goes below 0 and arrives as a number of 16 bits that looks far.
    """
    if status == CLIPPED:
        return 0
    if status != VALID:
        return UNKNOWN_MM
    return measured_mm if measured_mm <= FARTHEST_MM else 0


class Ranging:
    """The last reading. A reading without a target is one too: the distance is then unknown, not stale."""

    def __init__(self, now_ms: int) -> None:
        self.distance_mm = UNKNOWN_MM
        self.status = 0
        self.signal = 0
        self.sigma = 0
        self.is_stale = True
        self.is_too_close = False
        self._close = 0  # counts up to TOO_CLOSE_TIMES and down again
        self._at_ms = now_ms

    def take(self, measured_mm: int, status: int, signal: int, sigma: int, now_ms: int) -> None:
        """A reading as the sensor gives it."""
        distance_mm = self.distance_mm = meant_mm(measured_mm, status)
        self.status, self.signal, self.sigma = status, signal, sigma
        self._at_ms = now_ms
        self.is_stale = False
        if distance_mm == UNKNOWN_MM:
            return
        if distance_mm < TOO_CLOSE_MM:
            self._close = min(self._close + 1, TOO_CLOSE_TIMES)
        else:
            self._close = max(self._close - 1, 0)
        self.is_too_close = self._close == TOO_CLOSE_TIMES or (self.is_too_close and self._close > 0)

    def tick(self, now_ms: int) -> None:
        """Notice that readings have stopped; once stale, only a reading makes it fresh (ticks wrap)."""
        if not self.is_stale and since(now_ms, self._at_ms) > STALE_MS:
            self.is_stale = True
            self.distance_mm = UNKNOWN_MM

    def age_ms(self, now_ms: int) -> int:
        """Of the last reading, at most 65535."""
        return 0xFFFF if self.is_stale else since(now_ms, self._at_ms)

    def bears_a_pulse(self) -> bool:
        """False for one reading below the limit already: that frame stays dark."""
        return not self.is_stale and self.distance_mm >= TOO_CLOSE_MM
