"""The adapter for picamera2 when its camera stalls, vanishes or sticks."""

import asyncio

import pytest

from hw.camera.frames import CameraSilent
from hw.camera.source import Picamera2Camera
from hw.camera.thread import REOPEN_LIMIT
from hw.faults import DeviceFault
from tests.camera.boards import PORTRAIT_BOARD, falls_silent, now_s, pi_camera
from tests.camera.twin import World


@pytest.fixture
def anyio_backend() -> str:
    """Real time: the adapter has a thread."""
    return "asyncio"


@pytest.fixture
def world() -> World:
    return World()


async def test_a_stall_is_silence_then_the_camera_is_opened_again(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    world.delivers.clear()
    await falls_silent(camera)
    world.delivers.set()
    frame = await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
    await camera.close()
    assert frame.pixels.shape == (160, 120, 3)
    assert len(world.opened) > 1
    assert not any(camera.is_open for camera in world.opened)


async def test_a_camera_that_is_back_only_later_is_found(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    world.refusals += [RuntimeError("Camera frontend has timed out")] * 3
    world.delivers.clear()
    await falls_silent(camera)
    world.delivers.set()
    await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
    await camera.close()
    assert world.refusals == []


async def test_a_camera_that_never_comes_back_is_given_up_until_it_is_opened(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    world.refusals += [RuntimeError("Camera frontend has timed out")] * REOPEN_LIMIT
    world.delivers.clear()
    async with asyncio.timeout(20.0):
        while world.refusals:
            with pytest.raises(CameraSilent):
                await camera.newest(exposed_after_s=now_s() + 1.0, timeout_s=0.05)
    world.delivers.set()
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=now_s(), timeout_s=0.2)
    await camera.open()
    await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
    await camera.close()


async def test_a_hold_outlasts_a_stall(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    async with camera.held(20.0):
        held = await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
        world.optics.wanted_us = 20_000.0
        world.delivers.clear()
        await falls_silent(camera)
        world.delivers.set()
        frame = await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
    await camera.close()
    assert len(world.opened) > 1
    assert frame.metadata["ExposureTime"] == held.metadata["ExposureTime"]


async def test_every_buffer_goes_back_to_thepi_camera(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    for _ in range(12):
        await camera.still(exposed_after_s=now_s(), timeout_s=10.0)
    await camera.close()
    assert world.camera.lent == 0
    assert not any(allocator.is_open for allocator in world.allocators)
    assert len(world.opened) == 1


async def test_closing_is_bounded_when_the_driver_is_stuck(world: World) -> None:
    camera = pi_camera(world, close_limit_s=0.2)
    await camera.open()
    world.may_close.clear()
    begun_s = now_s()
    await camera.close()
    await camera.close()
    assert now_s() < begun_s + 1.0
    with pytest.raises(DeviceFault):
        await camera.open()
    world.may_close.set()


async def test_a_closing_that_is_interrupted_is_waited_for_by_the_next(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    world.may_close.clear()
    interrupted = asyncio.create_task(camera.close())
    await asyncio.wait({interrupted}, timeout=0.1)
    interrupted.cancel()
    await asyncio.gather(interrupted, return_exceptions=True)
    closing = asyncio.create_task(camera.close())
    closed, _ = await asyncio.wait({closing}, timeout=0.1)
    world.may_close.set()
    await closing
    await camera.open()
    await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
    await camera.close()
    assert not closed
    assert len(world.opened) == 2


async def test_a_closed_camera_opens_again_and_keeps_no_old_frame(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=0.0, timeout_s=0.05)
    await camera.open()
    await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    assert len(world.opened) == 2


async def test_a_machine_without_picamera2_says_what_to_install() -> None:
    with pytest.raises(DeviceFault, match="apt install python3-picamera2"):
        await Picamera2Camera("portrait", PORTRAIT_BOARD).open()
