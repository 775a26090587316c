"""Can the status lamp's pins be driven, and does it shine as it should?"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from firmware.health.findings import CheckResult, Device, FaultCode, Figure
from firmware.signals.patterns import BLUE, DARK, GREEN, RED, Steady
from hw.boards.board import Board
from hw.boards.header import uart_of
from hw.faults import DeviceFault
from hw.lamps.pattern import Pattern

SHOWN_S = 0.4
QUESTION = "Did the status lamp shine red, then green, then blue?"

Play = Callable[[Pattern], None]
Ask = Callable[[str], Awaitable[bool]]


@dataclass(frozen=True, slots=True)
class LampsUnderTest:
    """The lamp of a board. lit: opens it for as long as a block runs. ask: a technician, if there is one."""

    board: Board
    lit: Callable[[], AbstractContextManager[Play]]
    ask: Ask | None


async def check_lamps(lamps: LampsUnderTest) -> CheckResult:
    """Red, green and blue, one after the other; whether they were seen, a technician alone can tell."""
    pins = lamps.board.lamps.pins
    figures = (
        Figure("pins", f"GPIO {pins.red}, {pins.green}, {pins.blue}"),
        Figure("through", lamps.board.lamps.pin_factory),
    )
    uart = uart_of(lamps.board.fingerprint.port)
    if uart is not None and {pins.red, pins.green, pins.blue} & {uart.transmit, uart.receive}:
        taken = f"{lamps.board.fingerprint.port} has GPIO {uart.transmit} and {uart.receive}"
        return CheckResult(Device.LAMPS, figures, FaultCode.LAMP_PIN_TAKEN, taken)
    try:
        with lamps.lit() as play:
            return await _shown(play, lamps.ask, figures)
    except DeviceFault as fault:
        return CheckResult(Device.LAMPS, figures, FaultCode.LAMP_UNDRIVEN, str(fault))


async def _shown(play: Play, ask: Ask | None, figures: tuple[Figure, ...]) -> CheckResult:
    for light in (RED, GREEN, BLUE, DARK):
        play(Steady(light))
        await asyncio.sleep(SHOWN_S)
    if ask is None:
        return CheckResult(Device.LAMPS, (*figures, Figure("seen", "not asked")))
    was_seen = await ask(QUESTION)
    seen = Figure("seen", "yes" if was_seen else "no")
    return CheckResult(Device.LAMPS, (*figures, seen), None if was_seen else FaultCode.LAMP_SEEN_WRONG)
