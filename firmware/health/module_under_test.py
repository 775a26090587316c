"""The iris module as the self-test meets it: what it needs of a driver, and what it is told of the board."""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from firmware.health.behind_port import OpenLine
from hw.camera.frames import FrameSource
from hw.iris.light import Lit
from hw.iris.messages import Arming, Identity, ModuleStatus, SelfTest

MOST_S = 10  # of a session; the module's own cap is 60


class TestedLight(Lit, Protocol):
    """A session of the light that counts the events which did not arrive."""

    lost_events: int


class Round(Protocol):
    """One question about the clocks, and its answer."""

    @property
    def round_trip_s(self) -> float:
        """On the wire both ways."""
        ...


class TestedModule(Protocol):
    """What the check needs of an iris module's driver."""

    async def hello(self) -> Identity:
        """Who the module is."""
        ...

    async def status(self) -> ModuleStatus:
        """What the module does now."""
        ...

    async def self_test(self) -> SelfTest:
        """Let it light each string of LEDs and try its one-shot; ModuleRefused when it is busy or broken."""
        ...

    async def exchange(self) -> Round:
        """Compare the clocks once."""
        ...

    def armed(self, arming: Arming) -> AbstractAsyncContextManager[TestedLight]:
        """Light inside this context; see hw.iris.light.IrisLight."""
        ...

    def close(self) -> None:
        """Give the line back."""
        ...


@dataclass(frozen=True, slots=True)
class ModuleUnderTest:
    """A module as the board file names it, how line and driver are opened, and the camera that it triggers.

    camera: is opened and closed by each check; None where there is none to be had.
    """

    port: Path
    open_line: OpenLine
    open_module: Callable[[OpenLine], Awaitable[TestedModule]]
    frames_per_s: int
    on_us: int
    camera: FrameSource | None

    @property
    def arming(self) -> Arming:
        """A short session with every frame lit alike."""
        return Arming(1, self.frames_per_s, self.on_us, MOST_S * self.frames_per_s, MOST_S)
