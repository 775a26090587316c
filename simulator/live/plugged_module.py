"""An iris module behind a pseudo-terminal, in real time."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from simulator.bench_pty import PtyBench
from simulator.staged_iris import SimulatedIrisModule


@asynccontextmanager
async def plugged_module(module: SimulatedIrisModule, link: Path) -> AsyncGenerator[PtyBench]:
    """Its cable, put in at `link`. It lives until the block ends, and what crashed it is raised then."""
    cable = PtyBench(module.twin, link=link)
    cable.plug()
    life = asyncio.create_task(module.live(cable.say))
    try:
        yield cable
    finally:
        cable.unplug()
        life.cancel()
        with suppress(asyncio.CancelledError):
            await life
