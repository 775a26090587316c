"""The exposure that is made while the image before it is judged: the next finger may lie there already."""

import asyncio
from typing import Protocol

_FRESH_S = 0.7  # an exposure takes 0.6 s, judging less; what was seen before says nothing of the plate now


class Exposing(Protocol):
    """What asks for an exposure."""

    async def finger_is_imaged(self) -> bool:
        """Ask for one exposure; False when no finger lies on the plate."""
        ...


class NextExposure:
    """At most one at a time; before the sensor is used again its answer is asked for, or it is stopped."""

    def __init__(self) -> None:
        self._task: asyncio.Task[bool] | None = None
        self._begun_s = 0.0

    def begin(self, sensor: Exposing) -> None:
        """Ask for it; the sensor's image has been delivered."""
        self._begun_s = asyncio.get_running_loop().time()
        self._task = asyncio.create_task(sensor.finger_is_imaged())

    async def is_finger(self, sensor: Exposing) -> bool:
        """What it saw, or where none was begun just now, what a new one sees; DeviceFault as the sensor's."""
        is_fresh = asyncio.get_running_loop().time() - self._begun_s < _FRESH_S
        task, self._task = self._task, None
        if task is None:
            return await sensor.finger_is_imaged()
        seen = await task
        return seen if is_fresh else await sensor.finger_is_imaged()

    async def stop(self) -> None:
        """Give it up, whatever it saw."""
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
