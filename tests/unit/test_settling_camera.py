"""A simulated camera follows the light and the person before it, says so, and holds still when asked."""

import asyncio
from dataclasses import dataclass, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from hw.camera.frames import CameraSilent, Frame
from simulator.automatics import Automatics
from simulator.cameras import SimulatedCamera
from simulator.people.optics import Metered, Setting

GOOD = Metered(0.85, 0.5, 1.0, 1.0, 0.6)
HELD_BY = ("ExposureTime", "AnalogueGain", "ColourGainRed", "ColourGainBlue", "LensPosition")


@dataclass
class Wall:
    """A wall in some light, which may change; its frames are as bright as they are exposed."""

    metered_now: Metered = GOOD
    trembles: float = 0.0

    def metered(self, at_s: float, exposure_us: float) -> Metered:
        wave = 1.0 + self.trembles * np.sin(2.0 * np.pi * 5.3 * at_s)
        return replace(self.metered_now, brightest=self.metered_now.brightest * wave)

    def exposed(self, at_s: float, setting: Setting) -> NDArray[np.uint8]:
        level = self.metered_now.brightest * setting.exposure
        return np.full((4, 3, 3), min(255, round(200 * level)), np.uint8)

    def picture(self, at_s: float) -> NDArray[np.uint8]:
        return self.exposed(at_s, Setting())


async def frames(camera: SimulatedCamera, count: int, after_s: float = -1.0) -> list[Frame]:
    taken: list[Frame] = []
    for _ in range(count):
        taken.append(await camera.newest(exposed_after_s=after_s, timeout_s=1.0))
        after_s = taken[-1].exposed_s
    return taken


async def settled(wall: Wall) -> SimulatedCamera:
    camera = SimulatedCamera(wall, control=Automatics(wall))
    await camera.open()
    await asyncio.sleep(3.0)
    await frames(camera, 1)
    return camera


async def frames_until_settled(camera: SimulatedCamera) -> int:
    """How many frames say that they search, before one says again that it has converged."""
    states = [frame.metadata["AeState"] for frame in await frames(camera, 40)]
    searching = [number for number, state in enumerate(states) if state == 1.0]
    return searching[-1] - searching[0] + 1


async def test_a_camera_that_was_just_opened_searches_and_then_has_converged() -> None:
    wall = Wall()
    camera = SimulatedCamera(wall, control=Automatics(wall))
    await camera.open()

    taken = [frame.metadata for frame in await frames(camera, 25)]

    assert (taken[0]["AeState"], taken[-1]["AeState"]) == (1.0, 2.0)
    assert taken[-1]["AwbState"] == 2.0
    assert taken[-1]["ExposureTime"] * taken[-1]["AnalogueGain"] == pytest.approx(20_000.0, rel=0.03)


@pytest.mark.parametrize("factor", [0.3, 0.5, 2.0, 3.0])
async def test_a_step_of_the_light_takes_six_to_twelve_frames(factor: float) -> None:
    wall = Wall()
    camera = await settled(wall)

    wall.metered_now = replace(GOOD, brightest=factor * GOOD.brightest)

    assert 6 <= await frames_until_settled(camera) <= 12


async def test_the_picture_is_as_bright_again_after_the_light_fell() -> None:
    wall = Wall()
    camera = await settled(wall)
    before = (await frames(camera, 1))[0].pixels.mean()

    wall.metered_now = replace(GOOD, brightest=0.25 * GOOD.brightest)
    after = [frame.pixels.mean() for frame in await frames(camera, 25)]

    assert after[1] < 0.4 * before
    assert after[-1] == pytest.approx(before, rel=0.03)


async def test_lux_tells_the_light_and_not_the_exposure() -> None:
    wall = Wall()
    camera = await settled(wall)

    wall.metered_now = replace(GOOD, brightest=0.25 * GOOD.brightest, mean=0.25 * GOOD.mean)
    lux = [frame.metadata["Lux"] for frame in await frames(camera, 25)]

    assert lux[0] == pytest.approx(400.0)
    assert lux[2:] == [pytest.approx(100.0)] * 23


