"""A simulated citizen before the portrait camera reads the screen and moves, again when a hint stays."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from hw.fingerprint.profiles import R307
from simulator.behaviour import Behaviour, Seen
from simulator.cameras import SimulatedCamera
from simulator.citizen import Citizen
from simulator.fingerprint.twin import FingerprintTwin
from simulator.people.eye_scene import EyeScene
from simulator.people.master import PortraitMaster
from simulator.people.person import generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.pose import Pose
from simulator.storage import SimulatedDisk
from simulator.world import Devices, World, WrongCommand

LOOK = Seen("portrait", "portrait_look", target="portrait")
BACK = replace(LOOK, hint="face_back")
ENDED = Seen("ended", "gone")


class Screen:
    """simulator.citizen.Eyes that see what is shown, each view once."""

    def __init__(self) -> None:
        self._views: asyncio.Queue[Seen] = asyncio.Queue()

    def show(self, seen: Seen) -> None:
        self._views.put_nowait(seen)

    async def look(self) -> Seen:
        return await self._views.get()

    def say(self, kind: str, value: str = "") -> None:
        raise AssertionError((kind, value))


def faceless(pose: Pose) -> PortraitMaster:
    del pose
    return PortraitMaster(np.zeros((40, 40, 4), np.uint8), (20.0, 20.0), 200.0)


@pytest.fixture
def scene() -> PortraitScene:
    return PortraitScene(np.random.default_rng(1), (320, 240))


@pytest.fixture
def world(scene: PortraitScene) -> World:
    rng = np.random.default_rng(1)
    camera = SimulatedCamera(scene)
    twins = Devices(FingerprintTwin(R307, rng), scene, EyeScene(rng), {"portrait": camera}, SimulatedDisk())
    return World(twins, rng)


def citizen(world: World, screen: Screen, behaviour: Behaviour) -> Citizen:
    person = replace(generate_person(1), portrait=faceless)
    return Citizen(person, world, screen, behaviour, np.random.default_rng(2))


async def test_a_hint_is_acted_upon_after_a_human_delay(world: World, scene: PortraitScene) -> None:
    screen = Screen()
    living = asyncio.create_task(citizen(world, screen, Behaviour()).live())
    screen.show(LOOK)
    await asyncio.sleep(3.0)

    screen.show(BACK)
    await asyncio.sleep(0.6)
    assert scene.pose.distance_m == 0.6
    await asyncio.sleep(1.4)
    assert scene.pose.distance_m > 0.65

    screen.show(ENDED)
    await living


async def test_a_hint_that_stays_is_heeded_again(world: World, scene: PortraitScene) -> None:
    screen = Screen()
    living = asyncio.create_task(citizen(world, screen, Behaviour()).live())
    screen.show(BACK)

    distances: list[float] = []
    for _ in range(10):
        await asyncio.sleep(1.0)
        distances.append(scene.pose.distance_m)

    assert len(set(distances)) >= 3
    assert distances == sorted(distances)
    screen.show(ENDED)
    await living


async def test_who_has_a_list_of_faces_takes_one_a_hint_and_no_more(
    world: World, scene: PortraitScene
) -> None:
    screen = Screen()
    faces = ("too_close", "turned", "good")
    living = asyncio.create_task(citizen(world, screen, Behaviour(faces=faces)).live())
    screen.show(BACK)
    await asyncio.sleep(10.0)

    assert scene.pose.yaw_deg == 25.0
    screen.show(ENDED)
    await living


async def test_a_turn_is_made_when_it_is_asked_for(world: World, scene: PortraitScene) -> None:
    screen = Screen()
    living = asyncio.create_task(citizen(world, screen, Behaviour()).live())
    screen.show(replace(LOOK, instruction="portrait_turn"))
    yaws: list[float] = []
    for _ in range(60):
        await asyncio.sleep(0.1)
        yaws.append(abs(scene.movement.pose(asyncio.get_running_loop().time()).yaw_deg))

    assert max(yaws) >= 15.0
    assert yaws[-1] < 6.0
    screen.show(ENDED)
    await living


async def test_a_camera_stalls_and_goes_on_at_a_word(world: World) -> None:
    world.do("stall portrait")
    world.do("resume portrait")

    with pytest.raises(WrongCommand):
        world.do("stall fingerprint")
    with pytest.raises(WrongCommand, match="backdrop"):
        world.do("dance")
