"""Scenarios in parallel: each is one `visit` command of its own, so that none can stop another."""

import asyncio
import json
import os
import shlex
import shutil
import sys
import tempfile
from asyncio.subprocess import DEVNULL, STDOUT, Process
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from simulator.scenario import SCENARIOS
from simulator.suite.results import Result

CHECKOUT = Path(__file__).parents[2]
VISIT_LIMIT_S = 600.0  # of a process that neither ends nor uses CPU; many share a slow machine
MOST_SAID = 20_000  # characters of a process's last words that are kept
REPLAY = "replay.txt"
OUTPUT = "output.txt"
ONE_THREAD = {"OPENCV_FOR_THREADS_NUM": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Settings:
    """How scenarios are played. folder: of their files. bundles: where failures leave theirs, or nowhere."""

    folder: Path
    seed: int
    jobs: int
    bundles: Path | None


async def play_all(names: tuple[str, ...], settings: Settings, say: Callable[[Result], None]) -> list[Result]:
    """Every scenario; each result is said in the order of `names`, as soon as all before it are known."""
    free = asyncio.Semaphore(settings.jobs)
    results: list[Result] = []
    async with asyncio.TaskGroup() as playing:
        tasks = [playing.create_task(_in_turn(free, name, settings)) for name in names]
        for task in tasks:
            results.append(await task)
            say(results[-1])
    return results


def replay_words(name: str, settings: Settings) -> list[str]:
    """The command that plays one scenario again, from the root of the checkout."""
    scenario = name if settings.folder == SCENARIOS else str(settings.folder.resolve() / f"{name}.toml")
    python = os.path.relpath(sys.executable, CHECKOUT)
    words = [python if not python.startswith("..") else sys.executable, "-m", "simulator", "visit"]
    return [*words, "--scenario", scenario, "--seed", str(settings.seed)]


async def _in_turn(free: asyncio.Semaphore, name: str, settings: Settings) -> Result:
    async with free:
        with tempfile.TemporaryDirectory(prefix="tram-scenario-") as folder:
            return await _play(name, settings, Path(folder))


async def _play(name: str, settings: Settings, folder: Path) -> Result:
    loop = asyncio.get_running_loop()
    words, begun_s = replay_words(name, settings), loop.time()
    exit_code = await _exit_code([*words, "--report", str(folder)], folder / OUTPUT)
    result = _judged(name, loop.time() - begun_s, exit_code, folder, shlex.join(words))
    if result.is_good or settings.bundles is None:
        return result
    return _kept(result, folder, settings.bundles / name)


async def _exit_code(words: list[str], output: Path) -> int | None:
    """Run to the end; None when the limit came first."""
    async with _process(words, output) as process:
        try:
            return await asyncio.wait_for(process.wait(), VISIT_LIMIT_S)
        except TimeoutError:
            return None


@asynccontextmanager
async def _process(words: list[str], output: Path) -> AsyncGenerator[Process]:
    """A process that does not outlive the block; Ctrl-C is the business of this process alone."""
    with output.open("wb") as said:
        process = await asyncio.create_subprocess_exec(
            *words,
            stdin=DEVNULL,
            stdout=said,
            stderr=STDOUT,
            cwd=CHECKOUT,
            env={**os.environ, **ONE_THREAD},
            start_new_session=True,
        )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _judged(name: str, duration_s: float, exit_code: int | None, folder: Path, replay: str) -> Result:
    """What the process left behind: its JSON, or, when it died before, its last words."""
    document = folder / "visits.json"
    if document.exists() and exit_code in {0, 1}:
        visits: list[Json] = json.loads(document.read_text("utf-8"))["visits"]
        complaints = tuple(complaint for visit in visits for complaint in visit["complaints"])
        return Result(name, duration_s, complaints, "".join(visit["crash"] for visit in visits), replay)
    said = (folder / OUTPUT).read_text("utf-8", "replace")[-MOST_SAID:]
    how = f"took more than {VISIT_LIMIT_S:.0f} s" if exit_code is None else f"ended with {exit_code}"
    return Result(name, duration_s, (f"the process {how}",), said or "it said nothing", replay)


def _kept(result: Result, folder: Path, bundle: Path) -> Result:
    """Everything of a failure, in its bundle."""
    (folder / REPLAY).write_text(result.replay + "\n", "utf-8")
    shutil.copytree(folder, bundle)
    return replace(result, bundle=bundle)
