"""The stage as a process of its own, with places of its own."""

import asyncio
import os
import re
import sys
from asyncio import StreamReader
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

CHECKOUT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://127\.0\.0\.1:[0-9]+/")
START_S = 30.0
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
    def run(self) -> Path:
        """The stage's own folder."""
        return self.root / "run"

    @property
    def state(self) -> Path:
        """The terminal's state folder."""
        return self.run / "state"

    @property
    def centre(self) -> Path:
        """The centre's folder, which the terminal never reads."""
        return self.run / "centre"

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


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a running stage is found. screen, stage: URLs; places: where its files are."""

    screen: str
    stage: str
    places: Places


@asynccontextmanager
async def staged(root: Path, *words: str, online: bool = False) -> AsyncGenerator[Stage]:
    """A stage with a booth until the end of the block, its link to the centre pulled unless `online`.

    words: more for the command line. What it says lies in `root`/said, complaints in `root`/logged.
    """
    places = Places(root)
    places.make()
    link = () if online else ("--offline",)
    with (root / "logged").open("wb") as logged:
        process = await _started(places, logged, *link, *words)
    assert process.stdout is not None
    try:
        said = await _announced(process.stdout, root / "logged")
        screen, stage = ADDRESS.findall(said.decode())
        yield Stage(screen, stage, places)
    finally:
        await _end(process)
    (root / "said").write_bytes(said + await process.stdout.read())


async def _started(places: Places, logged: BinaryIO, *words: str) -> Process:
    command = (sys.executable, "-m", "simulator", "run", "--state", str(places.run), "--port", "0")
    return await asyncio.create_subprocess_exec(
        *command, *words, stdout=PIPE, stderr=logged, cwd=places.root / "work", env=places.environment()
    )


async def _announced(stdout: StreamReader, logged: Path) -> bytes:
    """What the stage says once it serves; AssertionError with its complaints when it does not."""
    try:
        async with asyncio.timeout(START_S):
            return await stdout.readuntil(b"end with Ctrl-C\n")
    except (asyncio.IncompleteReadError, TimeoutError) as error:
        raise AssertionError(f"the stage does not start: {logged.read_text('utf-8', 'replace')}") from error


async def _end(process: Process) -> None:
    """End the stage, which ends its booth; TimeoutError when it does not."""
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(END_S):
            await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
