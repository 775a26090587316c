"""What cameras deliver, whatever stands behind them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hw.faults import DeviceFault


class CameraSilent(DeviceFault):
    """No fresh frame within the deadline."""

    def __init__(self, name: str) -> None:
        super().__init__(f"the {name} camera delivers no frames: check its cable, then restart it")


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One exposure.

    pixels: read-only uint8; (rows, columns, 3) in RGB order, or (rows, columns) from a mono camera.
    exposed_s: begin of the exposure, in seconds of the running loop's time.
    metadata: what the camera says of the exposure, under libcamera's names and units.
    """

    pixels: NDArray[np.uint8] = field(repr=False)
    exposed_s: float
    metadata: Mapping[str, float] = field(default_factory=dict[str, float])


class FrameSource(Protocol):
    """A running camera whose newest frame wins; older ones are dropped unseen."""

    async def open(self) -> None:
        """Start the camera; DeviceFault when it does not start."""
        ...

    async def newest(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """The newest frame whose exposure began after `exposed_after_s`; CameraSilent when none comes."""
        ...

    async def close(self) -> None:
        """Stop and release the camera; closing twice is harmless."""
        ...
