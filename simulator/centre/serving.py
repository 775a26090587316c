"""A development centre as a process of its own, on this machine's loopback alone."""

import asyncio
import os
import signal
import sys
from contextlib import closing
from pathlib import Path

from firmware.clock import SystemClock
from firmware.screen.loopback import LOOPBACK
from firmware.screen.server import PortTaken, serving
from firmware.workers import ThreadWorkers
from host_tools.keys import KeyFileUnusable
from simulator.centre.centre import Centre
from simulator.centre.keys import load_centre_keys


def run(folder: Path, port: int) -> int:
    """Serve the centre whose keys are in `folder`; 0 after an interrupt, 2 without keys or port."""
    try:
        asyncio.run(_serve(folder, port))
    except (KeyFileUnusable, PortTaken) as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    return 0


async def _serve(folder: Path, port: int) -> None:
    """Print the address when the centre listens, then wait for SIGINT or SIGTERM."""
    interrupted = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, interrupted.set)
    keys = load_centre_keys(folder)
    with (
        closing(ThreadWorkers(1)) as workers,
        closing(Centre(folder / "data", keys, SystemClock(), os.urandom, workers)) as centre,
    ):
        async with serving(centre.app, LOOPBACK, port) as address:
            sys.stdout.write(f"{address}\n")
            sys.stdout.flush()
            await interrupted.wait()
