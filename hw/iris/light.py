"""The iris module as a visit sees it: a light that can be armed. Seam; `module.py` is the real one."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from hw.iris.messages import Arming, Distance, Faults
from hw.iris.pairing import TimedStrobe


class Lit(Protocol):
    """A session of the light, from arming until its context ends."""

    def strobes(self) -> tuple[TimedStrobe, ...]:
        """The newest strobes, in order, in the running loop's time; to be paired with frames."""
        ...

    def distance(self) -> Distance | None:
        """The newest reading of the distance sensor; None before the first."""
        ...

    def ended(self) -> Faults:
        """Why the light is off before its time, NONE while it is not: someone too close, no distance, heat.

        ModuleBroken when only power or service helps.
        """
        ...

    async def set_on_us(self, on_us: int) -> bool:
        """Change the on-time of the frames to come; False when that is not allowed, and nothing changes."""
        ...


class IrisLight(Protocol):
    """Near-infrared light for the iris camera."""

    def armed(self, arming: Arming) -> AbstractAsyncContextManager[Lit]:
        """Light as asked inside this context, dark after it and whenever the terminal falls silent.

        A light that is refused for now, as when somebody is too close, begins as one that has ended.
        DeviceFault when the module is silent, foreign, broken or restarts.
        """
        ...
