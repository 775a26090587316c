"""What `machine` is on the board, for MicroPython's unix port: found before the built-in one by MICROPYPATH.

The UART is the near end of a pseudo-terminal, whose descriptor the environment names in SIM_UART0; the
cause of the last reset and the unique number are there as well. Not modelled: the speed of the line.
"""

import os
import sys
from time import ticks_diff, ticks_ms

PWRON_RESET = 1  # as on the RP2
WDT_RESET = 3
WATCHDOG_EXIT = 3  # exit code of the process, for whoever restarts it


def reset_cause():
    """Why the chip started."""
    return int(os.getenv("SIM_RESET_CAUSE") or PWRON_RESET)


def unique_id():
    """Eight bytes, different for every board."""
    return bytes.fromhex(os.getenv("SIM_UNIQUE_ID") or "e66138528350b52c")


def reset():
    """Ends the process: whoever started it starts it again."""
    sys.exit(0)


class Pin:
    """A pin that remembers what it was set to."""

    IN, OUT = 0, 1

    def __init__(self, number, mode=IN, *, value=0):
        self._level = value

    def value(self, level=None):
        """The level; given one, takes it."""
        if level is not None:
            self._level = 1 if level else 0
        return self._level


class UART:
    """Reads what is there and never waits, as on the board with timeout 0."""

    def __init__(self, number, *, baudrate, tx, rx):
        self._stream = open(int(os.getenv(f"SIM_UART{number}")), "r+b")

    def read(self, size):
        return self._stream.read(size) or None

    def write(self, data):
        return self._stream.write(data)


class WDT:
    """Ends the process when it was not fed in time; notices it no earlier than the next feeding."""

    def __init__(self, *, timeout):
        self._timeout_ms = timeout
        self._fed_ms = ticks_ms()

    def feed(self):
        now_ms = ticks_ms()
        if ticks_diff(now_ms, self._fed_ms) > self._timeout_ms:
            sys.exit(WATCHDOG_EXIT)
        self._fed_ms = now_ms
