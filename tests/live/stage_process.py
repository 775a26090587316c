"""The stage as a process of its own, with places of its own, and a hand on its page."""

import asyncio
import json
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

CHECKOUT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:[0-9]+/")
START_S = 20.0
END_S = 20.0


@dataclass(frozen=True, slots=True)
class Places:
    """Every folder that the stage, its booths and their browser may write to; all below `root`."""

    root: Path

    def make(self) -> None:
        """Make the folders."""
        for name in ("home", "tmp", "work"):
            (self.root / name).mkdir(parents=True)

    @property
    def state(self) -> Path:
        """The terminal's state folder."""
        return self.root / "run" / "state"

    @property
    def centre(self) -> Path:
        """The centre's folder, which the terminal never reads."""
        return self.root / "run" / "centre"

    @property
    def centre_key(self) -> Path:
        """The centre's private key."""
        return self.centre / "private.pem"

    @property
    def profile(self) -> Path:
        """The browser's."""
        return self.root / "profile"

    def environment(self) -> dict[str, str]:
        """This process's environment, without its places."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("XDG_")}
        own = {"HOME": str(self.root / "home"), "TMPDIR": str(self.root / "tmp")}
        return {**kept, **own, "PYTHONPATH": str(CHECKOUT)}


class StageProcess:
    """One running stage. Everything it waits for has a limit."""

    def __init__(self, process: Process, socket: ClientConnection, screen_url: str) -> None:
        self.screen_url = screen_url
        self._process = process
        self._socket = socket
        self._state: Mapping[str, Any] = {}
        self._news = asyncio.Event()

    async def do(self, command: str) -> None:
        """One command of the stage's page."""
        await self._socket.send(command)

    async def listen(self) -> None:
        """Follow the stage's state until the stage ends."""
        with suppress(ConnectionClosed):
            async for message in self._socket:
                self._state = {**self._state, **json.loads(message).get("state", {})}
                self._news.set()

    async def until(self, holds: Callable[["StageProcess"], bool], limit_s: float) -> None:
        """Wait until the stage tells what `holds`."""
        async with asyncio.timeout(limit_s):
            while not (self._state and holds(self)):
                self._news.clear()
                await self._news.wait()

    @property
    def booth_pid(self) -> int | None:
        """The process of the booth as last told; None between two booths."""
        return self._state["pid"]

    @property
    def visits(self) -> int:
        """How many booths have ended, as last told."""
        return self._state["visits"]

    @property
    def records(self) -> int:
        """How many records the centre holds, as last told."""
        return self._state["records"]

    @property
    def somebody_stands_there(self) -> bool:
        """Whether a person waits for hands, as last told."""
        return self._state["person"].startswith("somebody stands there")

    async def end(self) -> None:
        """End the stage, which ends its booth."""
        self._process.send_signal(signal.SIGINT)
        async with asyncio.timeout(END_S):
            await self._process.wait()


@asynccontextmanager
async def stage_process(
    places: Places, people: Path, *, online: bool = False
) -> AsyncGenerator[StageProcess]:
    """A hurried stage with these people, whose link to the centre is pulled unless `online`.

    What it says lies in `root`/said, complaints in `root`/logged.
    """
    command = (
        sys.executable,
        "-m",
        "simulator",
        "run",
        "--hurried",
        "--port",
        "0",
        "--state",
        str(places.root / "run"),
    )
    with (places.root / "logged").open("wb") as logged:
        process = await asyncio.create_subprocess_exec(
            *command,
            "--people",
            str(people),
            *(() if online else ("--offline",)),
            stdout=PIPE,
            stderr=logged,
            cwd=places.root / "work",
            env=places.environment(),
        )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(START_S):
            said = await process.stdout.readuntil(b"end with Ctrl-C\n")
        screen, stage = ADDRESS.findall(said.decode())
        origin: Any = stage.rstrip("/")
        async with connect(f"{stage.replace('http', 'ws')}stage", origin=origin) as socket:
            running = StageProcess(process, socket, screen)
            listening = asyncio.create_task(running.listen())
            await running.until(lambda it: it.booth_pid is not None, START_S)
            yield running
            await running.end()
            await listening
        (places.root / "said").write_bytes(said + await process.stdout.read())
    finally:
        if process.returncode is None:
            process.terminate()
            await asyncio.wait_for(process.wait(), END_S)
