"""Each line of LEDs lit in turn, and the one-shot tried: what is broken is found while nobody looks."""

import struct
from time import sleep_ms

from faults import LED_OPEN, LED_SHORT, ONE_SHOT_FAIL, RAIL_TRIPPED, TOF_FAIL
from light import PULSE_PIN, Light
from limits import (
    LINE_LEAST_MA,
    LINE_MOST_MA,
    LINES,
    ONE_SHOT_LEAST_US,
    ONE_SHOT_MOST_US,
    PHOTODIODE_LEAST,
)
from long_pulse import COUNTS, CYCLES_PER_S, US_PER_COUNT, long_pulse
from machine import Pin
from rp2 import StateMachine
from senses import COMPARATOR_PIN, Senses

ON_US = 3000
UNTIL_DARK_MS = 40  # a pulse and its rest
LONG_MACHINE = 4  # of the other PIO
RAIL_RISES_MS = 5  # [unverified]


def self_test(light: Light, senses: Senses, ranger_works: bool) -> tuple[int, bytes]:
    """Fault bits, and the payload that tells the terminal. Takes about 200 ms; dark before and after."""
    faults = 0 if ranger_works else TOF_FAIL
    told = b""
    try:
        light.enable()
        sleep_ms(RAIL_RISES_MS)
        if not senses.rail_is_up():
            faults |= RAIL_TRIPPED
        for line in range(LINES):
            found, current_ma, seen = _line(light, senses, line)
            faults |= found
            told += struct.pack("<BHH", not found, current_ma, seen)
        light.darken()
        one_shot_us = _one_shot(light)
    finally:
        light.darken()
    if not ONE_SHOT_LEAST_US <= one_shot_us <= ONE_SHOT_MOST_US:
        faults |= ONE_SHOT_FAIL
    return faults, told + struct.pack("<HB", one_shot_us, ranger_works)


def _line(light: Light, senses: Senses, line: int) -> tuple[int, int, int]:
    """Fault bits, current and photodiode of one line in a pulse."""
    light.fire(ON_US, 1 << line)
    current_ma, seen = senses.current_ma(), senses.light()
    sleep_ms(UNTIL_DARK_MS)
    light.confirms()
    if current_ma > LINE_MOST_MA:
        return LED_SHORT, current_ma, seen
    if current_ma < LINE_LEAST_MA or seen < PHOTODIODE_LEAST:
        return LED_OPEN, current_ma, seen
    return 0, current_ma, seen


def _one_shot(light: Light) -> int:
    """How many us the photodiode saw the long pulse, of the lines that are whole; 0 when none."""
    longest_us = 0
    for line in range(LINES):
        light.power(1 << line)
        machine = StateMachine(
            LONG_MACHINE,
            long_pulse,
            freq=CYCLES_PER_S,
            sideset_base=Pin(PULSE_PIN),
            jmp_pin=Pin(COMPARATOR_PIN, Pin.IN, Pin.PULL_DOWN),
        )
        machine.active(1)
        machine.put(COUNTS - 1)
        sleep_ms(UNTIL_DARK_MS)
        seen = machine.get() if machine.rx_fifo() else 0
        machine.active(0)
        light.darken()
        longest_us = max(longest_us, seen * US_PER_COUNT)
    return longest_us
