"""One armed session: which frame comes next, when, and with which light. Pure."""

import struct

from limits import (
    ALL_LINES,
    LEAST_ON_US,
    LEFT_LINES,
    MOST_DUTY_PM,
    MOST_FPS,
    MOST_ON_US,
    MOST_SESSION_S,
    RIGHT_LINES,
)
from wrapping import MASK, is_past, since

ARM_LAYOUT = "<IBHBBHB"
ARM_BYTES = 12
BOTH, ALTERNATE, EVERY_FOURTH_DARK = range(3)
MICROSECONDS = 1000000


def may_be_on(on_us: int, fps: int) -> bool:
    """Whether frames may be lit so long; 0, which is dark, always."""
    if on_us == 0:
        return True
    return LEAST_ON_US <= on_us <= MOST_ON_US and on_us * fps <= MOST_DUTY_PM * 1000


class Session:
    """What ARM asked for; `of` says None when that is out of range."""

    def __init__(self, asked: tuple[int, ...], now_ms: int, now_us: int) -> None:
        self.number, self.fps, self.on_us, self._lines, self._pattern, self._frames, most_s = asked
        self.index = 0
        self._most_ms = most_s * 1000
        self._begun_ms = now_ms
        self._due_us = now_us
        self._period_us = MICROSECONDS // self.fps

    def is_over(self, now_ms: int) -> bool:
        """All frames are taken, or its time is up."""
        return self.index >= self._frames or since(now_ms, self._begun_ms) >= self._most_ms

    def is_due(self, now_us: int) -> bool:
        """Whether a frame is to be exposed now."""
        return is_past(now_us, self._due_us)

    def lines(self) -> int:
        """Which lines the next frame is lit by; 0 for a dark one."""
        if self._pattern == EVERY_FOURTH_DARK and self.index & 3 == 3:
            return 0
        if self._pattern == ALTERNATE:
            return self._lines & (RIGHT_LINES if self.index & 1 else LEFT_LINES)
        return self._lines

    def went(self, now_us: int) -> None:
        """One frame was exposed. A late one is not caught up."""
        self.index += 1
        self._due_us = (self._due_us + self._period_us) & MASK
        if is_past(now_us, self._due_us):
            self._due_us = (now_us + self._period_us) & MASK


def session_of(payload: bytes, now_ms: int, now_us: int) -> Session | None:
    """What ARM asks for; None when any of it is out of range."""
    if len(payload) != ARM_BYTES:
        return None
    asked = struct.unpack(ARM_LAYOUT, payload)
    _, fps, on_us, lines, pattern, frames, most_s = asked
    fits = (
        1 <= fps <= MOST_FPS
        and may_be_on(on_us, fps)
        and 1 <= lines <= ALL_LINES
        and pattern <= EVERY_FOURTH_DARK
        and frames >= 1
        and 1 <= most_s <= MOST_SESSION_S
    )
    return Session(asked, now_ms, now_us) if fits else None