async def test_white_balance_follows_the_colour_of_the_light() -> None:
    wall = Wall()
    camera = await settled(wall)
    neutral = (await frames(camera, 1))[0].metadata

    wall.metered_now = replace(GOOD, red=1.4, blue=0.6)
    warm = (await frames(camera, 30))[-1].metadata

    assert warm["ColourTemperature"] < neutral["ColourTemperature"] - 1000
    assert warm["ColourGainRed"] * 1.4 == pytest.approx(neutral["ColourGainRed"], rel=0.02)
    assert warm["AwbState"] == 2.0


async def test_the_lens_searches_when_somebody_comes_closer_and_finds_them() -> None:
    wall = Wall()
    camera = await settled(wall)

    wall.metered_now = replace(GOOD, distance_m=0.25)
    taken = [frame.metadata for frame in await frames(camera, 20)]

    assert {1.0, 2.0} == {each["AfState"] for each in taken}
    assert max(each["LensPosition"] for each in taken) > 4.2
    assert taken[-1]["LensPosition"] == pytest.approx(4.0)
    assert taken[-1]["FocusFoM"] > taken[2]["FocusFoM"]


async def test_a_bare_wall_gives_the_lens_nothing_to_find() -> None:
    camera = await settled(Wall(replace(GOOD, distance_m=None)))

    assert (await frames(camera, 1))[0].metadata["AfState"] == 3.0


async def test_what_is_held_stays_although_the_light_changes_and_is_free_afterwards() -> None:
    wall = Wall()
    camera = await settled(wall)
    async with camera.held(2.0) as is_held:
        before = (await frames(camera, 1))[0].metadata
        wall.metered_now = Metered(0.3, 0.2, 1.3, 0.7, 0.3)
        during = (await frames(camera, 20))[-1].metadata
    after = (await frames(camera, 25))[-1].metadata

    assert is_held
    assert [during[name] for name in HELD_BY] == [before[name] for name in HELD_BY]
    assert all(after[name] != before[name] for name in HELD_BY if name != "ExposureTime")


async def test_a_still_is_exposed_as_the_frames_around_it() -> None:
    camera = await settled(Wall())
    async with camera.held(2.0):
        frame = (await frames(camera, 1))[0]
        still = await camera.still(exposed_after_s=frame.exposed_s, timeout_s=1.0)

    assert still.still is still.pixels
    assert [still.metadata[name] for name in HELD_BY] == [frame.metadata[name] for name in HELD_BY]


async def test_a_light_that_never_settles_cannot_be_held() -> None:
    camera = await settled(Wall(trembles=0.4))
    began_s = asyncio.get_running_loop().time()

    async with camera.held(1.5) as is_held:
        assert not is_held

    assert asyncio.get_running_loop().time() - began_s == pytest.approx(1.5, abs=0.1)


async def test_a_camera_without_frames_cannot_be_held_and_says_so() -> None:
    camera = await settled(Wall())
    await asyncio.sleep(0.5)
    camera.stall()
    await asyncio.sleep(0.5)

    with pytest.raises(CameraSilent):
        async with camera.held(1.0):
            pass


async def test_all_metadata_are_numbers_under_the_names_of_libcamera() -> None:
    camera = await settled(Wall())

    metadata = (await frames(camera, 1))[0].metadata

    assert all(isinstance(value, float | int) for value in metadata.values())
    assert {*HELD_BY, "Lux", "FocusFoM", "AfState", "AeState", "AwbState", "SensorTimestamp"} <= set(metadata)


async def test_a_camera_that_is_opened_anew_begins_to_search_anew() -> None:
    wall = Wall()
    camera = await settled(wall)
    await camera.close()

    await camera.open()

    assert (await frames(camera, 1))[0].metadata["AeState"] == 1.0
