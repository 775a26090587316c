"""`scenarios`: every scenario, as a CI system runs them."""

import asyncio
import fnmatch
import os
import resource
import shutil
import signal
import sys
import time
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from simulator.scenario import SCENARIOS, scenario_names
from simulator.suite.playing import REPLAY, Settings, play_all
from simulator.suite.results import Result, Results, junit_xml, lines_of

INTERRUPTED = 130  # as a shell says of a command that was interrupted


def add_arguments(parser: ArgumentParser) -> None:
    """What `scenarios` understands."""
    cores = len(os.sched_getaffinity(0))
    parser.add_argument(
        "--match", action="append", metavar="GLOB", help="only scenarios with such a name; may be repeated"
    )
    parser.add_argument("--junit", type=Path, metavar="FILE", help="write the results as JUnit XML")
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help="write a folder DIR/NAME for each scenario that fails"
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of every scenario (default 1)")
    parser.add_argument(
        "--jobs", type=int, default=cores, metavar="N", help=f"scenarios at a time (default {cores})"
    )
    parser.add_argument(
        "--folder", type=Path, default=SCENARIOS, metavar="DIR", help="scenario files other than the built-in"
    )


def run(arguments: Namespace) -> int:
    """Play them; 0 when all ended as they say, 1 when not, 2 when there is nothing to play."""
    names = _names(cast("Path", arguments.folder), cast("list[str] | None", arguments.match))
    if not names:
        sys.stderr.write("error: no scenario has such a name; see simulator/scenarios/\n")
        return 2
    bundles = cast("Path | None", arguments.report)
    settings = Settings(arguments.folder, arguments.seed, max(1, arguments.jobs), bundles)
    if bundles:
        _clear(bundles)
    try:
        results = asyncio.run(_results(names, settings))
    except (KeyboardInterrupt, asyncio.CancelledError):
        sys.stderr.write("interrupted\n")
        return INTERRUPTED
    _write(cast("Path | None", arguments.junit), results)
    sys.stdout.write(results.summary() + "\n")
    return 1 if results.failures else 0


def _names(folder: Path, globs: list[str] | None) -> tuple[str, ...]:
    names = scenario_names(folder)
    return tuple(name for name in names if any(fnmatch.fnmatch(name, glob) for glob in globs or ["*"]))


def _clear(bundles: Path) -> None:
    """Remove what earlier runs left, and nothing else."""
    for file in bundles.glob(f"*/{REPLAY}"):
        shutil.rmtree(file.parent)


async def _results(names: tuple[str, ...], settings: Settings) -> Results:
    task = asyncio.current_task()
    if task is not None:
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    begun_s, begun_cpu_s = time.monotonic(), _cpu_s()
    results = await play_all(names, settings, _say)
    return Results(tuple(results), time.monotonic() - begun_s, _cpu_s() - begun_cpu_s)


def _cpu_s() -> float:
    """What the processes that ended have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _say(result: Result) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines_of(result)))
    sys.stdout.flush()


def _write(file: Path | None, results: Results) -> None:
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(junit_xml(results, datetime.now(UTC)))
