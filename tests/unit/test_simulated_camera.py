"""A simulated camera keeps the promises of FrameSource, in virtual time."""

import asyncio

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.camera.frames import CameraSilent
from simulator.cameras import SimulatedCamera
from simulator.virtual_time import VirtualLoop


class CountingScene:
    """A grey wall that counts how often it was looked at."""

    def __init__(self) -> None:
        self.looks = 0

    def picture(self, at_s: float) -> NDArray[np.uint8]:
        del at_s
        self.looks += 1
        return np.full((4, 3), self.looks, np.uint8)


def now_s() -> float:
    return asyncio.get_running_loop().time()


async def test_the_first_frame_arrives_after_one_period() -> None:
    camera = SimulatedCamera(CountingScene(), frames_per_s=10)
    await camera.open()

    frame = await camera.newest(exposed_after_s=-1.0, timeout_s=1.0)

    assert frame.exposed_s == pytest.approx(0.0)
    assert now_s() == pytest.approx(0.1)


async def test_exposures_lie_on_the_grid_and_after_the_moment_asked_for() -> None:
    camera = SimulatedCamera(CountingScene(), frames_per_s=10)
    await camera.open()

    await asyncio.sleep(0.234)
    frame = await camera.newest(exposed_after_s=now_s(), timeout_s=1.0)

    assert frame.exposed_s == pytest.approx(0.3)
    assert now_s() == pytest.approx(0.4)


async def test_the_newest_frame_wins_and_is_there_at_once() -> None:
    camera = SimulatedCamera(CountingScene(), frames_per_s=10)
    await camera.open()

    await asyncio.sleep(1.25)
    frame = await camera.newest(exposed_after_s=0.0, timeout_s=1.0)

    assert frame.exposed_s == pytest.approx(1.1)
    assert now_s() == pytest.approx(1.25)


async def test_a_picture_is_made_only_for_a_frame_that_is_asked_for() -> None:
    scene = CountingScene()
    camera = SimulatedCamera(scene, frames_per_s=30)
    await camera.open()

    await asyncio.sleep(60.0)
    first = await camera.newest(exposed_after_s=0.0, timeout_s=1.0)
    again = await camera.newest(exposed_after_s=0.0, timeout_s=1.0)

    assert scene.looks == 1
    assert again is first


async def test_frames_are_read_only_and_tell_their_exposure() -> None:
    camera = SimulatedCamera(CountingScene(), frames_per_s=20, exposure_us=5_000.0)
    await camera.open()

    frame = await camera.newest(exposed_after_s=0.0, timeout_s=1.0)

    assert not frame.pixels.flags.writeable
    assert frame.metadata["ExposureTime"] == 5_000.0
    assert frame.metadata["FrameDuration"] == pytest.approx(50_000.0)
    assert {"AnalogueGain", "Lux", "SensorTimestamp"} <= set(frame.metadata)


class CountingLoop(VirtualLoop):
    """Counts how often anybody asks what time it is."""

    looks = 0

    def time(self) -> float:
        self.looks += 1
        return super().time()


async def fifty_frames_in_a_row() -> None:
    camera = SimulatedCamera(CountingScene(), frames_per_s=15)
    await camera.open()
    exposed_s = -1.0
    for _ in range(50):
        exposed_s = (await camera.newest(exposed_after_s=exposed_s, timeout_s=1.0)).exposed_s


def test_each_frame_in_a_row_is_waited_for_once() -> None:
    loop = CountingLoop()

    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(fifty_frames_in_a_row())

    assert loop.looks < 50 * 40


async def test_a_stalled_camera_is_silent_at_the_deadline_and_comes_back() -> None:
    camera = SimulatedCamera(CountingScene(), frames_per_s=10)
    await camera.open()
    await camera.newest(exposed_after_s=-1.0, timeout_s=1.0)

    camera.stall()
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=now_s(), timeout_s=1.5)
    assert now_s() == pytest.approx(1.6)

    camera.resume()
    frame = await camera.newest(exposed_after_s=now_s(), timeout_s=1.5)
    assert frame.exposed_s > 1.6


async def test_a_wait_survives_a_stall_that_ends_in_time() -> None:
    camera = SimulatedCamera(CountingScene(), frames_per_s=10)
    await camera.open()
    camera.stall()
    asyncio.get_running_loop().call_later(0.5, camera.resume)

    frame = await camera.newest(exposed_after_s=0.0, timeout_s=2.0)

    assert frame.exposed_s == pytest.approx(0.5)


async def test_an_unplugged_camera_is_silent_and_does_not_open() -> None:
    camera = SimulatedCamera(CountingScene(), frames_per_s=10)
    await camera.open()
    camera.unplug()

    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=-1.0, timeout_s=0.3)
    await camera.close()
    with pytest.raises(CameraSilent):
        await camera.open()

    camera.plug()
    await camera.open()
    assert (await camera.newest(exposed_after_s=-1.0, timeout_s=0.3)).exposed_s > 0.0


async def test_a_camera_that_is_not_open_delivers_nothing() -> None:
    camera = SimulatedCamera(CountingScene())

    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=-1.0, timeout_s=0.2)

    await camera.open()
    await camera.close()
    await camera.close()
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=-1.0, timeout_s=0.2)
