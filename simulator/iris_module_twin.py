"""The iris module inside the process, in virtual time: the board's own core in a world instead of hardware.

The pure files of `firmware/iris_coprocessor` decide as on the board. Not modelled here, unlike under the real
MicroPython (`simulator/iris_module.py`): the PIO, updates, the watchdog.
"""

import asyncio
import struct
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from simulator.damage import Chunk
from simulator.iris_module import PROGRAM
from simulator.iris_module_faults import NO_TARGET

if str(PROGRAM) not in sys.path:
    sys.path.append(str(PROGRAM))  # flat modules, as on the board

import faults
import protocol as p
from commands import Commands
from core import Core
from irradiance import FARTHEST_MM
from ranging import VALID
from wrapping import MASK

BAUD = 115_200
STARTS_AFTER_S = 0.3
STEP_S = 0.005
READING_S = 0.055
GLASS_MM = 14
NO_SIGNAL = 4  # status of a reading without a target
WHOLE = {"temperature": 250, "rail": 1, "one_shot": 1, "trigger": 1, "ranger": 1}


@dataclass(slots=True)
class TwinWorld:
    """What surrounds it. distance_mm: of the eye now, None for nobody. settings: of `iris_module_faults`."""

    distance_mm: Callable[[], float | None]
    rng: np.random.Generator
    settings: dict[str, int] = field(default_factory=dict[str, int])

    def of(self, name: str) -> int:
        """A setting; whole and quiet when it was not changed."""
        return self.settings.get(name, WHOLE.get(name, 0))

    def reading_mm(self) -> int:
        """What the distance sensor says now."""
        true_mm = self.settings.get("distance", self.distance_mm())
        if true_mm is None or true_mm > FARTHEST_MM or self.rng.random() * 1000 < self.of("dropouts"):
            return NO_TARGET
        jitter = self.of("jitter")
        glass_mm = GLASS_MM if self.of("spectacles") and self.rng.random() < 0.5 else 0
        return max(0, round(float(true_mm) - glass_mm + self.rng.uniform(-jitter, jitter)))


Exposed = Callable[[float, int, int], None]


class IrisModuleTwin:
    """A simulator.lines.Twin that also speaks unasked, while `run` runs.

    exposed: is told of each frame: loop time in seconds, on-time in us (0 for a dark one), lines.
    """

    baud = BAUD

    def __init__(self, world: TwinWorld, exposed: Exposed) -> None:
        self._world = world
        self._exposed = exposed
        self._packet = p.Packet()
        self._events = 0
        self._start()

    def receive(self, data: bytes) -> Iterable[Chunk]:
        """What it answers."""
        self._core.time.see(self.ticks_us())
        for body in self._decoder.feed(data):
            if (answer := self._commands.answer(body)) is not None:
                yield Chunk(bytes(self._packet.holding(*answer)))

    def power_on(self) -> Chunk:
        """It starts, tests itself, and says who it is."""
        self._start()
        greeting = self._packet.holding(p.HELLO | p.ANSWER, 0, self._commands.identity())
        return Chunk(bytes(greeting), STARTS_AFTER_S)

    def power_off(self) -> None:
        """Dark, and everything forgotten."""
        self._start()

    async def run(self, say: Callable[[bytes], None]) -> None:
        """Live until cancelled; `say` is the line's."""
        read_s = 0.0
        while True:
            now_s = asyncio.get_running_loop().time()
            self._core.time.see(self.ticks_us())
            if now_s - read_s >= READING_S:
                read_s = now_s
                self._range()
            self._step(now_s, say)
            await asyncio.sleep(STEP_S if self._core.is_lit() else READING_S)

    def _start(self) -> None:
        self._decoder = p.Decoder()
        self._core = Core(self.ticks_us())
        self._commands = Commands(self._core, self)
        self._core.tested(self.self_test()[0])

    def _range(self) -> None:
        if not self._world.of("ranger"):
            self._core.guard.tof_failed()
        elif not (self._world.of("frozen") or self._world.of("status")):
            reading_mm = self._world.reading_mm()
            self._core.ranged(reading_mm, NO_SIGNAL if reading_mm == NO_TARGET else VALID, 512, 3)
        self._core.sensed(self._world.of("temperature"), bool(self._world.of("rail")))

    def _step(self, now_s: float, say: Callable[[bytes], None]) -> None:
        core = self._core
        core.step(self.ticks_us())
        if core.expose():
            core.confirmed(bool(self._world.of("trigger")))
            core.dark(1000 if self._world.of("led_stuck") else 0)
            if self._world.of("trigger"):
                self._exposed(now_s, core.on_us, core.lines & ~self._world.of("led_open"))
            say(self._event(p.EVT_STROBE, core.put_strobe(self._packet.body)))
        while core.events:
            kind, payload = core.events.pop(0)
            self._packet.body[p.HEAD : p.HEAD + len(payload)] = payload
            say(self._event(kind, len(payload)))

    def _event(self, kind: int, length: int) -> bytes:
        self._events = self._events + 1 & 0xFF
        return bytes(self._packet.wire(kind, self._events, length))

    def serial(self) -> bytes:
        """Of the board."""
        return bytes(range(8))

    def ticks_us(self) -> int:
        """The board's clock, with its drift."""
        try:
            now_s = asyncio.get_running_loop().time()
        except RuntimeError:  # it lies on the bench, and nothing runs yet
            return 0
        return round(now_s * (1_000_000 + self._world.of("drift"))) & MASK

    def service_is_held(self) -> bool:
        """Whether somebody holds the button."""
        return bool(self._world.of("service"))

    def self_test(self) -> tuple[int, bytes]:
        """What is broken in the world."""
        found = (
            (faults.LED_OPEN, self._world.of("led_open")),
            (faults.LED_SHORT, self._world.of("led_short") | self._world.of("led_stuck")),
            (faults.ONE_SHOT_FAIL, not self._world.of("one_shot")),
            (faults.RAIL_TRIPPED, not self._world.of("rail")),
        )
        lines = b"".join(self._tested(line) for line in range(3))
        one_shot_us = 5000 if self._world.of("one_shot") else 6146
        told = lines + struct.pack("<HB", one_shot_us, self._world.of("ranger"))
        return sum(fault for fault, is_so in found if is_so), told

    def _tested(self, line: int) -> bytes:
        is_open, is_short = (self._world.of(name) >> line & 1 for name in ("led_open", "led_short"))
        current_ma = 0 if is_open else 2500 if is_short else 1000
        return struct.pack("<BHH", not is_open and not is_short, current_ma, 0 if is_open else 15_000)

    def update_begin(self, size: int) -> int:
        """Not modelled: refused."""
        del size
        return p.UNSUPPORTED

    def update_block(self, number: int, data: bytes) -> int:
        """Not modelled: refused."""
        del number, data
        return p.UNSUPPORTED

    def update_verify(self, crc32: int) -> int:
        """Not modelled: refused."""
        del crc32
        return p.UNSUPPORTED

    def update_activate(self) -> int:
        """Not modelled: refused."""
        return p.UNSUPPORTED
