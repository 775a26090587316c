"""The self-test's long pulse: 6146 us are asked, and the one-shot behind the pin must end them at about 5000.

How long the photodiode's comparator saw light is counted by the PIO and comes back through the FIFO.
"""

from rp2 import PIO, asm_pio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rp2.asm_pio import *

CYCLES_PER_S = 1000000
COUNTS = 2048  # as many as 11 bits can say
US_PER_COUNT = 3


# fmt: off
@asm_pio(sideset_init=PIO.OUT_LOW, out_shiftdir=PIO.SHIFT_RIGHT, in_shiftdir=PIO.SHIFT_LEFT)
def long_pulse() -> None:
    """Side pin: the light. Jump pin: high while the photodiode sees light. A word starts it."""
    wrap_target()
    pull(block)             .side(0)
    out(x, 11)              .side(0)
    mov(y, invert(null))    .side(0)
    label("lit")
    jmp(pin, "seen")        .side(1)
    jmp("on")               .side(1)
    label("seen")
    jmp(y_dec, "on")        .side(1)
    label("on")
    jmp(x_dec, "lit")       .side(1)
    mov(isr, invert(y))     .side(0)
    push(noblock)           .side(0)
    wrap()
# fmt: on
