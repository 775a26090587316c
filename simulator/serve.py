"""`serve`: one twin behind a pseudo-terminal, or a centre on loopback, until it is interrupted."""

import asyncio
import signal
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import cast

import cv2
import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.profiles import PROFILES
from simulator.centre import serving as centre
from simulator.fingerprint.mishaps import NAMES as FAULTS
from simulator.fingerprint.mishaps import UnknownFault, mishaps
from simulator.fingerprint.served import ServedSensor
from simulator.iris_module import ModuleBoard, iris_module
from simulator.iris_module_faults import NAMES as MODULE_FAULTS
from simulator.iris_module_faults import RESETS, UnknownModuleFault, damage_of, world_of
from simulator.lossy_cable import lossy_cable
from simulator.people.fingerprints import finger_master

SEED = 1


def add_arguments(parser: ArgumentParser) -> None:
    """What `serve` understands."""
    parser.add_argument(
        "device", choices=["fingerprint", "iris-module", "centre"], help="which twin, or the centre"
    )
    parser.add_argument("--profile", choices=sorted(PROFILES), default="r307", help="model of the device")
    parser.add_argument("--unpaced", action="store_true", help="answer without pauses, faster than any wire")
    parser.add_argument(
        "--image",
        type=Path,
        metavar="FILE",
        help="the finger, at 500 ppi, of which plate and grey levels of the model show a part "
        "(default: an invented one)",
    )
    parser.add_argument("--link", type=Path, metavar="PATH", help="a name for the sensor's changing path")
    parser.add_argument(
        "--seed", type=int, default=SEED, metavar="N", help="of chance (default: %(default)s)"
    )
    parser.add_argument(
        "--fault",
        action="append",
        default=[],
        metavar="NAME[@PACKET]",
        help=f"what goes wrong, as often as wanted: {', '.join(FAULTS)}; at that packet of the first image, "
        "where 0 is the acknowledgement, or without @PACKET again and again; "
        f"of an iris module: {', '.join(MODULE_FAULTS)}",
    )
    _add_centre_arguments(parser)


def _add_centre_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path(".run/centre"),
        metavar="DIR",
        help="the centre's keys, as `host_tools keys` makes them, and its data (default: %(default)s)",
    )
    parser.add_argument(
        "--port", type=int, default=0, metavar="N", help="of the centre (default: a free one)"
    )


def run(arguments: Namespace) -> int:
    """Serve; 0 after an interrupt, 2 when there is no such picture or fault."""
    if arguments.device == "iris-module":
        return _run_iris_module(arguments)
    if arguments.device == "centre":
        return centre.run(cast("Path", arguments.folder), cast("int", arguments.port))
    return _run_fingerprint(arguments)


def _run_fingerprint(arguments: Namespace) -> int:
    finger = _finger(cast("Path | None", arguments.image))
    if finger is None:
        sys.stderr.write(f"error: {arguments.image} is not a picture; give a PNG, JPEG, BMP or TIFF file\n")
        return 2
    rng = np.random.default_rng(cast("int", arguments.seed))
    try:
        asked = mishaps(cast("list[str]", arguments.fault), rng.spawn(1)[0])
    except UnknownFault as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    sensor = ServedSensor(PROFILES[cast("str", arguments.profile)], rng, asked, finger)
    asyncio.run(_serve(sensor, is_paced=not arguments.unpaced, link=cast("Path | None", arguments.link)))
    return 0


async def _serve(sensor: ServedSensor, *, is_paced: bool, link: Path | None) -> None:
    """Print the path when the twin listens, then wait for SIGINT or SIGTERM."""
    interrupted = _interruption()
    bench = sensor.bench(is_paced=is_paced, link=link)
    path = bench.plug()
    await bench.ready()
    disturbing = asyncio.create_task(sensor.disturb(bench))
    _tell(path)
    try:
        await interrupted.wait()
    finally:
        disturbing.cancel()
        bench.unplug()


def _run_iris_module(arguments: Namespace) -> int:
    names = cast("list[str]", arguments.fault)
    try:
        world = world_of(names)
    except UnknownModuleFault as error:
        sys.stderr.write(f"error: {error}\n")
        return 2
    rng = np.random.default_rng(cast("int", arguments.seed))
    asyncio.run(_serve_iris_module(names, world, rng))
    return 0


async def _serve_iris_module(names: list[str], world: dict[str, int], rng: np.random.Generator) -> None:
    """Print the path of the module's own program under MicroPython, then wait for SIGINT or SIGTERM."""
    interrupted = _interruption()
    damage = damage_of(names, rng)
    async with iris_module(settings=world) as (path, board), lossy_cable(path, damage) as lossy_path:
        _tell(lossy_path)
        resetting = asyncio.create_task(_reset(board, [RESETS[name] for name in names if name in RESETS]))
        await interrupted.wait()
        resetting.cancel()


async def _reset(board: ModuleBoard, every_s: list[float]) -> None:
    """Take its power away again and again, if that was asked."""
    while every_s:
        await asyncio.sleep(every_s[0])
        board.signal(signal.SIGKILL)


def _interruption() -> asyncio.Event:
    """Set by SIGINT and SIGTERM."""
    interrupted = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, interrupted.set)
    return interrupted


def _tell(path: Path) -> None:
    sys.stdout.write(f"{path}\n")
    sys.stdout.flush()


def _finger(file: Path | None) -> NDArray[np.uint8] | None:
    """The picture in `file`, or an invented finger without one; None when it cannot be read."""
    if file is None:
        return finger_master(np.random.default_rng(SEED))
    picture = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    return None if picture is None else picture.astype(np.uint8, copy=False)
