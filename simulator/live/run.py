"""`run`: the stage. Twins on real time, their cables into a booth process, and a page to play the world."""

import asyncio
import itertools
import os
import signal
import socket
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import cast

import numpy as np

from firmware.records.samples import FingerPosition
from hw.fingerprint.profiles import R307
from simulator.automatics import Automatics
from simulator.bench_pty import PtyBench
from simulator.camera_server import serve_camera
from simulator.cameras import SimulatedCamera
from simulator.citizen import DEMO_PIN
from simulator.fingerprint.twin import FingerprintTwin
from simulator.lamps import SOCKET_VARIABLE, offer_pin_factory
from simulator.live.audience import Audience
from simulator.live.board import MODULE, Places, PlacesTaken, module_of_terminal_a, write_board
from simulator.live.lamp import LampListener
from simulator.live.plugged_module import plugged_module
from simulator.live.stage_server import StageServer
from simulator.live.supervisor import Supervisor
from simulator.live.ward_link import LinkCable, ward_link
from simulator.live.web_eyes import WebEyes
from simulator.people.eye_scene import EyeScene
from simulator.people.folder import load_person
from simulator.people.person import Person, generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.provisioned import provision
from simulator.scenario import TerminalSetting, load_scenario, scenario_names
from simulator.sitter import FACES, OF_THE_PERSON, OF_THE_PLACE
from simulator.staged_iris import MODULE_SEED, SimulatedIrisModule
from simulator.storage import SimulatedDisk
from simulator.world import Devices, Plug, World

SCREEN_PORT = 8000
HURRIED_S = 0.05
FIRST_SCREEN_S, RETRY_S = 15.0, 0.1


def add_arguments(parser: ArgumentParser) -> None:
    """What `run` understands."""
    parser.add_argument(
        "--state", type=Path, default=Path(".run"), metavar="DIR", help="folder for all its files"
    )
    parser.add_argument(
        "--port",
        type=int,
        default=SCREEN_PORT,
        metavar="N",
        help="of the screen, the stage's is the next; 0 = any",
    )
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the people and the noise")
    parser.add_argument(
        "--hurried", action="store_true", help="an infinitely fast sensor, and people who react at once"
    )
    parser.add_argument(
        "--offline", action="store_true", help="begin with the cable to the centre pulled, as in a village"
    )
    parser.add_argument(
        "--people", type=Path, metavar="DIR", help="people from a folder instead of invented ones"
    )


def run(arguments: Namespace) -> int:
    """Play until interrupted; 2 when another stage plays in that folder."""
    places = Places(cast("Path", arguments.state).resolve())
    try:
        with places.claimed():
            asyncio.run(_run(places, arguments))
    except PlacesTaken as taken:
        sys.stderr.write(f"error: {taken}\n")
        return 2
    return 0


async def _run(places: Places, arguments: Namespace) -> None:
    wanted = cast("int", arguments.port)
    screen_port, stage_port = free_port(wanted), free_port(wanted and wanted + 1)
    rng = np.random.default_rng(cast("int", arguments.seed))
    hurried = cast("bool", arguments.hurried)
    provision(places.state, places.centre, TerminalSetting())
    async with AsyncExitStack() as stack:
        link = await stack.enter_async_context(ward_link(places))
        world = await stack.enter_async_context(_world(places, rng, link.cable, hurried=hurried))
        if cast("bool", arguments.offline):
            world.unplug("link")
        lamp = stack.enter_context(LampListener(places["lamps.sock"]))
        booth = Supervisor("booth", _booth(places, screen_port), _environment(places))
        supervising = asyncio.create_task(booth.run())
        stack.push_async_callback(_cancelled, supervising)
        eyes = partial(WebEyes, "127.0.0.1", screen_port)
        audience = Audience(
            world, _people(arguments), eyes, booth, link.register, HURRIED_S if hurried else None
        )
        stack.push_async_callback(audience.close)
        server = StageServer(
            _offer(screen_port),
            lambda: {**audience.state(), "lamp": lamp.colour, "records": link.records},
            audience.do,
        )
        stage = await stack.enter_async_context(server.serving(stage_port))
        await _served(screen_port)
        _announce(screen_port, stage)
        await _interrupted()


