"""The layers of eye safety that are program: each may only take light away. Pure; times in wrapping ms."""

from dose import Ledger
from faults import (
    CONDITIONS,
    DOSE,
    ENDINGS,
    HOST_LOST,
    LATCHING,
    OVERTEMP,
    TOF_FAIL,
    TOF_STALE,
    TOO_CLOSE,
)
from irradiance import UNKNOWN_MM, pulse_mj
from limits import COOL_DC, HEARTBEAT_MS, HOT_DC, MOST_DUTY_PM, MOST_ON_US, MOST_SESSION_S, NO_SENSOR_DC
from ranging import Ranging
from wrapping import since

WORST_SESSION_MJ = pulse_mj(MOST_ON_US, UNKNOWN_MM) * MOST_SESSION_S * MOST_DUTY_PM * 1000 // MOST_ON_US


class Guard:
    """What forbids light now, as fault bits."""

    def __init__(self, now_ms: int) -> None:
        self.ranging = Ranging(now_ms)
        self.ledger = Ledger(now_ms, WORST_SESSION_MJ)
        self.faults = TOF_STALE
        self._heard_ms = now_ms
        self.host_is_lost = True

    def heard(self, now_ms: int) -> None:
        """A new packet of the terminal has come."""
        self._heard_ms = now_ms
        self.host_is_lost = False

    def note(self, fault: int) -> None:
        """Something is wrong until it is cleared."""
        self.faults |= fault

    def clear(self, fault: int) -> None:
        """It is not wrong any more; what latches stays."""
        self.faults &= ~(fault & ~LATCHING)

    def unlock(self) -> None:
        """Service: what latched is forgotten, to be found again by the self-test if it is still so."""
        self.faults &= ~LATCHING

    def forget_endings(self) -> None:
        """What ended the last session does not forbid the next."""
        self.faults &= ~ENDINGS

    def temperature(self, tenths: int) -> None:
        """Of the LEDs' board; unknown counts as hot."""
        if tenths >= HOT_DC or tenths <= NO_SENSOR_DC:
            self.note(OVERTEMP)
        elif tenths <= COOL_DC:
            self.clear(OVERTEMP)

    def tick(self, now_ms: int, is_lit: bool) -> None:
        """See what time has changed. is_lit: a session runs, which needs the terminal."""
        self.ranging.tick(now_ms)
        self.ledger.advance(now_ms)
        self._set(TOF_STALE, self.ranging.is_stale)
        self._set(TOO_CLOSE, self.ranging.is_too_close)
        self._set(DOSE, not self.ledger.has_room(pulse_mj(MOST_ON_US, self.ranging.distance_mm)))
        if not self.host_is_lost and since(now_ms, self._heard_ms) > HEARTBEAT_MS:
            self.host_is_lost = True
        if is_lit and self.host_is_lost:
            self.note(HOST_LOST)

    def forbids(self) -> int:
        """The conditions that keep a session from beginning."""
        return self.faults & (CONDITIONS | LATCHING)

    def ends(self) -> int:
        """The faults that end a session."""
        return self.faults & (CONDITIONS | LATCHING | ENDINGS)

    def latched(self) -> int:
        """The faults that only power or service ends."""
        return self.faults & LATCHING

    def grants(self, on_us: int) -> bool:
        """Whether one pulse may be made now; if so, it is booked."""
        if not self.ranging.bears_a_pulse():
            return False
        mj = pulse_mj(on_us, self.ranging.distance_mm)
        if not self.ledger.has_room(mj):
            return False
        self.ledger.add(mj)
        return True

    def tof_failed(self) -> None:
        """The distance sensor does not answer."""
        self.note(TOF_FAIL)

    def _set(self, fault: int, is_so: bool) -> None:
        if is_so:
            self.note(fault)
        else:
            self.clear(fault)
