"""What `rp2` is on the board: PIO programs are recorded as text, state machines do what those programs do.

Which of the two programs a machine runs is known by name; that their text does so is shown elsewhere,
instruction by instruction (`tests/iris_coprocessor/test_pio.py`).
"""

from time import ticks_diff, ticks_us

from machine import lit_lines, shining_lines
from pio_text import asm_pio
from world import world

__all__ = ["PIO", "StateMachine", "asm_pio"]

BEGINNING_US = 53
ONE_SHOT_US = 5000
LONG_US, COUNT_US = 6146, 3


class PIO:
    """Names that a program's head uses."""

    OUT_LOW, SHIFT_LEFT, SHIFT_RIGHT = 2, 0, 1


class StateMachine:
    """One state machine, active or not."""

    def __init__(self, number, program, **pins):
        self._is_strobe = program.name == "strobe"
        self._is_active = False
        self._free_us = ticks_us()
        self._waiting = []  # when each frame's answer comes, and what it is

    def active(self, is_so):
        """Start, or stop at once."""
        if self._is_active and not is_so:
            world.tell("dark")
        self._is_active = bool(is_so)

    def put(self, word):
        """One frame, or the long pulse."""
        now_us = ticks_us()
        begun_us = now_us if ticks_diff(self._free_us, now_us) < 0 else self._free_us
        on_us = LONG_US if not self._is_strobe else (word & 0xFFF) + BEGINNING_US if word else 0
        lit_us = min(on_us, ONE_SHOT_US) if world["one_shot"] else on_us
        self._free_us = begun_us + (10 * on_us + 50 if self._is_strobe else on_us)
        if self._is_active and lit_us and lit_lines():
            world.tell("pulse" if self._is_strobe else "test", lit_us, lit_lines(), world["distance"])
        seen = lit_us // COUNT_US if shining_lines() else 0
        if world["trigger"] or not self._is_strobe:
            self._waiting.append((self._free_us, word if self._is_strobe else seen))

    def tx_fifo(self):
        """Words not yet begun."""
        return 0

    def rx_fifo(self):
        """Answers that have come."""
        return sum(ticks_diff(ticks_us(), when_us) >= 0 for when_us, _ in self._waiting)

    def get(self):
        """The next answer."""
        return self._waiting.pop(0)[1]
