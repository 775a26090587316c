"""The lamp over the camera and the room's own light, as they fall on a frame."""

import math
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

MAINS_HZ = 100.0  # twice 50 Hz: lamps flicker with the power
READOUT_S = 0.024  # from the first to the last row of the sensor, which are the columns of an upright frame
WOBBLE_HZ = (3.1, 5.3, 7.9)


class Lamp(StrEnum):
    """DEAD: only the room's light is left. FLICKER: a tube at the end of its life."""

    ON = "on"
    DIM = "dim"
    DEAD = "dead"
    FLICKER = "flicker"


@dataclass(frozen=True, slots=True)
class Light:
    """1.0 = the good lamp. red, blue: green being 1. bands: by column of the frame, or None."""

    level: float
    red: float = 1.0
    blue: float = 1.0
    bands: NDArray[np.float32] | None = None


ROOM = Light(0.14, 1.45, 0.60)  # an office without the terminal's lamp


def light_of(lamp: Lamp, at_s: float, exposure_us: float, columns: int) -> Light:
    """The light that a frame gets which is exposed from `at_s` on."""
    match lamp:
        case Lamp.ON:
            return Light(1.0)
        case Lamp.DIM:
            return Light(0.4, 1.08, 0.92)
        case Lamp.DEAD:
            return ROOM
        case Lamp.FLICKER:
            return Light(_wobble(at_s), 1.05, 0.95, _bands(at_s, exposure_us * 1e-6, columns))


def _wobble(at_s: float) -> float:
    """How bright a bad tube is: it never settles."""
    waves = sum(math.sin(2.0 * math.pi * hertz * at_s + hertz) for hertz in WOBBLE_HZ)
    return 0.62 + 0.13 * waves


def _bands(at_s: float, exposure_s: float, columns: int) -> NDArray[np.float32]:
    """Each row is exposed a little later than the one before; whole periods of the mains leave no trace."""
    periods = MAINS_HZ * exposure_s
    depth = 0.7 * np.sinc(periods)
    middles_s = at_s + np.linspace(0.0, READOUT_S, columns) + exposure_s / 2.0
    return (1.0 + depth * np.cos(2.0 * np.pi * MAINS_HZ * middles_s)).astype(np.float32)
