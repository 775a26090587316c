"""The iris module of a terminal: its line, its light, its lens, and where people stand."""

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class IrisLeds:
    """The near-infrared LEDs. radiant_w_sr: of one. source_mm: apparent diameter of one."""

    count: int
    radiant_w_sr: float
    source_mm: float
    wavelength_nm: float
    on_us: int
    frames_per_s: int


@dataclass(frozen=True, slots=True)
class IrisLens:
    """The lens of the iris camera. pixel_um: of its sensor."""

    focal_mm: float
    f_number: float
    pixel_um: float


@dataclass(frozen=True, slots=True)
class IrisDistances:
    """From LEDs and lens to the eye, in millimetres.

    head_rest: what keeps an eye from being nearer. sharp: where the lens is focused. enter_*: where people
    are told to hold still; stay_*: beyond it to come nearer or go back again.
    """

    head_rest: int
    sharp: int
    enter_nearest: int
    enter_farthest: int
    stay_nearest: int
    stay_farthest: int


@dataclass(frozen=True, slots=True)
class IrisModuleBoard:
    """port: a tty of the co-processor at `baud`."""

    port: str
    baud: int
    leds: IrisLeds
    lens: IrisLens
    distance_mm: IrisDistances


def iris_module_problems(module: IrisModuleBoard) -> Iterator[str]:
    """What cannot be."""
    for table in (module.leds, module.lens, module.distance_mm):
        for each in fields(table):
            if getattr(table, each.name) <= 0:
                yield f"board.iris_module: {each.name} should be more than 0"
    if module.baud <= 0:
        yield f"board.iris_module.baud should be more than 0, not {module.baud}"
    at = module.distance_mm
    rising = (at.head_rest, at.stay_nearest, at.enter_nearest, at.sharp, at.enter_farthest, at.stay_farthest)
    if list(rising) != sorted(rising):
        yield (
            "board.iris_module.distance_mm should rise: head_rest, stay_nearest, enter_nearest, sharp, "
            "enter_farthest, stay_farthest"
        )
