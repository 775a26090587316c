"""Signs of a person of flesh and blood before the portrait camera: the head turns, and the eyes blink."""

import math
from dataclasses import dataclass

from firmware.quality.report import QualityReport
from firmware.records.samples import PresentationSignals

ALGORITHM = "tram-presentation/1"
RATIO_OF_CLOSED = 0.6  # of the own open eye; 16 people closed theirs to 0.56 at most
RATIO_OF_OPEN = 0.85


@dataclass(frozen=True, slots=True)
class SignalLimits:
    """When a sign is missed; policy/portrait.toml.

    turn_limit_s: how long a turn of the head is waited for. turn_least_deg: what counts as one.
    flat_most_deg: how much further a face may narrow than it turns. blink_watch_s: watched for so long, a
    person without a blink is doubtful.
    """

    turn_limit_s: float
    turn_least_deg: float
    flat_most_deg: float
    blink_watch_s: float


class PresentationWatch:
    """Follows one person's live frames; keeps numbers, no picture.

    A picture of a face that is turned by 40 degrees changes the measured yaw by 5 at most, while its eyes
    come closer together as they would on a head. A video of a person turns and blinks: it is not noticed.
    """

    def __init__(self, limits: SignalLimits) -> None:
        self._limits = limits
        self._begun_s: float | None = None
        self._watched_s = 0.0
        self._blinks = 0
        self._eye_is_closed = False
        self._straight: tuple[float, float] | None = None
        self._turn_deg = 0.0
        self._narrowed_deg = 0.0

    def note(self, at_s: float, report: QualityReport, own_open_eye: float | None) -> None:
        """Take in what was measured of a frame with a face that was exposed at `at_s`."""
        self._begun_s = at_s if self._begun_s is None else self._begun_s
        self._watched_s = at_s - self._begun_s
        if own_open_eye is not None:
            self._note_eyes(report.value("eye_opening") / own_open_eye)
        if self._straight is not None:
            yaw_deg, width = _yaw_and_width(report)
            self._turn_deg = max(self._turn_deg, abs(yaw_deg - self._straight[0]))
            narrowed = min(1.0, width / self._straight[1])
            self._narrowed_deg = max(self._narrowed_deg, math.degrees(math.acos(narrowed)))

    def turns_from(self, report: QualityReport) -> None:
        """From now on turns are measured, against the head as it is here."""
        self._straight = _yaw_and_width(report)

    @property
    def has_turned(self) -> bool:
        """Whether the head was turned far enough."""
        return self._turn_deg >= self._limits.turn_least_deg

    def signals(self) -> PresentationSignals:
        """What was noticed until now."""
        values = {"watched_s": self._watched_s, "blinks": float(self._blinks)}
        if self._straight is not None:
            values |= {"turn_deg": self._turn_deg, "narrowed_deg": self._narrowed_deg}
        return PresentationSignals(ALGORITHM, values, tuple(self._doubtful()))

    def _doubtful(self) -> list[str]:
        doubtful: list[str] = []
        if self._straight is not None and not self.has_turned:
            doubtful.append("turn_deg")
        if self._narrowed_deg - self._turn_deg > self._limits.flat_most_deg:
            doubtful.append("narrowed_deg")
        if not self._blinks and self._watched_s >= self._limits.blink_watch_s:
            doubtful.append("blinks")
        return doubtful

    def _note_eyes(self, ratio: float) -> None:
        """A blink is a closed eye between open ones; half-closed eyes count as neither."""
        if ratio <= RATIO_OF_CLOSED:
            self._eye_is_closed = True
        elif ratio >= RATIO_OF_OPEN and self._eye_is_closed:
            self._eye_is_closed = False
            self._blinks += 1


def _yaw_and_width(report: QualityReport) -> tuple[float, float]:
    """The yaw, and the distance of the eyes by the length of the face, which no step back changes."""
    return report.value("yaw_deg"), report.value("eye_distance_px") / report.value("head_share")
