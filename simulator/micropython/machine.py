"""What `machine` is on the board, for MicroPython's unix port: found before the built-in one by MICROPYPATH.

The UART is the near end of a pseudo-terminal, whose descriptor the environment names in SIM_UART0; the
cause of the last reset and the unique number are there as well; the rest is in `world`. Not modelled: the
speed of the line, and whether a converter is read within a pulse (it holds what the last pulse gave).
"""

import os
import sys
from time import sleep_ms, ticks_diff, ticks_ms

from vl53l1x import DistanceSensor
from world import world

PWRON_RESET = 1  # as on the RP2
WDT_RESET = 3
RESET_EXIT = 3  # exit code of the process, for whoever restarts it; on the RP2 reset() is the watchdog's too
FULL, FULL_MV = 65535, 3300
RAIL_SWITCH_PIN, RAIL_PIN, SERVICE_PIN = 21, 22, 14
FIRST_LINE_PIN, LINES = 18, 3
PHOTODIODE_PIN, CURRENT_PIN, HEAT_PIN = 26, 27, 28
LINE_MA, SHORT_MA, LINE_SEEN = 1000, 2500, 15000

_levels = {}


def reset_cause():
    """Why the chip started."""
    return int(os.getenv("SIM_RESET_CAUSE") or PWRON_RESET)


def unique_id():
    """Eight bytes, different for every board."""
    return bytes.fromhex(os.getenv("SIM_UNIQUE_ID") or "e66138528350b52c")


def reset():
    """Ends the process: whoever started it starts it again."""
    world.tell("reset")
    sys.exit(RESET_EXIT)


def lit_lines():
    """The lines whose gates are open while the rail stands, as bits."""
    if not (_levels.get(RAIL_SWITCH_PIN) and world["rail"]):
        return 0
    return sum(_levels.get(FIRST_LINE_PIN + line, 0) << line for line in range(LINES))


def shining_lines():
    """Those of them whose LEDs are whole."""
    return lit_lines() & ~world["led_open"] & ~world["led_short"]


class Pin:
    """A pin that remembers what it was set to, or feels the world."""

    IN, OUT = 0, 1
    PULL_UP, PULL_DOWN = 1, 2

    def __init__(self, number, mode=IN, pull=None, *, value=None):
        self.number = number
        if value is not None:
            self.value(value)

    def value(self, level=None):
        """The level; given one, takes it."""
        if level is not None:
            _levels[self.number] = 1 if level else 0
        if self.number == RAIL_PIN:
            return 1 if _levels.get(RAIL_SWITCH_PIN) and world["rail"] else 0
        if self.number == SERVICE_PIN:
            return 0 if world["service"] else 1
        return _levels.get(self.number, 0)


class ADC:
    """A converter's input."""

    def __init__(self, pin):
        self._number = pin.number

    def read_u16(self):
        """0 to 65535 for 0 to 3.3 V."""
        if self._number == HEAT_PIN:
            return (500 + world["temperature"]) * FULL // FULL_MV
        leaking = world["led_stuck"] if _levels.get(RAIL_SWITCH_PIN) and world["rail"] else 0
        lines = [line for line in range(LINES) if (lit_lines() | leaking) >> line & 1]
        if self._number == PHOTODIODE_PIN:
            return sum(LINE_SEEN for line in lines if shining_lines() >> line & 1)
        return min(sum(self._current_ma(line) for line in lines), FULL_MV) * FULL // FULL_MV

    def _current_ma(self, line):
        if world["led_open"] >> line & 1:
            return 0
        return SHORT_MA if world["led_short"] >> line & 1 else LINE_MA


class I2C:
    """The bus, with the distance sensor alone on it."""

    def __init__(self, number, *, scl, sda, freq):
        self._sensor = DistanceSensor()

    def readfrom_mem(self, address, register, size, *, addrsize):
        """Bytes from a register on."""
        return self._sensor.read(register, size)

    def readfrom_mem_into(self, address, register, into, *, addrsize):
        """The same into a buffer."""
        into[:] = self._sensor.read(register, len(into))

    def writeto_mem(self, address, register, data, *, addrsize):
        """Bytes into registers."""
        self._sensor.write(register, data)


class UART:
    """Reads what is there and never waits, as on the board with timeout 0."""

    def __init__(self, number, *, baudrate, tx, rx):
        self._stream = open(int(os.getenv(f"SIM_UART{number}")), "r+b")

    def read(self, size):
        world.listen()
        while world["hang"]:
            sleep_ms(10)
            world.listen()
        return self._stream.read(size) or None

    def write(self, data):
        return self._stream.write(data)

    def flush(self):
        pass


class WDT:
    """Ends the process when it was not fed in time; notices it no earlier than the next feeding."""

    def __init__(self, *, timeout):
        self._timeout_ms = timeout
        self._fed_ms = ticks_ms()

    def feed(self):
        now_ms = ticks_ms()
        if ticks_diff(now_ms, self._fed_ms) > self._timeout_ms:
            reset()
        self._fed_ms = now_ms
