"""Round trips on the module's line: `python -m tests.iris_coprocessor.latency [--trips N] [--lost SHARE]`.

The real driver, a pseudo-terminal, and the module's program under the real MicroPython; idle, and while it
strobes. A pseudo-terminal has no speed: a wire of 115,200 baud adds 1.5 ms for a heartbeat and its answer.
"""

import asyncio
import sys
from argparse import ArgumentParser
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hw.iris.conversation import Patience
from hw.iris.messages import Arming
from hw.iris.module import BAUD, IrisModule
from hw.wire.serial_line import open_serial
from simulator.damage import loss
from simulator.iris_module import iris_module
from simulator.lossy_cable import lossy_cable

TRIPS = 10_000
STROBING = Arming(1, 30, 3_000, 65_535, 60)
STARTS_WITHIN_S = 20.0
STUBBORN = Patience(reply_s=0.1, attempts=100)


@dataclass(frozen=True)
class Trips:
    """Milliseconds of each round trip, in order."""

    name: str
    taken_ms: NDArray[np.float64]

    def row(self) -> str:
        """One line of the table."""
        low, middle, high, highest = np.percentile(self.taken_ms, [0, 50, 99, 100])
        return (
            f"| {self.name} | {len(self.taken_ms)} | {low:.2f} | {middle:.2f} | {high:.2f} | {highest:.2f} |"
        )


async def measured(name: str, module: IrisModule, trips: int) -> Trips:
    """So many heartbeats, one after the other."""
    loop = asyncio.get_running_loop()
    taken_ms: list[float] = []
    for _ in range(trips):
        begun_s = loop.time()
        await module.heartbeat()
        taken_ms.append((loop.time() - begun_s) * 1e3)
    return Trips(name, np.array(taken_ms))


async def table(trips: int, lost: float) -> list[Trips]:
    """Idle and strobing; over a cable that loses that share of the bytes both ways."""
    damage = loss(np.random.default_rng(1), lost) if lost else None
    async with iris_module() as (path, _), lossy_cable(path, damage) as lossy_path:
        module = IrisModule(open_serial(str(lossy_path), BAUD), STUBBORN)
        await module.hello()
        idle = await measured("idle", module, trips // 2)
        if lost:
            return [idle]
        async with module.armed(STROBING):
            strobing = await measured("strobing", module, trips - trips // 2)
        module.close()
    return [idle, strobing]


def main() -> int:
    """Print the table."""
    parser = ArgumentParser(prog="python -m tests.iris_coprocessor.latency", description=__doc__)
    parser.add_argument("--trips", type=int, default=TRIPS, help="round trips (default: %(default)s)")
    parser.add_argument("--lost", type=float, default=0.0, help="share of bytes lost (default: none)")
    arguments = parser.parse_args()
    rows = asyncio.run(table(arguments.trips, arguments.lost))
    sys.stdout.write("| while | round trips | least ms | median | 99 % | most |\n|---|---|---|---|---|---|\n")
    sys.stdout.writelines(f"{row.row()}\n" for row in rows)
    return 0


if __name__ == "__main__":
    sys.exit(main())
