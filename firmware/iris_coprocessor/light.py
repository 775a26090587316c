"""The light and the camera's trigger: the only module that can switch a light on.

Dark takes nothing from anybody: gates, pulse and rail are pulled down while the chip starts, and `darken`
takes the pins away from the PIO.
"""

from limits import LINES
from machine import Pin
from rp2 import StateMachine
from strobe_program import BEGINNING_US, CYCLES_PER_S, strobe

PULSE_PIN = 16
TRIGGER_PIN = 17
FIRST_LINE_PIN = 18  # and the next two
RAIL_PIN = 21  # the load switch of the LEDs' supply


class Light:
    """Dark until it is lit by `enable` and a word for each frame."""

    def __init__(self) -> None:
        self._rail = Pin(RAIL_PIN, Pin.OUT, value=0)
        self._lines = tuple(Pin(FIRST_LINE_PIN + line, Pin.OUT, value=0) for line in range(LINES))
        self._machine: StateMachine | None = None
        self.darken()

    def enable(self) -> None:
        """Give the pins to the PIO, and power to the LEDs' rail."""
        self._machine = StateMachine(
            0,
            strobe,
            freq=CYCLES_PER_S,
            sideset_base=Pin(PULSE_PIN),
            set_base=Pin(TRIGGER_PIN),
        )
        self._machine.active(1)
        self._rail.value(1)

    def power(self, lines: int) -> None:
        """Rail and gates without pulse: dark; for the self-test, which brings a pulse of its own."""
        for line in range(LINES):
            self._lines[line].value(lines >> line & 1)
        self._rail.value(1)

    def darken(self) -> None:
        """Dark, whatever the PIO does just now."""
        Pin(PULSE_PIN, Pin.OUT, value=0)
        self.close()
        self._rail.value(0)
        if self._machine is not None:
            self._machine.active(0)
            self._machine = None
        Pin(TRIGGER_PIN, Pin.OUT, value=0)

    def is_enabled(self) -> bool:
        """Whether the pins belong to the PIO."""
        return self._machine is not None

    def fire(self, on_us: int, lines: int) -> bool:
        """Expose one frame, lit for so long; False when the last one is still under way."""
        machine = self._machine
        if machine is None or machine.tx_fifo():
            return False
        for line in range(LINES):
            self._lines[line].value(lines >> line & 1)
        machine.put(on_us - BEGINNING_US if on_us else 0)
        return True

    def close(self) -> None:
        """Close every gate until the next frame: nothing may flow then, and a pulse that runs late is cut."""
        for line in self._lines:
            line.value(0)

    def confirms(self) -> bool:
        """Whether a frame has been made since the last call."""
        machine = self._machine
        if machine is None or not machine.rx_fifo():
            return False
        machine.get()
        return True
