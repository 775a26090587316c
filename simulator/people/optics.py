"""What a camera and a scene say to each other: how a frame is exposed, and how much light there is."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

NOMINAL_US, NOMINAL_GAIN = 10_000.0, 2.0  # which show the white board as it should be, under the good lamp


@dataclass(frozen=True, slots=True)
class Setting:
    """How a frame is exposed. red, blue: gains over a white that needs none. lens_dioptres: 1 / metres."""

    exposure_us: float = NOMINAL_US
    analogue_gain: float = NOMINAL_GAIN
    digital_gain: float = 1.0
    red: float = 1.0
    blue: float = 1.0
    lens_dioptres: float = 1.0

    @property
    def exposure(self) -> float:
        """How bright it makes a picture; 1.0 = nominal."""
        gain = self.analogue_gain * self.digital_gain / NOMINAL_GAIN
        return self.exposure_us / NOMINAL_US * gain


@dataclass(frozen=True, slots=True)
class Metered:
    """What a camera's statistics tell of a moment, whatever its exposure; 1.0 = paper under the good lamp.

    brightest: of the frame, the 98th percentile. mean: of the frame. red, blue: of the light, green being 1.
    distance_m: of what the lens looks at; None where nothing has an edge to focus on.
    """

    brightest: float
    mean: float
    red: float
    blue: float
    distance_m: float | None


class LitScene(Protocol):
    """A scene that a camera exposes as it likes."""

    def metered(self, at_s: float, exposure_us: float) -> Metered:
        """The light of the moment."""
        ...

    def exposed(self, at_s: float, setting: Setting) -> NDArray[np.uint8]:
        """The frame exposed from `at_s` on: (rows, columns, 3) uint8 RGB, the scene's to keep."""
        ...
