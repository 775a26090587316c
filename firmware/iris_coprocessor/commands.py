"""What the terminal asks of the module, and what it is answered. Pure, but for the board it is handed."""

import struct

import protocol as p
from core import Core
from faults import OVERTEMP
from limits import (
    HARDWARE,
    LEDS,
    MOST_DUTY_PM,
    MOST_ON_US,
    PROGRAM_VERSION,
    RADIANT_MW_SR,
    TOO_CLOSE_MM,
)
from session import may_be_on, session_of
from states import COOLDOWN, FAULT, IDLE, OFF
from wrapping import since

TYPE_CHECKING = False
if TYPE_CHECKING:
    from seams import Board

CAPABILITIES = (
    0x1F  # bit 0 PIO pulses, 1 dark frames, 2 alternate lines, 3 self-test, 4 update over this line
)
TEST_PAUSE_MS = 1000  # between self-tests, which give light
_STATUS_LAYOUT = "<BHHHhHII"


class Commands:
    """Answers each packet once; the same packet again gets the same answer and does nothing."""

    def __init__(self, core: Core, board: "Board") -> None:
        self._core = core
        self._board = board
        self._last = b""
        self._newest = b""
        self._answer: tuple[int, bytes] = (p.ACK, b"")
        self._tested_ms = -1
        self._acts = {
            p.ARM: self._arm,
            p.DISARM: self._disarm,
            p.SET_ON_US: self._set_on_us,
            p.UNLOCK: self._unlock,
            p.HEARTBEAT: self._heartbeat,
            p.BEGIN: self._begin,
            p.BLOCK: self._block,
            p.VERIFY: self._verify,
            p.ACTIVATE: self._activate,
        }

    def answer(self, body: bytes) -> tuple[int, int, bytes] | None:
        """Type, sequence number and payload of what answers a whole packet; nothing to what a module says."""
        version, kind, sequence = body[0], body[1], body[2]
        if kind >= p.ACK:  # its own, come back over wires that touch
            return None
        if kind == p.HELLO:
            self._last = b""
            return p.HELLO | p.ANSWER, sequence, self.identity()
        if version != p.VERSION:
            return p.ACK, sequence, bytes((sequence, kind, p.WRONG_VERSION))
        self._hear(body)
        if body != self._last:
            self._last = b""  # what raises is not remembered as done
            self._answer = self._done(kind, sequence, body[p.HEAD :])
            self._last = body
        return self._answer[0], sequence, self._answer[1]

    def _hear(self, body: bytes) -> None:
        """Only a new packet says that the terminal lives: a broken one may send its last for ever."""
        if body != self._newest:
            self._newest = body
            self._core.guard.heard(self._core.time.ms)

    def identity(self) -> bytes:
        """Who this is, and what it can do."""
        return struct.pack(
            "<3sB8sHBHHHH",
            bytes(PROGRAM_VERSION),
            HARDWARE,
            self._board.serial(),
            CAPABILITIES,
            LEDS,
            RADIANT_MW_SR,
            MOST_ON_US,
            MOST_DUTY_PM,
            TOO_CLOSE_MM,
        )

    def _done(self, kind: int, sequence: int, payload: bytes) -> tuple[int, bytes]:
        if kind == p.STATUS and not payload:
            return p.STATUS | p.ANSWER, self._status()
        if kind == p.TIMESYNC and len(payload) == 8:
            return p.TIMESYNC | p.ANSWER, self._times(payload)
        if kind == p.SELFTEST and not payload and self._may_test():
            return p.SELFTEST | p.ANSWER, self._self_test()
        return p.ACK, bytes((sequence, kind, self._code(kind, payload)))

    def _code(self, kind: int, payload: bytes) -> int:
        if kind == p.SELFTEST:
            return p.RANGE if payload else self._why_no_test()
        if kind in (p.STATUS, p.TIMESYNC):
            return p.RANGE
        act = self._acts.get(kind)
        return p.UNSUPPORTED if act is None else act(payload)

    def _status(self) -> bytes:
        core = self._core
        ranging = core.guard.ranging
        return struct.pack(
            _STATUS_LAYOUT,
            core.state,
            core.guard.faults,
            ranging.distance_mm,
            min(ranging.age_ms(core.time.ms), 0xFFFF),
            core.temperature_dc,
            min(core.guard.ledger.used_pm(), 0xFFFF),
            core.strobes & 0xFFFFFFFF,
            core.time.up_ms(),
        )

    def _times(self, payload: bytes) -> bytes:
        stamps = bytearray(24)
        stamps[:8] = payload
        self._core.time.put(stamps, 8)
        self._core.time.see(self._board.ticks_us())
        self._core.time.put(stamps, 16)
        return bytes(stamps)

    def _may_test(self) -> bool:
        return self._why_no_test() == p.SUCCESS

    def _why_no_test(self) -> int:
        core = self._core
        if core.state not in (IDLE, FAULT):
            return p.WRONG_STATE
        if self._tested_ms >= 0 and since(core.time.ms, self._tested_ms) < TEST_PAUSE_MS:
            return p.IN_PROGRESS
        return p.SUCCESS if core.may_test(self._board.service_is_held()) else p.FORBIDDEN

    def _self_test(self) -> bytes:
        self._tested_ms = self._core.time.ms
        faults, told = self._board.self_test()
        self._core.tested(faults)
        return told

    def _arm(self, payload: bytes) -> int:
        core = self._core
        session = session_of(payload, core.time.ms, self._board.ticks_us())
        if session is None:
            return p.RANGE
        refused = self._why_not_armed()
        if refused == p.SUCCESS:
            core.arm(session)
        return refused

    def _why_not_armed(self) -> int:
        core = self._core
        if core.state in (OFF, COOLDOWN):
            return p.IN_PROGRESS
        if core.state == FAULT:
            return p.FORBIDDEN
        if not core.is_idle():
            return p.WRONG_STATE
        forbidden = core.guard.forbids()
        if forbidden & OVERTEMP:
            return p.TOO_HOT
        return p.FORBIDDEN if forbidden else p.SUCCESS

    def _disarm(self, payload: bytes) -> int:
        if payload:
            return p.RANGE
        self._core.stop()
        return p.SUCCESS

    def _set_on_us(self, payload: bytes) -> int:
        if len(payload) != 2:
            return p.RANGE
        session = self._core.session
        if session is None:
            return p.WRONG_STATE
        on_us = payload[0] | payload[1] << 8
        if not may_be_on(on_us, session.fps):
            return p.RANGE
        session.on_us = on_us
        return p.SUCCESS

    def _unlock(self, payload: bytes) -> int:
        if payload:
            return p.RANGE
        if self._core.state != FAULT:
            return p.WRONG_STATE
        if not self._board.service_is_held():
            return p.FORBIDDEN
        self._core.unlock()
        return p.SUCCESS

    def _heartbeat(self, payload: bytes) -> int:
        return p.RANGE if payload else p.SUCCESS

    def _begin(self, payload: bytes) -> int:
        if len(payload) != 4:
            return p.RANGE
        return self._dark_only() or self._board.update_begin(struct.unpack("<I", payload)[0])

    def _block(self, payload: bytes) -> int:
        if len(payload) <= 2:
            return p.RANGE
        return self._dark_only() or self._board.update_block(payload[0] | payload[1] << 8, payload[2:])

    def _verify(self, payload: bytes) -> int:
        if len(payload) != 4:
            return p.RANGE
        return self._dark_only() or self._board.update_verify(struct.unpack("<I", payload)[0])

    def _activate(self, payload: bytes) -> int:
        if payload:
            return p.RANGE
        return self._dark_only() or self._board.update_activate()

    def _dark_only(self) -> int:
        """Writing to the board's memory stops everything else, so it waits for a dark module."""
        return p.SUCCESS if self._core.state in (IDLE, FAULT) else p.WRONG_STATE
