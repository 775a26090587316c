"""The iris module of a stage: its co-processor's twin on a port, and the camera that it triggers."""

import asyncio

import numpy as np
from numpy.typing import NDArray

from hw.boards.iris_module import IrisModuleBoard
from simulator.iris_module_twin import BAUD, IrisModuleTwin, TwinWorld
from simulator.people.eye_scene import EyeScene
from simulator.port import SimulatedPort
from simulator.stopwatch import Stopwatch
from simulator.triggered_camera import TriggeredCamera


class SimulatedIrisModule:
    """Lights a scene of eyes as it is armed; with the board's on-time an eye is as bright as it should be."""

    def __init__(
        self, board: IrisModuleBoard, eyes: EyeScene, images: Stopwatch, rng: np.random.Generator
    ) -> None:
        self._board = board
        self._eyes = eyes
        self._images = images
        self.camera = TriggeredCamera(self._picture)
        self._twin = IrisModuleTwin(TwinWorld(self._distance_mm, rng), self.camera.expose)
        self.port = SimulatedPort(self._twin, BAUD)

    async def live(self) -> None:
        """It runs until cancelled."""
        await self._twin.run(self.port.say)

    def _picture(self, at_s: float, on_us: int) -> NDArray[np.uint8]:
        with self._images:
            return self._eyes.picture(at_s, on_us / self._board.leds.on_us)

    def _distance_mm(self) -> float | None:
        return self._eyes.distance_mm(asyncio.get_running_loop().time())
