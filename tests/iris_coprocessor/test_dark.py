"""Dark whatever ends the program: its pins after an exception with a pulse half-way, under MicroPython."""

import json
import os
import subprocess
from pathlib import Path

import pytest

from simulator.iris_module import BOARD, PROGRAM, micropython

pytestmark = pytest.mark.slow
_BEGUN = """
import json, machine
from machine import _levels as levels
from module import Module
module = Module(machine.UART(0, baudrate=1, tx=0, rx=0), "", False, 0)
light = module.board.light
def begin():
    light.enable()
    assert light.fire(3000, 7)
    levels[16] = levels[17] = 1  # the PIO has come so far: pulse and trigger are high
"""
_DARKENED = """
begin()
state = light._machine
light.darken()
"""
_RAISED = """
state = None
def heard():
    global state
    begin()
    state = light._machine
    raise {error}
module.link.heard = heard
try:
    module.run()
except {error}:
    pass
"""
_TELL = """
print(json.dumps([[levels[pin] for pin in (16, 17, 18, 19, 20, 21)], state._is_active, light.is_enabled()]))
"""
DARK = [[0] * 6, False, False]


def pins_after(script: str, folder: Path) -> list[object]:
    """Levels of pulse, trigger, gates and rail; whether the PIO runs; whether the pins are its own."""
    near, far = os.openpty()
    os.set_blocking(near, False)
    done = subprocess.run(
        [*micropython(), "-c", _BEGUN + script + _TELL],
        env=os.environ | {"MICROPYPATH": f"{BOARD}:{PROGRAM}:.frozen", "SIM_UART0": str(near)},
        pass_fds=[near],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    for end in (near, far):
        os.close(end)
    return json.loads(done.stdout)


def test_a_pulse_that_is_cut_half_way_leaves_every_pin_low_and_the_rail_off(tmp_path: Path) -> None:
    assert pins_after(_DARKENED, tmp_path) == DARK


@pytest.mark.parametrize("error", ["MemoryError", "KeyError", "OSError", "KeyboardInterrupt"])
def test_what_raises_within_a_pulse_leaves_it_dark(error: str, tmp_path: Path) -> None:
    assert pins_after(_RAISED.format(error=error), tmp_path) == DARK
