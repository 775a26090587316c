"""The processes around an outbox, each real and soon started, to be killed at any moment."""

import asyncio
import os
import socket
from collections.abc import Callable
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import anyio
import httpx
import uvicorn

from firmware.clock import SystemClock
from firmware.outbox.acknowledged import clear_acknowledged
from firmware.outbox.disk import PosixDisk
from firmware.uplink import __main__ as uplink
from firmware.workers import ThreadWorkers
from simulator.centre.centre import Centre
from simulator.centre.keys import load_centre_keys

PAUSE_S = 0.02

anyio.run(anyio.sleep, 0)  # imports what a first connection would import, in each child anew
httpx.AsyncClient()

_FORKS = get_context("forkserver")  # a child takes 10 ms, with everything imported
_FORKS.set_forkserver_preload(["tests.durability.processes"])

SETTINGS = """
base_url = "http://127.0.0.1:{port}"
poll_s = 0.02
chunk = {{ least_bytes = 1024, most_bytes = 4096, target_s = 0.01 }}
back_off = {{ first_s = 0.01, most_s = 0.1 }}
"""


def start_centre(folder: Path, keys: Path) -> tuple[ForkServerProcess, int]:
    """A development centre in a process of its own, and its port."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        process = _started(_serve_centre, str(folder), str(keys), listening)
        return process, int(listening.getsockname()[1])


def start_uplink(state: Path) -> ForkServerProcess:
    """`python -m firmware.uplink` over that state folder."""
    return _started(_run_uplink, str(state))


def start_clearing(state: Path) -> ForkServerProcess:
    """The booth's side, which clears again and again."""
    return _started(_clear, str(state))


def _started(target: Callable[..., None], *arguments: object) -> ForkServerProcess:
    process = _FORKS.Process(target=target, args=arguments, daemon=True)
    process.start()
    return process


def _serve_centre(folder: str, keys: str, listening: socket.socket) -> None:
    centre = Centre(Path(folder), load_centre_keys(Path(keys)), SystemClock(), os.urandom, ThreadWorkers(1))
    server = uvicorn.Server(uvicorn.Config(centre.app, log_level="critical", lifespan="off"))
    server.run([listening])


def _run_uplink(state: str) -> None:
    uplink.main([state])


def _clear(state: str) -> None:
    asyncio.run(_clear_again_and_again(Path(state)))


async def _clear_again_and_again(state: Path) -> None:
    while True:
        clear_acknowledged(state, PosixDisk())
        await asyncio.sleep(PAUSE_S)
