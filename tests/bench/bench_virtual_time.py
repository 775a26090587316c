"""How fast virtual time runs when nothing but the terminal's timers is there."""

import asyncio
from collections.abc import Iterator
from time import perf_counter

from simulator.virtual_time import VirtualLoop
from tests.bench.rows import Row

TIMERS_HZ = (15, 15, 30, 10)  # two cameras, a preview and the lamps
VIRTUAL_S = 600


async def _tick(rate_hz: int) -> None:
    for _ in range(rate_hz * VIRTUAL_S):
        await asyncio.sleep(1 / rate_hz)


async def _tick_all() -> None:
    async with asyncio.TaskGroup() as timers:
        for rate_hz in TIMERS_HZ:
            timers.create_task(_tick(rate_hz))


def rows() -> Iterator[Row]:
    """The one figure: virtual seconds in a real one."""
    begun_s = perf_counter()
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(_tick_all())
    yield Row(
        "virtual time, 70 timer ticks a second",
        VIRTUAL_S / (perf_counter() - begun_s),
        "× real time",
        "≥ 300",
    )
