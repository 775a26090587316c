"""What can go wrong with an iris module, by name: settings of its world, or damage on its line."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from simulator.damage import Damage, duplicate, flip, loss, together

NO_TARGET = 65_535

WORLDS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "jitter": {"jitter": 5},  # the distance, 5 mm either way
        "dropouts": {"dropouts": 300},  # of a thousand readings
        "spectacles": {"spectacles": 1},
        "nobody": {"distance": NO_TARGET},
        "too-close": {"distance": 90},
        "touching": {"distance": -3},  # which the distance sensor sends as 65533
        "ranger-dead": {"ranger": 0},
        "ranger-frozen": {"frozen": 1},
        "ranger-broken": {"status": 2},  # its laser, it says
        "led-dead": {"led_open": 0b010},
        "led-short": {"led_short": 0b001},
        "led-stuck": {"led_stuck": 0b001},
        "one-shot-fail": {"one_shot": 0},
        "rail-tripped": {"rail": 0},
        "over-temperature": {"temperature": 800},
        "trigger-lost": {"trigger": 0},
        "drift": {"drift": 50},  # millionths
    }
)
RESETS: Mapping[str, float] = MappingProxyType({"reset": 5.0})  # seconds between losses of power
LINES: Mapping[str, Callable[[np.random.Generator], Damage]] = MappingProxyType(
    {
        "byte-loss": lambda rng: loss(rng, 0.05),
        "crc-errors": lambda rng: flip(rng, 0.01),
        "repeats": lambda rng: duplicate(rng, 0.2),  # whole packets, with their sequence number
    }
)
NAMES = (*WORLDS, *RESETS, *LINES)


class UnknownModuleFault(Exception):
    """There is no such fault."""

    def __init__(self, name: str) -> None:
        super().__init__(f"an iris module has no fault {name!r}; it has {', '.join(NAMES)}")


def world_of(names: list[str]) -> dict[str, int]:
    """The settings of all these faults; UnknownModuleFault for a name that is none."""
    settings: dict[str, int] = {}
    for name in names:
        if name not in NAMES:
            raise UnknownModuleFault(name)
        settings |= WORLDS.get(name, {})
    return settings


def damage_of(names: list[str], rng: np.random.Generator) -> Damage | None:
    """What befalls the bytes on the line; None when nothing does."""
    damages = [LINES[name](rng) for name in names if name in LINES]
    return together(*damages) if damages else None
