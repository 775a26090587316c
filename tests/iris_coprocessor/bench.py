"""A started iris module: its own program under the real MicroPython, and the real driver on its line."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from hw.iris.conversation import Patience
from hw.iris.messages import Arming, ModuleStatus, Pattern
from hw.iris.module import BAUD, IrisModule
from hw.wire.serial_line import SerialLine, open_serial
from simulator.iris_module import PROGRAM, ModuleBoard, iris_module

PATIENCE_S = 20.0  # of a slow machine that starts MicroPython
ASKS_EVERY_S = 0.05
UNHURRIED = Patience(reply_s=0.5, attempts=8)  # of a machine that does other things too
ARMING = Arming(7, 30, 3000, 600, 20)
WITH_DARK = Arming(8, 30, 3000, 600, 20, pattern=Pattern.EVERY_FOURTH_DARK)


@dataclass(frozen=True)
class Bench:
    """A started module: its board, the line to it, and the driver on that line."""

    board: ModuleBoard
    line: SerialLine
    module: IrisModule

    async def until(self, claim: Callable[[ModuleStatus], bool]) -> ModuleStatus:
        """The first status of which the claim is true; TimeoutError when it does not become so."""
        async with asyncio.timeout(PATIENCE_S):
            while not claim(status := await self.module.status()):
                await asyncio.sleep(ASKS_EVERY_S)
        return status


@asynccontextmanager
async def bench(program: Path = PROGRAM, settings: Mapping[str, int] | None = None) -> AsyncGenerator[Bench]:
    """Powered until the block ends. settings: of the world around it, from the start."""
    async with iris_module(program, settings) as (path, board):
        line = open_serial(str(path), BAUD)
        module = IrisModule(line, UNHURRIED)
        await module.started(PATIENCE_S)
        yield Bench(board, line, module)
        module.close()
