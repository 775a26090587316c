"""The pulse, made by the PIO and by nothing else; one cycle is a microsecond.

A word gives the on-time less 53 us in its 12 lower bits; the rest of it is never looked at. So no word makes
a pulse longer than 4148 us, and after each pulse the program itself stays dark for nine times as long,
whatever the processor does: stopped, hung or collecting garbage, it can delay a pulse, not prolong it.
A word of 0 exposes a dark frame. The light begins 51 us before the exposure: it rises in 44 (Orb, measured).
What was asked comes back through the other FIFO when the frame is over.
"""

from rp2 import PIO, asm_pio

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rp2.asm_pio import *

CYCLES_PER_S = 1000000
BEGINNING_US = 53  # lit besides the count
LONGEST_US = 4095 + BEGINNING_US


# fmt: off
@asm_pio(
    sideset_init=PIO.OUT_LOW, set_init=PIO.OUT_LOW, out_shiftdir=PIO.SHIFT_RIGHT, in_shiftdir=PIO.SHIFT_LEFT,
)
def strobe() -> None:
    """Side pin: the light. Set pin: the camera's trigger, high while it exposes."""
    wrap_target()
    pull(block)             .side(0)
    out(x, 12)              .side(0)
    mov(isr, x)             .side(0)
    jmp(not_x, "dark")      .side(0)
    set(y, 24)              .side(1)
    label("rising")
    jmp(y_dec, "rising")    .side(1)    [1]
    set(pins, 1)            .side(1)
    label("lit")
    jmp(x_dec, "lit")       .side(1)
    set(pins, 0)            .side(0)
    mov(y, isr)             .side(0)
    label("rest")
    jmp(y_dec, "rest")      .side(0)    [8]
    set(y, 31)              .side(0)
    label("more")
    jmp(y_dec, "more")      .side(0)    [15]
    jmp("done")             .side(0)
    label("dark")
    set(pins, 1)            .side(0)    [15]
    set(pins, 0)            .side(0)
    label("done")
    push(noblock)           .side(0)
    wrap()
# fmt: on
