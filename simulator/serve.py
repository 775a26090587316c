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
from simulator.bench_pty import PtyBench
from simulator.centre import serving as centre
from simulator.fingerprint.twin import FingerprintTwin
from simulator.iris_module import iris_module
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
        help="the finger on the plate, at 500 ppi (default: an invented one)",
    )
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
    """Serve; 0 after an interrupt, 2 when the picture cannot be read."""
    if arguments.device == "iris-module":
        asyncio.run(_serve_iris_module())
        return 0
    if arguments.device == "centre":
        return centre.run(cast("Path", arguments.folder), cast("int", arguments.port))
    finger = _finger(cast("Path | None", arguments.image))
    if finger is None:
        sys.stderr.write(f"error: {arguments.image} is not a picture; give a PNG, JPEG, BMP or TIFF file\n")
        return 2
    profile = PROFILES[cast("str", arguments.profile)]
    twin = FingerprintTwin(profile, np.random.default_rng(SEED), noise_levels=0.0)
    twin.present(finger)
    asyncio.run(_serve(PtyBench(twin, is_paced=not arguments.unpaced)))
    return 0


async def _serve(bench: PtyBench) -> None:
    """Print the path when the twin listens, then wait for SIGINT or SIGTERM."""
    interrupted = _interruption()
    path = bench.plug()
    await bench.ready()
    _tell(path)
    try:
        await interrupted.wait()
    finally:
        bench.unplug()


async def _serve_iris_module() -> None:
    """Print the path of the module's own program under MicroPython, then wait for SIGINT or SIGTERM."""
    interrupted = _interruption()
    async with iris_module() as (path, _):
        _tell(path)
        await interrupted.wait()


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
