"""How much CPU time goes into pictures, so that the rest can be told apart."""

import time
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from simulator.people.optics import LitScene, Metered, Setting
from simulator.staged_iris import LitEyes


class Stopwatch:
    """Adds up the CPU time of its `with` blocks."""

    def __init__(self) -> None:
        self.total_s = 0.0
        self._begun_s = 0.0

    def __enter__(self) -> None:
        self._begun_s = time.process_time()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.total_s += time.process_time() - self._begun_s


class TimedEyes:
    """A simulator.staged_iris.LitEyes whose pictures are counted."""

    def __init__(self, eyes: LitEyes, stopwatch: Stopwatch) -> None:
        self._eyes = eyes
        self._stopwatch = stopwatch

    def picture(self, at_s: float, lamps: float = 1.0) -> NDArray[np.uint8]:
        """The scene's picture."""
        with self._stopwatch:
            return self._eyes.picture(at_s, lamps)

    def distance_mm(self, at_s: float) -> float | None:
        """The scene's."""
        return self._eyes.distance_mm(at_s)


class TimedLitScene:
    """A simulator.people.optics.LitScene whose pictures are counted."""

    def __init__(self, scene: LitScene, stopwatch: Stopwatch) -> None:
        self._scene = scene
        self._stopwatch = stopwatch

    def metered(self, at_s: float, exposure_us: float) -> Metered:
        """The scene's light."""
        with self._stopwatch:
            return self._scene.metered(at_s, exposure_us)

    def exposed(self, at_s: float, setting: Setting) -> NDArray[np.uint8]:
        """The scene's frame."""
        with self._stopwatch:
            return self._scene.exposed(at_s, setting)
