"""The status lamp on its three pins; the only module of the terminal that imports gpiozero."""

import asyncio
from importlib.metadata import entry_points
from typing import Protocol, cast

from gpiozero import RGBLED

from hw.boards.board import LampPins
from hw.faults import DeviceFault
from hw.lamps.pattern import Colour, Pattern

DARK = Colour(0.0, 0.0, 0.0)


class PinsUnavailable(DeviceFault):
    """The pin factory that the board file names cannot be used."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"the pins cannot be driven through {name!r}: check lamps.pin_factory in the board file, "
            "that its package is installed and that no other program holds the pins"
        )


class PinFactory(Protocol):
    """What is asked of a gpiozero factory here."""

    def close(self) -> None:
        """Release every pin."""
        ...


class _Lamp(Protocol):
    value: tuple[float, float, float]

    def close(self) -> None: ...


def open_pin_factory(name: str) -> PinFactory:
    """The gpiozero pin factory registered as `name`, and no other; PinsUnavailable when it does not open."""
    for entry in entry_points(group="gpiozero_pin_factories", name=name):
        try:
            return entry.load()()
        except Exception as error:  # each factory's library raises its own exceptions
            raise PinsUnavailable(name) from error
    raise PinsUnavailable(name)


class LampPlayer:
    """Shows one pattern at a time, on the running loop's time; wakes only when the light changes."""

    def __init__(self, factory: PinFactory, pins: LampPins) -> None:
        self._lamp = cast("_Lamp", RGBLED(pins.red, pins.green, pins.blue, pin_factory=factory))
        self._change: asyncio.TimerHandle | None = None

    def play(self, pattern: Pattern) -> None:
        """Begin `pattern` now, in place of the one before."""
        self._stop()
        self._show(pattern, asyncio.get_running_loop().time(), 0.0)

    def close(self) -> None:
        """Leave the lamp dark and give its pins back."""
        self._stop()
        self._lamp.value = DARK
        self._lamp.close()

    def _show(self, pattern: Pattern, begun_s: float, elapsed_s: float) -> None:
        self._lamp.value = pattern.colour(elapsed_s)
        next_s = pattern.next_change_s(elapsed_s)
        if next_s is not None:
            loop = asyncio.get_running_loop()
            self._change = loop.call_at(begun_s + next_s, self._show, pattern, begun_s, next_s)

    def _stop(self) -> None:
        if self._change is not None:
            self._change.cancel()
            self._change = None
