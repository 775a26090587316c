"""A finger laid on a sensor's glass: the part it sees, and what people do when they lay it on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from simulator.people.finger_glass import dried, lifted, lightened, uneven, wetted
from simulator.people.finger_placing import Placing, laid

GreyImage = NDArray[np.uint8]

PLATE = (288, 256)
_SQUASHED = 0.6  # as wet as a squashed finger looks


@dataclass(frozen=True, slots=True)
class Touch:
    """How a finger is laid on; the default shows the finger as it is.

    moisture: 0.0 parched, 0.5 normal, 1.0 dripping. pressure: 0.0 hardly touching, 0.5 normal, 1.0 squashed.
    shift_mm: of the print's centre from the plate's, across and down. rotation_deg: clockwise.
    drag_mm, twist_deg: how far the finger still moves while its middle already sticks to the glass.
    unevenness: 0.0 to 1.0; ridges that are wider here and thinner there than another time.
    lifted: share of the print that has left the glass before the exposure, from one side.
    contrast: 1.0; a print left behind on the glass has about 0.1. ghost: contrast of what lay there before.
    """

    moisture: float = 0.5
    pressure: float = 0.5
    shift_mm: tuple[float, float] = (0.0, 0.0)
    rotation_deg: float = 0.0
    drag_mm: tuple[float, float] = (0.0, 0.0)
    twist_deg: float = 0.0
    unevenness: float = 0.0
    lifted: float = 0.0
    contrast: float = 1.0
    ghost: float = 0.0


AS_IT_IS = Touch()


def ordinary_touch(rng: np.random.Generator) -> Touch:
    """A touch as people give it without help; now and then one in haste. Every one is a little different.

    Fitted so that impressions of 374 x 388 pixels match each other as those of FVC2002 DB1 do.
    """
    haste = float(np.clip(np.exp(rng.normal(0.0, 0.5)), 0.4, 2.4))
    return Touch(
        moisture=float(np.clip(rng.normal(0.5, 0.06), 0.3, 0.7)),
        pressure=float(np.clip(rng.normal(0.5, 0.1 * haste), 0.25, 0.75)),
        shift_mm=(float(haste * rng.normal(0.0, 0.9)), float(haste * rng.normal(0.0, 1.4))),
        rotation_deg=float(haste * rng.normal(0.0, 6.0)),
        drag_mm=(float(haste * rng.normal(0.0, 0.5)), float(haste * rng.normal(0.0, 0.5))),
        twist_deg=float(haste * rng.normal(0.0, 3.5)),
        unevenness=min(0.25 * haste, 0.8),
    )


def impression(
    finger: GreyImage,
    rng: np.random.Generator,
    touch: Touch = AS_IT_IS,
    plate: tuple[int, int] = PLATE,
    before: GreyImage | None = None,
) -> GreyImage:
    """What the plate sees of `finger`, `plate` uint8 at 500 pixels per inch, 0 = ridge, 255 = bare.

    finger: (rows, columns) uint8 of any size, generated or real. A default touch changes no pixel.
    before: what the plate saw before, which shines through as strongly as `touch.ghost` says.
    """
    seen = laid(finger, Placing(touch.shift_mm, touch.rotation_deg, touch.drag_mm, touch.twist_deg), plate)
    seen = _moistened(_pressed(seen, touch, rng), touch, rng)
    if touch.lifted:
        seen = lifted(seen, touch.lifted, rng)
    shown = 255.0 - touch.contrast * (255.0 - seen)
    if before is not None and touch.ghost:
        shown = np.minimum(shown, 255.0 - touch.ghost * (255.0 - before))
    return shown.astype(np.uint8)


def _pressed(seen: GreyImage, touch: Touch, rng: np.random.Generator) -> GreyImage:
    if touch.unevenness:
        seen = uneven(seen, touch.unevenness, rng)
    if touch.pressure < 0.5:
        seen = lightened(seen, 1.0 - 2.0 * touch.pressure, rng)
    return seen


def _moistened(seen: GreyImage, touch: Touch, rng: np.random.Generator) -> GreyImage:
    if wetness := max(2.0 * touch.moisture - 1.0, _SQUASHED * (2.0 * touch.pressure - 1.0), 0.0):
        seen = wetted(seen, wetness, rng)
    if touch.moisture < 0.5:
        seen = dried(seen, 1.0 - 2.0 * touch.moisture, rng)
    return seen
