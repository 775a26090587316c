"""The PIO programs of the board's own source: read as the board reads them, assembled by another's tool."""

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from simulator.iris_module import BOARD, PROGRAM, micropython

LIGHT, TRIGGER, COMPARATOR = 16, 17, 15  # pins, as firmware/iris_coprocessor/light.py and senses.py have them
INTEROP_PYTHON = Path(__file__).parents[2] / ".venvs/interop/bin/python"
_READ = """
import json, long_pulse, strobe_program
print(json.dumps([strobe_program.strobe.lines, long_pulse.long_pulse.lines]))
"""
_ASSEMBLE = """
import json, sys
from adafruit_pioasm import Program
head = [".program p", ".side_set 1"]
programs = [Program("\\n".join(head + lines)) for lines in json.load(sys.stdin)]
ends = [(each.pio_kwargs["wrap_target"], each.pio_kwargs["wrap"]) for each in programs]
print(json.dumps([[list(each.assembled), *end] for each, end in zip(programs, ends)]))
"""


@dataclass(frozen=True)
class Assembled:
    """Words, and between which of them the program goes round."""

    words: list[int]
    wrap_target: int
    wrap: int


def _said(command: list[str], environment: dict[str, str], given: str = "") -> str:
    done = subprocess.run(
        command,
        env=os.environ | environment,
        input=given,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return done.stdout


def programs() -> dict[str, Assembled]:
    """Both programs by name."""
    lines = _said([*micropython(), "-c", _READ], {"MICROPYPATH": f"{BOARD}:{PROGRAM}:.frozen"})
    words = json.loads(_said([str(INTEROP_PYTHON), "-c", _ASSEMBLE], {}, lines))
    strobe, long_pulse = (Assembled(*each) for each in words)
    return {"strobe": strobe, "long_pulse": long_pulse}
