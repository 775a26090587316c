"""What can go wrong with an iris module, by name: settings of its world, or damage on its line."""

from collections.abc import Mapping
from types import MappingProxyType

NO_TARGET = 65_535
BYTE_LOSS = "byte-loss"

WORLDS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        "jitter": {"jitter": 5},  # the distance, 5 mm either way
        "dropouts": {"dropouts": 300},  # of a thousand readings
        "spectacles": {"spectacles": 1},
        "nobody": {"distance": NO_TARGET},
        "too-close": {"distance": 90},
        "ranger-dead": {"ranger": 0},
        "ranger-frozen": {"frozen": 1},
        "led-dead": {"led_open": 0b010},
        "led-short": {"led_short": 0b001},
        "one-shot-fail": {"one_shot": 0},
        "rail-tripped": {"rail": 0},
        "over-temperature": {"temperature": 800},
        "trigger-lost": {"trigger": 0},
        "drift": {"drift": 50},  # millionths
    }
)
RESETS: Mapping[str, float] = MappingProxyType({"reset": 5.0})  # seconds between losses of power
LOSSES: Mapping[str, float] = MappingProxyType({BYTE_LOSS: 0.05})  # share of the bytes, both ways
NAMES = (*WORLDS, *RESETS, *LOSSES)


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
