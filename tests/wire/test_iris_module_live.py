"""The iris module as the stage serves it: a pty for its line, a socket for its camera, in real time."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from firmware.booth import light_device
from firmware.capture.iris_light import Shown, Strobed
from firmware.clock import SystemClock
from firmware.records.samples import EyeSide
from hw.camera.stream import StreamCamera
from hw.faults import DeviceFault
from simulator.bench_pty import PtyBench
from simulator.camera_server import serve_camera
from simulator.live.board import module_of_terminal_a
from simulator.live.plugged_module import plugged_module
from simulator.people.eye_optics import FRAME
from simulator.people.eye_scene import EyeScene
from simulator.people.eyes import eye_master
from simulator.staged_iris import SimulatedIrisModule

CLOCK = SystemClock()
FRAME_LIMIT_S = 5.0  # of a frame on a busy machine


@pytest.fixture
def anyio_backend() -> str:
    """Ptys and sockets need a real loop."""
    return "asyncio"


@dataclass(frozen=True, slots=True)
class Place:
    """An eye before a camera and its light, as a booth opens them."""

    frames: Strobed
    cable: PtyBench

    async def mean(self) -> float:
        """Of the next lit frame."""
        shown = await self.frames.newest(CLOCK.elapsed_s(), FRAME_LIMIT_S)
        assert isinstance(shown, Shown)
        return float(shown.frame.pixels.mean())


@asynccontextmanager
async def staged(folder: Path) -> AsyncGenerator[Place]:
    board = module_of_terminal_a()
    eyes = EyeScene(np.random.default_rng(9), blinks=False)
    eyes.present(eye_master(np.random.default_rng(1), EyeSide.RIGHT))
    module = SimulatedIrisModule(board, eyes, np.random.default_rng(2))
    camera = StreamCamera("iris", folder / "iris.sock", FRAME)
    light = light_device(replace(board, port=str(folder / "module")))
    async with (
        plugged_module(module, folder / "module") as cable,
        serve_camera(module.camera, folder / "iris.sock"),
    ):
        await cable.ready()
        await camera.open()
        frames = Strobed(camera, light, CLOCK)
        yield Place(frames, cable)
        frames.close()
        await camera.close()


async def test_frames_from_a_socket_pair_with_strobes_from_a_pty(tmp_path: Path) -> None:
    async with staged(tmp_path) as place, place.frames.lit():
        means = [await place.mean() for _ in range(12)]

    assert min(means) > 0.8 * max(means)


async def test_a_cable_that_is_pulled_is_a_fault_and_put_back_it_lights_again(tmp_path: Path) -> None:
    async with staged(tmp_path) as place:
        with pytest.raises(DeviceFault):
            await _pulled_while_lit(place)
        with pytest.raises(DeviceFault):
            await place.frames.reopen()
        place.cable.plug()
        await place.cable.ready()
        await place.frames.reopen()
        async with place.frames.lit():
            assert await place.mean() > 0


async def _pulled_while_lit(place: Place) -> None:
    async with place.frames.lit():
        await place.mean()
        place.cable.unplug()
        await asyncio.Event().wait()
