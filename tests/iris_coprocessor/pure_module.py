"""The module's pure core under CPython: the same files, a board without hardware, time that is told."""

from dataclasses import dataclass, field

import protocol as p
from commands import Commands
from core import Core
from ranging import VALID
from wrapping import MASK

from hw.iris.messages import Arming
from hw.iris.protocol import Kind, Packet

MS = 1000
NO_TARGET = 4  # status of a reading
ARMING = Arming(1, 30, 3000, 60_000, 60)


@dataclass
class PureBoard:
    """A board whose self-test finds `broken` and whose button may be held. tests: made for the asking."""

    now_us: int = 0
    broken: int = 0
    button_is_held: bool = False
    blocks: list[int] = field(default_factory=list[int])
    activations: int = 0
    tests: int = 0

    def serial(self) -> bytes:
        return bytes(8)

    def ticks_us(self) -> int:
        return self.now_us & MASK

    def service_is_held(self) -> bool:
        return self.button_is_held

    def self_test(self) -> tuple[int, bytes]:
        self.tests += 1
        return self.broken, bytes(18)

    def update_begin(self, size: int) -> int:
        return p.SUCCESS

    def update_block(self, number: int, data: bytes) -> int:
        self.blocks.append(number)
        return p.SUCCESS

    def update_verify(self, crc32: int) -> int:
        return p.SUCCESS

    def update_activate(self) -> int:
        self.activations += 1
        return p.SUCCESS


@dataclass(frozen=True, slots=True)
class Pulse:
    """A lit frame: when, for how long, and what distance was reported last, None for none."""

    at_us: int
    on_us: int
    distance_mm: int | None


class PureModule:
    """Steps as `module.py` does: what was heard and felt, then time, then light."""

    def __init__(self, faults: int = 0, begin_us: int = 0) -> None:
        self.board = PureBoard(begin_us)
        self.core = Core(self.board.ticks_us(), faults)
        self.commands = Commands(self.core, self.board)
        self.pulses: list[Pulse] = []
        self.dark_frames = 0
        self.heard_us: int | None = None
        self.distance_mm: int | None = None
        self.ranged_us: int | None = None
        self._decoder = p.Decoder()
        self._sequence = 0
        self._newest = b""

    def prove(self) -> None:
        """The self-test of the start."""
        self.core.tested(self.board.broken)
        self.core.step(self.board.ticks_us())

    def range(self, distance_mm: int | None, status: int = VALID) -> None:
        """A reading of the distance sensor; None: it sees nothing."""
        self.distance_mm = distance_mm
        self.ranged_us = self.board.now_us
        self.core.time.see(self.board.ticks_us())
        self.core.ranged(distance_mm or 0, NO_TARGET if distance_mm is None else status, 100, 3)

    def ask(self, kind: int, payload: bytes = b"", version: int = p.VERSION) -> bytes:
        """A whole packet of the terminal; the payload of what answers it."""
        self._sequence = self._sequence % 255 + 1
        return self.hear(Packet(kind, self._sequence, payload, version).encode())

    def code(self, kind: Kind, payload: bytes = b"") -> int:
        """What a command is acknowledged with."""
        return self.ask(kind, payload)[2]

    def hear(self, wire: bytes) -> bytes:
        """Bytes arrive; the payload of the last answer."""
        self.core.time.see(self.board.ticks_us())
        answer = b""
        for body in self._decoder.feed(wire):
            if body[0] == p.VERSION and p.HELLO < body[1] < p.ACK and body != self._newest:
                self._newest = body
                self.heard_us = self.board.now_us
            answered = self.commands.answer(body)
            answer = answer if answered is None else answered[2]
        return answer

    def step(self) -> None:
        """One round of the loop at this moment."""
        self.core.step(self.board.ticks_us())
        if self.core.expose():
            if self.core.on_us:
                self.pulses.append(Pulse(self.board.now_us, self.core.on_us, self.distance_mm))
            else:
                self.dark_frames += 1
        if self.core.state == 0:
            self.prove()

    def wait(self, ms: int, step_us: int = MS) -> None:
        """Time goes on in rounds of the loop."""
        end_us = self.board.now_us + ms * MS
        while self.board.now_us < end_us:
            self.board.now_us += step_us
            self.step()

    def strobing(self) -> None:
        """Bring a fresh module to where it lights."""
        self.prove()
        self.range(300)
        self.step()
        self.ask(Kind.ARM, ARMING.encode())
        self.step()
