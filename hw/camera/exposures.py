"""What libcamera's metadata say of an exposure: figures for the record, and when it began."""

import math
from collections.abc import Mapping, Sequence
from typing import cast

FIGURES = (
    *(
        "SensorTimestamp",
        "ExposureTime",
        "AnalogueGain",
        "DigitalGain",
        "ColourTemperature",
        "Lux",
        "FocusFoM",
    ),
    *("LensPosition", "AfState", "AeState", "AeLocked", "AwbState", "FrameDuration", "SensorTemperature"),
)
SEVERAL: Mapping[str, tuple[str, ...]] = {
    "ColourGains": ("ColourGainRed", "ColourGainBlue"),
    "ScalerCrop": ("ScalerCropX", "ScalerCropY", "ScalerCropWidth", "ScalerCropHeight"),
}


def figures_of(metadata: Mapping[str, object]) -> dict[str, float]:
    """What belongs in the record, as finite numbers under libcamera's names; the rest is left out."""
    figures = {name: number for name in FIGURES if (number := _number(metadata.get(name))) is not None}
    for name, parts in SEVERAL.items():
        figures |= _parts(metadata.get(name), parts)
    return figures


def begun_ns(figures: Mapping[str, float], longest_us: float) -> float | None:
    """When the first row's exposure began, in nanoseconds of SensorTimestamp's clock; None when nobody says.

    SensorTimestamp is when the first row is read, and a camera that does not say how long it exposed is
    taken to have exposed for `longest_us`: no frame counts as younger than it is.
    """
    read_ns = figures.get("SensorTimestamp")
    if not read_ns:
        return None
    return read_ns - 1e3 * figures.get("ExposureTime", longest_us)


def _parts(value: object, names: Sequence[str]) -> dict[str, float]:
    if not isinstance(value, tuple | list):
        return {}
    numbers = [_number(one) for one in cast("Sequence[object]", value)]
    if len(numbers) != len(names):
        return {}
    return {name: number for name, number in zip(names, numbers, strict=True) if number is not None}


def _number(value: object) -> float | None:
    """A finite float, or None; libcamera's enums count as their numbers."""
    try:
        number = float(cast("float", value))
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