@asynccontextmanager
async def _world(
    places: Places, rng: np.random.Generator, link: LinkCable, *, hurried: bool
) -> AsyncGenerator[World]:
    """Twins and scenes behind two ptys and two sockets."""
    twin = FingerprintTwin(R307, rng.spawn(1)[0])
    bench = PtyBench(twin, is_paced=not hurried, link=places["sensor"])
    portrait, eyes = PortraitScene(rng.spawn(1)[0]), EyeScene(rng.spawn(1)[0])
    module = SimulatedIrisModule(module_of_terminal_a(), eyes, np.random.default_rng(MODULE_SEED))
    camera = SimulatedCamera(portrait, control=Automatics(portrait))
    async with AsyncExitStack() as stack:
        bench.plug()
        stack.callback(bench.unplug)
        cable = await stack.enter_async_context(plugged_module(module, places[MODULE]))
        await stack.enter_async_context(serve_camera(camera, places["portrait.sock"]))
        await stack.enter_async_context(serve_camera(module.camera, places["iris.sock"]))
        iris: dict[str, Plug] = {"iris": module.camera, MODULE: cable}
        plugs = {"fingerprint": bench, "portrait": camera, **iris, "link": link}
        yield World(Devices(twin, portrait, eyes, plugs, SimulatedDisk()), rng.spawn(1)[0])


def _booth(places: Places, screen_port: int) -> list[str]:
    """The command that serves one visit, with a board file that names the stage's devices."""
    return [sys.executable, "-m", "firmware", str(write_board(places, screen_port))]


def _environment(places: Places) -> dict[str, str]:
    offer_pin_factory(places["plugins"])
    here = Path(__file__).parents[2]
    lamps = {SOCKET_VARIABLE: str(places["lamps.sock"]), "PYTHONPATH": f"{places['plugins']}:{here}"}
    return {**os.environ, **lamps}


def _people(arguments: Namespace) -> Callable[[], Person]:
    """The next person at each call: from the folder, over and over, or invented, each another."""
    folder = cast("Path | None", arguments.people)
    if folder is None:
        seeds = itertools.count(cast("int", arguments.seed))
        return lambda: generate_person(next(seeds))
    people = itertools.cycle([load_person(path) for path in sorted(folder.iterdir()) if path.is_dir()])
    return lambda: next(people)


def _offer(screen_port: int) -> dict[str, object]:
    return {
        "screen": f"http://127.0.0.1:{screen_port}/",
        "faces": list(FACES),
        "of_the_person": [[verb, list(words)] for verb, words in OF_THE_PERSON.items()],
        "of_the_place": [[verb, list(words)] for verb, words in OF_THE_PLACE.items()],
        "fingers": [[position.value, position.name.lower().replace("_", " ")] for position in FingerPosition],
        "cables": ["fingerprint", "portrait", "iris", MODULE, "link"],
        "scenarios": [[name, load_scenario(name).description] for name in scenario_names()],
    }


def _announce(screen_port: int, stage: str) -> None:
    lines = (
        f"the citizen's screen: http://127.0.0.1:{screen_port}/",
        f"the stage:            {stage}",
        f"the attendant's PIN:  {DEMO_PIN}",
        "end with Ctrl-C",
    )
    sys.stdout.write("\n".join((*lines, "")))
    sys.stdout.flush()


async def _served(port: int) -> None:
    """Wait until the booth serves its page; one that cannot says why in its log, and the stage goes on."""
    with suppress(TimeoutError):
        async with asyncio.timeout(FIRST_SCREEN_S):
            while not await _listens(port):
                await asyncio.sleep(RETRY_S)


async def _listens(port: int) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.close()
    return True


async def _interrupted() -> None:
    interrupted = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, interrupted.set)
    await interrupted.wait()


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def free_port(wanted: int) -> int:
    """`wanted` when nothing listens there, else any free port."""
    for port in (wanted, 0):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError("no port is free on this machine")
