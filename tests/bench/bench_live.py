"""How soon a booth process shows its first screen, and how much memory a whole visit takes."""

import asyncio
import json
import os
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.bench.peak import peak_bytes
from tests.bench.rows import Row
from tests.live.stage import Stage, staged

RETRY_S = 0.02
LIMIT_S = 120.0
CLOSE_LIMIT_S = 0.2  # what the stage says and nobody reads must not hold the measurement up
BYTES_PER_MIB = 1 << 20


def rows() -> Iterator[Row]:
    """One hurried visit, then the booth that follows it."""
    resident_mib, first_view_s = asyncio.run(_measured())
    yield Row("booth, process start to first view", first_view_s, "s", "≤ 3")
    yield Row("booth, most resident memory in a visit", resident_mib, "MiB", "≤ 250")


async def _measured() -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as root:
        async with asyncio.timeout(LIMIT_S), staged(Path(root), "--hurried") as stage:
            resident_mib = await _visit(stage)
            return resident_mib, await _first_view(stage)


async def _visit(stage: Stage) -> float:
    """Let somebody walk up; the peak of the booth's memory (MiB), when the receipt is shown."""
    peak_mib = 0.0
    async with _line(stage.stage, "stage") as world:
        pid = await _pid(world)
        await world.send("walk_up adult_exchange")
        async for view in _views(stage):
            if view["phase"] == "receipt":
                peak_mib = peak_bytes(pid) / BYTES_PER_MIB
    return peak_mib


async def _first_view(stage: Stage) -> float:
    """Seconds from the start of the next booth's process to its first view."""
    while True:
        with suppress(OSError):
            async for view in _views(stage):
                if view["phase"] != "attract":  # the booth before it still says good-bye
                    continue
                seen_s = time.clock_gettime(time.CLOCK_BOOTTIME)
                async with _line(stage.stage, "stage") as world:
                    return seen_s - _started_s(await _pid(world))
        await asyncio.sleep(RETRY_S)


def _line(url: str, path: str) -> connect:
    origin: Any = url.rstrip("/")
    address = url.replace("http", "ws") + path
    return connect(address, origin=origin, max_size=None, close_timeout=CLOSE_LIMIT_S)


async def _pid(world: Any) -> int:
    """The process that serves now, as the stage tells."""
    while True:
        state = json.loads(await world.recv()).get("state", {})
        if state.get("pid"):
            return state["pid"]


async def _views(stage: Stage) -> AsyncIterator[dict[str, Any]]:
    """What the screen shows until its booth ends; OSError when none serves."""
    with suppress(ConnectionClosed):
        async with _line(stage.screen, "screen") as screen:
            async for message in screen:
                told: dict[str, Any] = (
                    json.loads(message) if isinstance(message, str) else {"type": "picture"}
                )
                if told["type"] == "view":
                    yield told["view"]


def _started_s(pid: int) -> float:
    """Start of the process, in seconds of the machine's uptime; proc(5), field 22."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return int(fields[19]) / os.sysconf("SC_CLK_TCK")
