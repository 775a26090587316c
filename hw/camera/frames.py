"""What cameras deliver, whatever stands behind them."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
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
    still: the same exposure, as finely as the camera delivers it and no coarser than pixels, if it was asked
    for; the same array as pixels where a camera has one size.
    """

    pixels: NDArray[np.uint8] = field(repr=False)
    exposed_s: float
    metadata: Mapping[str, float] = field(default_factory=dict[str, float])
    still: NDArray[np.uint8] | None = field(default=None, repr=False)


class FrameSource(Protocol):
    """A running camera whose newest frame wins; older ones are dropped unseen."""

    async def open(self) -> None:
        """Start the camera; DeviceFault when it does not start."""
        ...

    async def newest(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """The newest frame whose exposure began after `exposed_after_s`; CameraSilent when none comes."""
        ...

    async def still(self, *, exposed_after_s: float, timeout_s: float) -> Frame:
        """As `newest`, with the still of that exposure: what was judged and what is kept are one exposure."""
        ...

    def held(self, timeout_s: float) -> AbstractAsyncContextManager[bool]:
        """Exposure, white balance and focus stay as they are inside this context and are free after it.

        They are held once they have settled, and the frames' metadata prove it; False when that took longer
        than timeout_s: then nothing is held. CameraSilent when no frame comes meanwhile.
        """
        ...

    async def close(self) -> None:
        """Stop and release the camera; closing twice is harmless."""
        ...
