"""The stage as a process of its own."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

START_LIMIT_S = 30.0
END_LIMIT_S = 15.0
CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a running stage is found. screen, stage: URLs; root: the folder of its files."""

    screen: str
    stage: str
    root: Path

    @property
    def state(self) -> Path:
        """The terminal's state folder."""
        return self.root / "state"


@asynccontextmanager
async def staged(root: Path, *words: str) -> AsyncGenerator[Stage]:
    """A stage with a booth and no link, until the end of the block. words: more for the command line."""
    command = (
        sys.executable,
        "-m",
        "simulator",
        "run",
        "--state",
        str(root),
        "--seed",
        "1",
        "--offline",
        *words,
    )
    process = await asyncio.create_subprocess_exec(
        *command, stdout=PIPE, cwd=CHECKOUT, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    try:
        async with asyncio.timeout(START_LIMIT_S):
            screen, stage = [await _next_url(process) for _ in range(2)]
        yield Stage(screen, stage, root)
    finally:
        await _end(process)


async def _next_url(process: Process) -> str:
    assert process.stdout is not None
    line = (await process.stdout.readline()).decode()
    assert "http://" in line, f"the stage does not start: {line!r}"
    return line.split()[-1]


async def _end(process: Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        async with asyncio.timeout(END_LIMIT_S):
            await process.wait()
    except TimeoutError:
        process.kill()
        await process.wait()
