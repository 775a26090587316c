"""Frames from another process, over a real socket."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.camera.frames import CameraSilent
from hw.camera.protocol import (
    HEAD_BYTES,
)
from hw.camera.stream import StreamCamera
from simulator.automatics import Automatics
from simulator.camera_server import serve_camera
from simulator.cameras import SimulatedCamera
from tests.unit.test_settling_camera import Wall

SHAPE = (48, 32)


class Counting:
    """A scene whose first pixel counts its pictures."""

    def __init__(self, channels: int = 3) -> None:
        self._shape = (*SHAPE, 3) if channels == 3 else SHAPE
        self.pictures = 0

    def picture(self, at_s: float) -> NDArray[np.uint8]:
        del at_s
        self.pictures += 1
        return np.full(self._shape, self.pictures % 256, np.uint8)


@pytest.fixture
def anyio_backend() -> str:
    """Real time: the frames cross a real socket."""
    return "asyncio"


@pytest.fixture
def address(tmp_path: Path) -> Path:
    return tmp_path / "camera.sock"


class Holdable(SimulatedCamera):
    """A simulated camera that says whether it is held, and settles or does not."""

    def __init__(self) -> None:
        super().__init__(Counting(), frames_per_s=100.0)
        self.settles = True
        self.is_held = False
        self.let_go = asyncio.Event()

    @asynccontextmanager
    async def held(self, timeout_s: float) -> AsyncGenerator[bool]:
        self.is_held = self.settles
        try:
            yield self.settles
        finally:
            self.is_held = False
            self.let_go.set()


def _now_s() -> float:
    return asyncio.get_running_loop().time()


@pytest.mark.parametrize("channels", [1, 3])
async def test_frames_arrive_whole_and_newer_each_time(address: Path, channels: int) -> None:
    async with serve_camera(SimulatedCamera(Counting(channels), frames_per_s=100.0), address):
        camera = StreamCamera("test", address, SHAPE)
        await camera.open()
        first = await camera.newest(exposed_after_s=0.0, timeout_s=2.0)
        second = await camera.newest(exposed_after_s=first.exposed_s, timeout_s=2.0)
        await camera.close()
    assert second.exposed_s > first.exposed_s
    assert second.pixels.ndim == (3 if channels == 3 else 2)
    assert int(second.pixels.min()) == int(second.pixels.max()) > int(first.pixels.max())
    assert not second.pixels.flags.writeable
    assert second.metadata["ExposureTime"] > 0


async def test_no_picture_is_made_that_nobody_asks_for(address: Path) -> None:
    scene = Counting()
    async with serve_camera(SimulatedCamera(scene, frames_per_s=200.0), address):
        camera = StreamCamera("test", address, SHAPE)
        await camera.open()
        frame = await camera.newest(exposed_after_s=0.0, timeout_s=2.0)
        await camera.newest(exposed_after_s=frame.exposed_s, timeout_s=2.0)
        await camera.close()
    assert scene.pictures == 2


async def test_a_hold_reaches_the_camera_and_leaving_it_does_too(address: Path) -> None:
    simulated = Holdable()
    async with serve_camera(simulated, address):
        camera = StreamCamera("test", address, SHAPE)
        await camera.open()
        async with camera.held(10.0) as is_held:
            frame = await camera.newest(exposed_after_s=_now_s(), timeout_s=2.0)
            assert simulated.is_held
        async with asyncio.timeout(10.0):
            await simulated.let_go.wait()
        await camera.close()
    assert is_held
    assert frame.pixels.shape == (*SHAPE, 3)


async def test_settings_stay_over_the_wire_though_the_light_changes(address: Path) -> None:
    wall = Wall()
    async with serve_camera(SimulatedCamera(wall, frames_per_s=100.0, control=Automatics(wall)), address):
        camera = StreamCamera("test", address, (4, 3))
        await camera.open()
        async with camera.held(10.0) as is_held:
            last = first = await camera.newest(exposed_after_s=_now_s(), timeout_s=5.0)
            wall.metered_now = replace(wall.metered_now, brightest=0.3)
            for _ in range(20):
                last = await camera.newest(exposed_after_s=last.exposed_s, timeout_s=5.0)
        async with asyncio.timeout(10.0):
            after = last
            while after.metadata["ExposureTime"] == first.metadata["ExposureTime"]:
                after = await camera.newest(exposed_after_s=after.exposed_s, timeout_s=5.0)
        await camera.close()
    assert is_held
    assert last.metadata["ExposureTime"] == first.metadata["ExposureTime"]


async def test_a_camera_that_does_not_settle_is_not_held_and_goes_on(address: Path) -> None:
    simulated = Holdable()
    simulated.settles = False
    async with serve_camera(simulated, address):
        camera = StreamCamera("test", address, SHAPE)
        await camera.open()
        async with camera.held(0.3) as is_held:
            frame = await camera.newest(exposed_after_s=_now_s(), timeout_s=2.0)
        await camera.close()
    assert not is_held
    assert frame.pixels.shape == (*SHAPE, 3)


async def test_a_hold_without_frames_is_silence(address: Path) -> None:
    simulated = Holdable()
    async with serve_camera(simulated, address):
        camera = StreamCamera("test", address, SHAPE)
        await camera.open()
        simulated.stall()
        with pytest.raises(CameraSilent):
            async with camera.held(0.2):
                pass
        await camera.close()


async def test_a_reader_that_hangs_up_lets_go_of_the_camera(address: Path) -> None:
    simulated = Holdable()
    async with serve_camera(simulated, address):
        camera = StreamCamera("test", address, SHAPE)
        await camera.open()
        async with camera.held(10.0):
            await camera.close()
            async with asyncio.timeout(10.0):
                await simulated.let_go.wait()


async def test_an_older_reader_that_knows_no_holding_is_served(address: Path) -> None:
    loop = asyncio.get_running_loop()
    async with serve_camera(Holdable(), address):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
            line.setblocking(False)
            await loop.sock_connect(line, str(address))
            await loop.sock_sendall(line, b"\x01")
            head = bytearray(HEAD_BYTES)
            assert await loop.sock_recv_into(line, head) == HEAD_BYTES
    assert head[:6] == b"TRMF\x01\x03"


async def test_nobody_at_the_address_is_a_silent_camera(address: Path) -> None:
    with pytest.raises(CameraSilent):
        await StreamCamera("test", address, SHAPE).open()


async def test_a_stalled_camera_is_silent_and_comes_back(address: Path) -> None:
    simulated = SimulatedCamera(Counting(), frames_per_s=100.0)
    async with serve_camera(simulated, address):
        camera = StreamCamera("test", address, SHAPE)
        await camera.open()
        simulated.stall()
        with pytest.raises(CameraSilent):
            await camera.newest(exposed_after_s=_now_s(), timeout_s=0.1)
        simulated.resume()
        frame = await camera.newest(exposed_after_s=_now_s(), timeout_s=3.0)
        await camera.close()
    assert frame.pixels.shape == (*SHAPE, 3)


async def test_a_process_that_comes_back_is_found_again(address: Path) -> None:
    camera = StreamCamera("test", address, SHAPE)
    async with serve_camera(SimulatedCamera(Counting(), frames_per_s=100.0), address):
        await camera.open()
        await camera.newest(exposed_after_s=0.0, timeout_s=2.0)
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=_now_s(), timeout_s=0.1)
    async with serve_camera(SimulatedCamera(Counting(), frames_per_s=100.0), address):
        frame = await camera.newest(exposed_after_s=_now_s(), timeout_s=3.0)
    await camera.close()
    assert frame.pixels.shape == (*SHAPE, 3)


@pytest.mark.parametrize("shape", [(47, 32), (48, 33)])
async def test_frames_of_another_size_than_promised_are_never_delivered(
    address: Path, shape: tuple[int, int]
) -> None:
    async with serve_camera(SimulatedCamera(Counting(), frames_per_s=100.0), address):
        camera = StreamCamera("test", address, shape)
        await camera.open()
        with pytest.raises(CameraSilent):
            await camera.newest(exposed_after_s=0.0, timeout_s=0.3)
        await camera.close()


async def test_noise_on_the_socket_is_a_silent_camera_and_no_crash(address: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(address))
        door.listen()
        door.setblocking(False)
        camera = StreamCamera("test", address, SHAPE)
        await camera.open()
        line, _ = await asyncio.get_running_loop().sock_accept(door)
        with line:
            line.send(bytes(range(256)))
            with pytest.raises(CameraSilent):
                await camera.newest(exposed_after_s=0.0, timeout_s=0.2)
        await camera.close()
