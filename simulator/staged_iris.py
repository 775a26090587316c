"""The iris module of a stage: its co-processor's twin, and the camera that it triggers."""

import asyncio
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hw.boards.iris_module import IrisModuleBoard
from simulator.iris_module_twin import IrisModuleTwin, TwinWorld
from simulator.triggered_camera import TriggeredCamera

MODULE_SEED = 1  # of its distance sensor: people behave alike with and without a module
WHOLE: Mapping[str, int] = MappingProxyType({})


class LitEyes(Protocol):
    """What stands before an iris camera that has lamps of its own."""

    def picture(self, at_s: float, lamps: float = 1.0) -> NDArray[np.uint8]:
        """The frame exposed at `at_s`: (rows, columns) uint8; lamps: their power, 0.0 = dark."""
        ...

    def distance_mm(self, at_s: float) -> float | None:
        """How far the eye is at that moment; None without one."""
        ...


class SimulatedIrisModule:
    """Lights a scene of eyes as it is armed; with the board's on-time an eye is as bright as it should be.

    settings: of `simulator.iris_module_faults`. The twin is plugged into a line by whoever has one.
    """

    def __init__(
        self,
        board: IrisModuleBoard,
        eyes: LitEyes,
        rng: np.random.Generator,
        settings: Mapping[str, int] = WHOLE,
    ) -> None:
        self._board = board
        self._eyes = eyes
        self.camera = TriggeredCamera(self._picture)
        self.twin = IrisModuleTwin(TwinWorld(self._distance_mm, rng, dict(settings)), self.camera.expose)

    async def live(self, say: Callable[[bytes], None]) -> None:
        """It runs until cancelled; `say` is the line's."""
        await self.twin.run(say)

    def _picture(self, at_s: float, on_us: int) -> NDArray[np.uint8]:
        return self._eyes.picture(at_s, on_us / self._board.leds.on_us)

    def _distance_mm(self) -> float | None:
        return self._eyes.distance_mm(asyncio.get_running_loop().time())
