"""The module without its hardware: what state it is in, what it may do now, and what it tells. Pure.

Every way of light leads through `Core.expose`, and everything that goes wrong through `Core.step`.
"""

import struct

from faults import (
    LATCHING,
    LED_OPEN,
    LED_SHORT,
    ONE_SHOT_FAIL,
    OVERTEMP,
    RAIL_TRIPPED,
    TOF_FAIL,
    TOO_CLOSE,
    TRIGGER_LOST,
)
from guard import Guard
from irradiance import UNKNOWN_MM, pulse_mj
from limits import COOLDOWN_MS, DARK_MOST_MA, DISTANCE_EVENT_MS, LEAKS, TRIGGERS_LOST
from protocol import EVT_DISTANCE, EVT_FAULT, HEAD
from session import Session
from states import (
    ARM,
    ARMED,
    COOLDOWN,
    FAULT,
    FIRE,
    IDLE,
    LATCH,
    OFF,
    PROVED,
    RESTED,
    STOP,
    STROBING,
    UNLOCK,
    after,
)
from wide_time import WideTime
from wrapping import since

SELF_TEST_US = 9146  # lit by each third of the LEDs in turn: 3000 and at most 6146
SELF_TEST_MJ = pulse_mj(SELF_TEST_US, UNKNOWN_MM)
FOUND_BY_TEST = LED_OPEN | LED_SHORT | ONE_SHOT_FAIL | RAIL_TRIPPED
STROBE_BYTES = 18


class Core:
    """One module. faults: what is wrong from the start."""

    def __init__(self, ticks_us: int, faults: int = 0) -> None:
        self.time = WideTime(ticks_us)
        self.guard = Guard(self.time.ms)
        self.guard.note(faults)
        self.state = OFF
        self.session: Session | None = None
        self.strobes = 0
        self.temperature_dc = 0
        self.events: list[tuple[int, bytes]] = []
        self.on_us = 0  # of the frame that `expose` granted
        self.lines = 0
        self._ticks_us = ticks_us
        self._told = self.guard.faults
        self._told_ms = 0
        self._stopped_ms = 0
        self._unconfirmed = 0
        self._leaks = 0

    def step(self, ticks_us: int) -> None:
        """Time has gone on: end what must end, and put into `events` what there is to tell."""
        self._ticks_us = ticks_us
        self.time.see(ticks_us)
        now_ms = self.time.ms
        self.guard.tick(now_ms, self.is_lit())
        if self.guard.latched() and self.state != FAULT:
            self._leave(LATCH)
        elif self.is_lit() and (self.guard.ends() or self._is_over()):
            self._leave(STOP)
        elif self.state == COOLDOWN and since(now_ms, self._stopped_ms) >= COOLDOWN_MS:
            self.state = after(self.state, RESTED)
        self._tell()

    def is_lit(self) -> bool:
        """Whether a session runs, in which frames may be lit."""
        return self.state in (ARMED, STROBING)

    def expose(self) -> bool:
        """Whether a frame is due now; on_us and lines then say how it is lit, 0 for a dark one."""
        session = self.session
        if session is None or not self.is_lit() or not session.is_due(self._ticks_us):
            return False
        self.lines = session.lines()
        self.on_us = session.on_us if self.lines else 0
        if self.on_us and not self.guard.grants(self.on_us):
            self.on_us = 0
        if not self.on_us:
            self.lines = 0
        self.state = after(self.state, FIRE)
        session.went(self._ticks_us)
        self.strobes += 1
        return True

    def put_strobe(self, body: bytearray) -> int:
        """Write the payload that tells of the frame just exposed; its length. Hardly touches the heap."""
        session, ranging = self.session, self.guard.ranging
        if session is None:
            return 0
        struct.pack_into("<H", body, HEAD, session.index - 1 & 0xFFFF)
        self.time.put(body, HEAD + 2)
        struct.pack_into("<HBH", body, HEAD + 10, self.on_us, self.lines, ranging.distance_mm)
        struct.pack_into("<BH", body, HEAD + 15, ranging.sigma, self.guard.ledger.used_pm())
        return STROBE_BYTES

    def arm(self, session: Session) -> None:
        """Begin a session; the caller has asked `guard.forbids`."""
        self.state = after(self.state, ARM)
        self.guard.forget_endings()
        self.session = session
        self._unconfirmed = 0

    def stop(self) -> None:
        """End the session if there is one."""
        self._leave(STOP)

    def unlock(self) -> None:
        """Service: out of FAULT, into a new self-test."""
        self.guard.unlock()
        self.state = after(self.state, UNLOCK)

    def may_test(self, is_serviced: bool) -> bool:
        """Whether the light may test itself for the asking: it shines on whoever is there."""
        forbidden = TOO_CLOSE | OVERTEMP | (0 if is_serviced else LATCHING)
        return not self.guard.faults & forbidden and self.guard.ledger.has_room(SELF_TEST_MJ)

    def tested(self, faults: int) -> None:
        """The self-test has ended and found these faults; the light that it took is booked."""
        self.guard.ledger.add(SELF_TEST_MJ)
        self.guard.clear(FOUND_BY_TEST | TOF_FAIL)
        self.guard.note(faults)
        if self.state == OFF:
            self.state = after(self.state, LATCH if self.guard.latched() else PROVED)

    def ranged(self, measured_mm: int, status: int, signal: int, sigma: int) -> None:
        """The distance sensor has a reading; `ranging.meant_mm` says what it means."""
        self.guard.clear(TOF_FAIL)
        self.guard.ranging.take(measured_mm, status, signal, sigma, self.time.ms)

    def sensed(self, temperature_dc: int, rail_is_up: bool) -> None:
        """Temperature in tenths of a degree, and whether the LEDs' supply stands."""
        self.temperature_dc = temperature_dc
        self.guard.temperature(temperature_dc)
        if not rail_is_up:
            self.guard.note(RAIL_TRIPPED)

    def confirmed(self, is_so: bool) -> None:
        """Whether the pulse before this one was made."""
        self._unconfirmed = 0 if is_so else self._unconfirmed + 1
        if self._unconfirmed >= TRIGGERS_LOST:
            self.guard.note(TRIGGER_LOST)

    def dark(self, current_ma: int) -> None:
        """What flows through the LEDs between two pulses, with every gate closed."""
        self._leaks = self._leaks + 1 if current_ma > DARK_MOST_MA else 0
        if self._leaks >= LEAKS:
            self.guard.note(LED_SHORT)

    def is_idle(self) -> bool:
        """Whether a session may begin, if nothing forbids it."""
        return self.state == IDLE

    def _is_over(self) -> bool:
        return self.session is None or self.session.is_over(self.time.ms)

    def _leave(self, event: int) -> None:
        if self.is_lit():
            self._stopped_ms = self.time.ms
        self.session = None
        self.state = after(self.state, event)

    def _tell(self) -> None:
        faults, ranging = self.guard.faults, self.guard.ranging
        if faults & ~self._told:
            detail = self.state << 16 | ranging.distance_mm
            self.events.append((EVT_FAULT, struct.pack("<HI", faults, detail)))
        self._told = faults
        if since(self.time.ms, self._told_ms) >= DISTANCE_EVENT_MS and not self.guard.host_is_lost:
            self._told_ms = self.time.ms
            distance = struct.pack("<HBH", ranging.distance_mm, ranging.status, ranging.signal)
            self.events.append((EVT_DISTANCE, distance))
