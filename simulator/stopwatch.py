"""How much CPU time goes into pictures, so that the rest can be told apart."""

import time
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from simulator.cameras import Scene
from simulator.people.optics import LitScene, Metered, Setting


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


class TimedScene:
    """A simulator.cameras.Scene whose pictures are counted."""

    def __init__(self, scene: Scene, stopwatch: Stopwatch) -> None:
        self._scene = scene
        self._stopwatch = stopwatch

    def picture(self, at_s: float) -> NDArray[np.uint8]:
        """The scene's picture."""
        with self._stopwatch:
            return self._scene.picture(at_s)


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
