"""A cable between two pseudo-terminals that loses bytes both ways."""

import asyncio
import os
import tty
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path

import numpy as np

READ_AT_MOST_BYTES = 4096


@asynccontextmanager
async def lossy_cable(path: Path, share: float, rng: np.random.Generator) -> AsyncGenerator[Path]:
    """What a driver opens instead of `path`; each byte is lost with that probability; `path` for none."""
    if not share:
        yield path
        return
    near, far = os.openpty()
    tty.setraw(far)
    device = os.open(path, os.O_RDWR | os.O_NOCTTY)
    for end in (near, device):
        os.set_blocking(end, False)
    loop = asyncio.get_running_loop()
    loop.add_reader(near, _carry, near, device, share, rng)
    loop.add_reader(device, _carry, device, near, share, rng)
    try:
        yield Path(os.ttyname(far))
    finally:
        loop.remove_reader(near)
        loop.remove_reader(device)
        for end in (near, far, device):
            os.close(end)


def _carry(source: int, to: int, share: float, rng: np.random.Generator) -> None:
    """What the far end does not take now is lost as well, as on any line without flow control."""
    try:
        data = np.frombuffer(os.read(source, READ_AT_MOST_BYTES), np.uint8)
        os.write(to, data[rng.random(len(data)) >= share].tobytes())
    except (BlockingIOError, InterruptedError):
        return
