"""A cable between two pseudo-terminals that damages what passes, both ways."""

import asyncio
import os
import tty
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

from simulator.damage import Chunk, Damage

READ_AT_MOST_BYTES = 4096


@asynccontextmanager
async def lossy_cable(path: Path, damage: Damage | None) -> AsyncGenerator[Path]:
    """What a driver opens instead of `path`; `path` itself when there is no damage."""
    if damage is None:
        yield path
        return
    near, far = os.openpty()
    tty.setraw(far)
    device = os.open(path, os.O_RDWR | os.O_NOCTTY)
    for end in (near, device):
        os.set_blocking(end, False)
    loop = asyncio.get_running_loop()
    loop.add_reader(near, _carry, near, device, damage)
    loop.add_reader(device, _carry, device, near, damage)
    try:
        yield Path(os.ttyname(far))
    finally:
        loop.remove_reader(near)
        loop.remove_reader(device)
        for end in (near, far, device):
            os.close(end)


def _carry(source: int, to: int, damage: Damage) -> None:
    """What the far end does not take now is lost as well, as on any line without flow control."""
    try:
        os.write(to, damage(Chunk(os.read(source, READ_AT_MOST_BYTES))).data)
    except (BlockingIOError, InterruptedError):
        return
