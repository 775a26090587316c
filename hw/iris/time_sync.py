"""The module's clock as the terminal's: offset and drift, from exchanges of stamps. Pure.

The offset of one exchange is wrong by at most half its round trip; of the exchanges of a while the quickest
counts. Drift is the slope between the quickest of the older and of the newer half.
"""

from dataclasses import dataclass

from hw.iris.messages import Times

KEPT = 32
DRIFT_NEEDS_S = 5.0  # below it, half a round trip of 2 ms would look like 400 millionths
LARGEST_DRIFT = 200e-6  # crystals are within 50 millionths; more is an error of measurement


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange. heard_s: when the answer came, in seconds of the running loop's time."""

    times: Times
    heard_s: float

    @property
    def round_trip_s(self) -> float:
        """On the wire both ways, without the module's own time."""
        taken_us = self.times.answered_us - self.times.heard_us
        return self.heard_s - (self.times.asked_us + taken_us) * 1e-6

    @property
    def module_s(self) -> float:
        """The module's clock in the middle of the exchange."""
        return (self.times.heard_us + self.times.answered_us) * 0.5e-6

    @property
    def offset_s(self) -> float:
        """The terminal's clock less the module's, in the middle of the exchange."""
        return (self.times.asked_us * 1e-6 + self.heard_s) / 2 - self.module_s


@dataclass(frozen=True, slots=True)
class ClockFit:
    """The terminal's time is the module's plus offset_s, plus drift times what has passed since module_s."""

    module_s: float
    offset_s: float
    drift: float
    uncertainty_s: float

    def terminal_s(self, module_us: int) -> float:
        """Seconds of the running loop's time."""
        at_s = module_us * 1e-6
        return at_s + self.offset_s + self.drift * (at_s - self.module_s)


def clock_fit(exchanges: tuple[Exchange, ...]) -> ClockFit:
    """The fit of one or more exchanges in order."""
    half = len(exchanges) // 2
    newer = min(exchanges[half:], key=_round_trip_s)
    older = min(exchanges[:half], key=_round_trip_s, default=newer)
    return ClockFit(newer.module_s, newer.offset_s, _drift(older, newer), newer.round_trip_s / 2)


def _drift(older: Exchange, newer: Exchange) -> float:
    passed_s = newer.module_s - older.module_s
    if passed_s < DRIFT_NEEDS_S:
        return 0.0
    drift = (newer.offset_s - older.offset_s) / passed_s
    return max(-LARGEST_DRIFT, min(LARGEST_DRIFT, drift))


def _round_trip_s(exchange: Exchange) -> float:
    return exchange.round_trip_s
