"""`bench`: the twins of a whole terminal without a booth, whole or broken, for a technician's tools."""

import asyncio
import os
import shutil
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import cast

import numpy as np

from firmware.sealing.keys import DEVICE_KEY_NAME
from simulator.bench_devices import BenchFault, instead_of_module, iris_module, portrait_camera, sensor
from simulator.bench_pty import PtyBench
from simulator.camera_server import serve_camera
from simulator.lamps import SOCKET_VARIABLE, offer_pin_factory
from simulator.lines import Twin
from simulator.live.board import MODULE, Places, PlacesTaken, write_board
from simulator.live.lamp import LampListener
from simulator.live.plugged_module import plugged_module
from simulator.live.run import free_port
from simulator.provisioned import provision
from simulator.scenario import TerminalSetting

MARK = "bench"  # a file that says whose folder it is
SEED = 1

Use = Callable[
    [Places, Path], Awaitable[int]
]  # what is done at a bench with its board file, and its exit code


class NotABench(Exception):
    """The folder is somebody else's."""

    def __init__(self, root: Path) -> None:
        super().__init__(f"{root} holds other things; give --state a folder of its own")


def add_arguments(parser: ArgumentParser) -> None:
    """What `bench` understands."""
    parser.add_argument(
        "--state", type=Path, default=Path(".run/bench"), metavar="DIR", help="folder, made afresh each time"
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        choices=[fault.value for fault in BenchFault],
        help="what is wrong; may be given more than once",
    )
    parser.add_argument(
        "--selftest", action="store_true", help="run the self-test against it, and end as that ends"
    )


def run(arguments: Namespace) -> int:
    """Serve until interrupted, or for one self-test: its exit code; 2 when the folder cannot be had."""
    places = Places(cast("Path", arguments.state).resolve())
    faults = frozenset(BenchFault(name) for name in cast("list[str]", arguments.fault))
    try:
        with places.claimed():
            _lay_out(places)
            return asyncio.run(_run(places, faults, _self_test if arguments.selftest else _wait))
    except (NotABench, PlacesTaken) as refused:
        sys.stderr.write(f"error: {refused}\n")
        return 2


async def _run(places: Places, faults: frozenset[BenchFault], use: Use) -> int:
    async with bench(places, faults) as board:
        return await use(places, board)


async def _wait(places: Places, board: Path) -> int:
    """Say how to use the bench, until interrupted."""
    interrupted = asyncio.Event()
    _when_interrupted(interrupted.set)
    sys.stdout.write(f"{command_line(places, board)}\nend with Ctrl-C\n")
    sys.stdout.flush()
    await interrupted.wait()
    return 0


async def _self_test(places: Places, board: Path) -> int:
    """The self-test's own exit code."""
    process = await asyncio.create_subprocess_exec(
        *_words(board), env={**os.environ, **_variables(places)}, start_new_session=True
    )
    _when_interrupted(process.terminate)
    return await process.wait()


def _when_interrupted(do: Callable[[], None]) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, do)


def command_line(places: Places, board: Path) -> str:
    """What a technician types in another window."""
    variables = (f"{name}={value}" for name, value in _variables(places).items())
    return " ".join((*variables, *_words(board)))


def _variables(places: Places) -> Mapping[str, str]:
    return {"PYTHONPATH": str(places["plugins"]), SOCKET_VARIABLE: str(places["lamps.sock"])}


def _words(board: Path) -> tuple[str, ...]:
    return (sys.executable, "-m", "host_tools", "selftest", str(board))


@asynccontextmanager
async def bench(places: Places, faults: Iterable[BenchFault] = ()) -> AsyncGenerator[Path]:
    """Twins behind ptys and sockets below `places` as long as the block runs; their board file."""
    wrong = frozenset(faults)
    _provision(places, wrong)
    offer_pin_factory(places["plugins"])
    board = write_board(places, free_port(0))
    async with AsyncExitStack() as stack:
        await _serve(places, wrong, stack)
        yield board


async def _serve(places: Places, wrong: frozenset[BenchFault], stack: AsyncExitStack) -> None:
    rng = np.random.default_rng(SEED)
    stack.enter_context(LampListener(places["lamps.sock"]))
    if BenchFault.SENSOR_UNPLUGGED not in wrong:
        await _plug(sensor(wrong, rng), places["sensor"], stack)
    portrait, module = portrait_camera(wrong, rng), iris_module(wrong, rng)
    if BenchFault.PORTRAIT_UNPLUGGED not in wrong:
        await stack.enter_async_context(serve_camera(portrait, places["portrait.sock"]))
    await stack.enter_async_context(serve_camera(module.camera, places["iris.sock"]))
    other = instead_of_module(wrong, rng)
    if other is not None:
        await _plug(other, places[MODULE], stack)
    elif BenchFault.MODULE_UNPLUGGED not in wrong:
        cable = await stack.enter_async_context(plugged_module(module, places[MODULE]))
        await cable.ready()


async def _plug(twin: Twin, link: Path, stack: AsyncExitStack) -> None:
    cable = PtyBench(twin, link=link)
    cable.plug()
    stack.callback(cable.unplug)
    await cable.ready()


def _provision(places: Places, wrong: frozenset[BenchFault]) -> None:
    """A terminal's state folder, but for what is wrong."""
    if BenchFault.STATE_MISSING in wrong:
        return
    key = "expired" if BenchFault.KEY_EXPIRED in wrong else "good"
    provision(places.state, places.centre, TerminalSetting(centre_key=key))
    if BenchFault.IDENTITY_MISSING in wrong:
        (places.state / "identity.toml").unlink()
    if BenchFault.KEY_OPEN in wrong:
        (places.state / "keys" / DEVICE_KEY_NAME).chmod(0o644)


def _lay_out(places: Places) -> None:
    """An empty folder that is marked as a bench's; NotABench for one that is neither empty nor marked."""
    found = list(places.root.iterdir())
    if found and not places[MARK].exists():
        raise NotABench(places.root)
    for path in found:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    places[MARK].touch()
