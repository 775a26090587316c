"""A world that follows a list, and a guide that writes down what it was told and when."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from firmware.clock import Clock
from firmware.quality.advice import Advice
from firmware.workers import JobKind
from hw.camera.frames import Frame
from simulator.cameras import SimulatedCamera
from simulator.inline_workers import InlineWorkers
from simulator.virtual_time import VirtualClock

Pixels = NDArray[np.uint8]

BEGIN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
CLOCK = VirtualClock(BEGIN)
WORKERS = InlineWorkers({JobKind.PORTRAIT: 0.045, JobKind.IRIS: 0.05, JobKind.CARD: 0.003})


@dataclass(frozen=True, slots=True)
class ScriptedScene:
    """A simulator.cameras.Scene: each picture until its time in seconds, then the last one."""

    pictures: tuple[tuple[float, Pixels], ...]

    def picture(self, at_s: float) -> Pixels:
        """The picture of that moment."""
        shown = (picture for until_s, picture in self.pictures if at_s < until_s)
        return next(shown, self.pictures[-1][1])


async def camera_of(*pictures: tuple[float, Pixels]) -> SimulatedCamera:
    """An open camera before a scripted scene."""
    camera = SimulatedCamera(ScriptedScene(pictures))
    await camera.open()
    return camera


@dataclass(slots=True)
class WritingGuide:
    """A firmware.capture.guide.Guide that remembers; all times in seconds of the loop.

    on_instruction: what happens in the world when that instruction is given.
    """

    clock: Clock
    instructions: list[str] = field(default_factory=list[str])
    times_s: list[float] = field(default_factory=list[float])
    advice: list[tuple[float, Advice | None]] = field(default_factory=list[tuple[float, Advice | None]])
    frames: list[Frame] = field(default_factory=list[Frame])
    on_instruction: Mapping[str, Callable[[], None]] = field(default_factory=dict[str, Callable[[], None]])

    def instruct(self, message: str) -> None:
        """Write the instruction down."""
        self.instructions.append(message)
        self.times_s.append(self.clock.elapsed_s())
        if message in self.on_instruction:
            self.on_instruction[message]()

    def instructed_s(self, message: str) -> float:
        """When that instruction was given last."""
        times = zip(self.instructions, self.times_s, strict=True)
        return max(at_s for instruction, at_s in times if instruction == message)

    def advise(self, advice: Advice | None) -> None:
        """Write the advice down with its time."""
        self.advice.append((self.clock.elapsed_s(), advice))

    def show(self, frame: Frame) -> None:
        """Write the frame down."""
        self.frames.append(frame)

    @property
    def hints(self) -> list[Advice]:
        """All advice in its order."""
        return [advice for _, advice in self.advice if advice is not None]
