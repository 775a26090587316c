"""Devices that do something, and it is wrong: a sensor that talks nonsense, pictures that lie."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.codes import Instruction
from simulator.cameras import Scene
from simulator.damage import Chunk
from simulator.lines import Twin

USUAL_BAUD = 57_600
NONSENSE_BYTES = 12  # as long as an acknowledgement
# A yes with 16 bytes of parameters, among them packets of a size without a meaning (code 9).
FOREIGN = Chunk(bytes.fromhex("EF01 FFFFFFFF 07 0013 00 0000 0000 0050 0003 FFFFFFFF 0009 000C 047E"))


class Garbled:
    """A simulator.lines.Twin whose answers are so many bytes without sense; 0 = it does not answer."""

    def __init__(self, rng: np.random.Generator, answer_bytes: int = NONSENSE_BYTES) -> None:
        self._rng = rng
        self._answer_bytes = answer_bytes

    @property
    def baud(self) -> int:
        """The usual speed."""
        return USUAL_BAUD

    def receive(self, data: bytes) -> Iterable[Chunk]:
        """Nonsense, whatever it was asked."""
        del data
        yield Chunk(self._rng.bytes(self._answer_bytes))

    def power_on(self) -> Chunk:
        """It is ready at once."""
        return Chunk(b"")

    def power_off(self) -> None:
        """Nothing is lost."""


class Foreign:
    """A simulator.lines.Twin that calls parameters its own which no sensor of the family has."""

    def __init__(self, twin: Twin) -> None:
        self._twin = twin

    @property
    def baud(self) -> int:
        """The twin's speed."""
        return self._twin.baud

    def receive(self, data: bytes) -> Iterable[Chunk]:
        """The twin's answers, but for its parameters."""
        return (
            FOREIGN if chunk.instruction == Instruction.READ_PARAMETERS else chunk
            for chunk in self._twin.receive(data)
        )

    def power_on(self) -> Chunk:
        """As the twin."""
        return self._twin.power_on()

    def power_off(self) -> None:
        """As the twin."""
        self._twin.power_off()


class Still:
    """A simulator.cameras.Scene that shows its first picture for ever."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._first: NDArray[np.uint8] | None = None

    def picture(self, at_s: float) -> NDArray[np.uint8]:
        """The first picture."""
        if self._first is None:
            self._first = self._scene.picture(at_s)
        return self._first


class Unlit:
    """A scene, of a person or of eyes, without light: what a camera sees then is its own noise."""

    def __init__(self, shape: tuple[int, ...], rng: np.random.Generator) -> None:
        self._shape = shape
        self._rng = rng

    def distance_mm(self, at_s: float) -> float | None:
        """Nobody is there."""
        del at_s

    def picture(self, at_s: float, lamps: float = 1.0) -> NDArray[np.uint8]:
        """Black, but for a level of noise here and there."""
        del at_s, lamps
        return self._rng.integers(0, 2, self._shape, np.uint8)
