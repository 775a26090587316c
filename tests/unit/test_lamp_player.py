"""The lamp player on gpiozero's own mock pins, under virtual time."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest
from gpiozero.pins.mock import MockFactory, MockPWMPin

from firmware.signals.patterns import BLUE, DARK, GREEN, PATTERNS, RED, Signal, Steady, blink
from hw.boards.board import LampPins
from hw.lamps.pattern import Colour
from hw.lamps.player import LampPlayer, PinsUnavailable, open_pin_factory

PINS = LampPins(red=17, green=27, blue=22)


@pytest.fixture
def factory() -> Iterator[MockFactory]:
    factory = MockFactory(pin_class=MockPWMPin)
    yield factory
    factory.close()


def _states(factory: MockFactory) -> tuple[list[float], ...]:
    """Everything that the red, green and blue pins went through."""
    mock: Any = factory
    pins = [mock.pin(number) for number in (PINS.red, PINS.green, PINS.blue)]
    return tuple([float(state.state) for state in pin.states] for pin in pins)


def _light(factory: MockFactory) -> Colour:
    red, green, blue = (states[-1] for states in _states(factory))
    return Colour(red, green, blue)


async def test_a_blink_switches_its_pin_alone(factory: MockFactory) -> None:
    player = LampPlayer(factory, PINS)
    player.play(blink(RED, on_ms=300, off_ms=200))
    await asyncio.sleep(1.1)
    assert _states(factory) == ([0.0, 1.0, 0.0, 1.0, 0.0, 1.0], [0.0], [0.0])


@pytest.mark.parametrize("signal", Signal)
async def test_the_pins_hold_the_light_of_the_pattern_for_minutes(
    factory: MockFactory, signal: Signal
) -> None:
    player = LampPlayer(factory, PINS)
    begun_s = asyncio.get_running_loop().time()
    player.play(PATTERNS[signal])
    for _ in range(10):
        await asyncio.sleep(31.4159)
        elapsed_s = asyncio.get_running_loop().time() - begun_s
        assert _light(factory) == PATTERNS[signal].colour(elapsed_s)


async def test_a_new_pattern_replaces_the_old_one_at_once(factory: MockFactory) -> None:
    player = LampPlayer(factory, PINS)
    player.play(blink(RED, on_ms=300, off_ms=200))
    await asyncio.sleep(0.1)
    player.play(Steady(GREEN))
    await asyncio.sleep(10.0)
    assert _states(factory) == ([0.0, 1.0, 0.0], [0.0, 1.0], [0.0])


async def test_a_closed_player_leaves_the_lamp_dark(factory: MockFactory) -> None:
    player = LampPlayer(factory, PINS)
    player.play(blink(BLUE, on_ms=300, off_ms=200))
    await asyncio.sleep(0.6)
    player.close()
    await asyncio.sleep(10.0)
    assert _states(factory)[2] == [0.0, 1.0, 0.0, 1.0, 0.0]
    assert _light(factory) == DARK


def test_a_factory_is_found_by_its_name() -> None:
    factory = open_pin_factory("mock")
    assert isinstance(factory, MockFactory)
    factory.close()


def test_a_factory_that_is_not_installed_is_a_fault_not_another_factory() -> None:
    with pytest.raises(PinsUnavailable, match=r"'no-such-pins'.*board file"):
        open_pin_factory("no-such-pins")


def test_a_factory_that_does_not_open_is_a_fault_that_keeps_its_cause() -> None:
    with pytest.raises(PinsUnavailable, match="'pigpio'") as fault:
        open_pin_factory("pigpio")
    assert isinstance(fault.value.__cause__, ImportError)
