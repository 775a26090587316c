"""How much memory the module's program takes: `python -m tests.iris_coprocessor.memory`.

Compiled as on the board, run by MicroPython's unix port, whose pointers are twice those of the board: what is
said here is an upper bound. The stand-in of the board is loaded before anything is counted.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from host_tools.flash.program import compiled
from simulator.iris_module import BOARD, micropython

HEAP_BYTES = 192 * 1024
_MEASURE = """
import gc, json, os, machine, rp2, struct
os.chdir(os.getenv("MEASURED_IN"))
gc.collect(); before = gc.mem_alloc()
from module import Module
gc.collect()
module = Module(machine.UART(0, baudrate=1, tx=0, rx=0), "", False, 0)
gc.collect(); started = gc.mem_alloc()
core = module.core
module.prove()
core.guard.heard(core.time.ms)
while core.guard.forbids():
    module.step()
from session import session_of
asked = struct.pack("<IBHBBHB", 1, 60, 1000, 7, 0, 60000, 60)
core.arm(session_of(asked, core.time.ms, 0))
module.step()
strobes, spent = core.strobes, 0
link = module.link
while core.strobes < strobes + 20:
    core.guard.heard(core.time.ms)
    core.time.see(module.board.ticks_us())
    core.step(module.board.ticks_us())
    core.events.clear()
    gc.collect(); at = gc.mem_alloc()
    if core.expose():
        link.packet.wire(0xA0, 1, core.put_strobe(link.packet.body))
        spent += gc.mem_alloc() - at
print(json.dumps([before, started, gc.mem_free() + gc.mem_alloc(), spent // 20]))
"""


@dataclass(frozen=True)
class Memory:
    """Bytes: the program with its buffers, what is then left of the heap, and what each strobe takes."""

    program: int
    left: int
    strobe: int


def measured() -> Memory:
    """Start the program, arm it, and look at the heap."""
    with tempfile.TemporaryDirectory() as folder:
        for file in compiled():
            (Path(folder) / file.name).write_bytes(file.data)
        near, far = os.openpty()
        os.set_blocking(near, False)
        path = f"{BOARD}:{folder}:.frozen"
        told = {"MICROPYPATH": path, "SIM_UART0": str(near), "MEASURED_IN": folder}
        done = subprocess.run(
            [*micropython(), "-X", f"heapsize={HEAP_BYTES}", "-c", _MEASURE],
            env=os.environ | told,
            pass_fds=[near],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        for end in (near, far):
            os.close(end)
    before, started, whole, strobe = json.loads(done.stdout)
    return Memory(started - before, whole - started, strobe)


def main() -> int:
    """Print what was measured."""
    memory = measured()
    sys.stdout.write(
        f"{memory.program} bytes the program and its buffers, {memory.left} of {HEAP_BYTES} left beside them "
        f"and the board's stand-in, {memory.strobe} for each strobe\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
