"""What the adapter for picamera2 holds, and that it lets go."""

import asyncio

import pytest

from hw.camera.frames import CameraSilent
from hw.camera.source import Picamera2Camera
from tests.camera.boards import falls_silent, now_s, pi_camera
from tests.camera.optics import AF_FAILED, Optics
from tests.camera.twin import World


@pytest.fixture
def anyio_backend() -> str:
    """Real time: the adapter has a thread."""
    return "asyncio"


@pytest.fixture
def world() -> World:
    return World()


async def test_nothing_moves_while_it_is_held_and_everything_is_automatic_after_it(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    async with camera.held(20.0) as is_held:
        before = await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
        world.optics.wanted_us, world.optics.wanted_gains = 20_000.0, (1.2, 2.4)
        after = before
        for _ in range(20):
            after = await camera.newest(exposed_after_s=after.exposed_s, timeout_s=10.0)
    assert is_held
    names = ("ExposureTime", "AnalogueGain", "ColourGainRed", "ColourGainBlue", "LensPosition")
    assert [after.metadata[name] for name in names] == [before.metadata[name] for name in names]
    await _becomes(camera, ExposureTime=20_000.0, ColourGainRed=1.2, AeState=2.0, AfState=2.0)
    await camera.close()


async def _becomes(camera: Picamera2Camera, **figures: float) -> None:
    """Frames until the figures are these, within the limit."""
    async with asyncio.timeout(20.0):
        while True:
            frame = await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
            if all(
                frame.metadata[name] == pytest.approx(figure, rel=0.02) for name, figure in figures.items()
            ):
                return


async def test_what_is_held_is_what_had_converged(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    async with camera.held(20.0) as is_held:
        frame = await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
    await camera.close()
    assert is_held
    assert frame.metadata["ExposureTime"] == pytest.approx(9_000, rel=0.02)
    assert frame.metadata["ColourGainRed"] == pytest.approx(2.1, rel=0.02)
    assert frame.metadata["LensPosition"] == pytest.approx(1.8)


async def test_a_focus_that_finds_nothing_goes_where_the_board_file_says() -> None:
    world = World(optics=Optics(focus_ends=AF_FAILED))
    camera = pi_camera(world)
    await camera.open()
    async with camera.held(20.0) as is_held:
        frame = await camera.newest(exposed_after_s=now_s(), timeout_s=10.0)
    await camera.close()
    assert is_held
    assert frame.metadata["LensPosition"] == pytest.approx(1.67)


async def test_light_that_never_settles_is_not_held_and_stays_automatic(world: World) -> None:
    world.optics.wanted_us, world.optics.row_us = 9_000.0, 500.0  # steps too coarse to come near
    camera = pi_camera(world)
    await camera.open()
    async with camera.held(0.3) as is_held:
        pass
    await camera.close()
    assert not is_held
    assert all(not sent.get("ExposureTime") for sent in world.camera.sent)


async def test_a_hold_that_is_cancelled_leaves_the_camera_automatic(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    entered = asyncio.Event()

    async def hold() -> None:
        async with camera.held(20.0):
            entered.set()
            await asyncio.Event().wait()

    holding = asyncio.create_task(hold())
    await entered.wait()
    holding.cancel()
    await asyncio.gather(holding, return_exceptions=True)
    world.optics.wanted_us = 20_000.0
    await _becomes(camera, ExposureTime=20_000.0)
    await camera.close()


async def test_a_camera_that_offers_no_controls_has_nothing_to_hold(world: World) -> None:
    world.controls = ()
    camera = pi_camera(world)
    await camera.open()
    async with camera.held(20.0) as is_held:
        pass
    await camera.close()
    assert is_held
    assert all(sent == {} for sent in world.camera.sent)


async def test_a_hold_without_frames_is_silence(world: World) -> None:
    camera = pi_camera(world)
    await camera.open()
    world.delivers.clear()
    await falls_silent(camera)
    with pytest.raises(CameraSilent):
        async with camera.held(0.2):
            pass
    world.delivers.set()
    await camera.close()
