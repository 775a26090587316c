"""The place for portraits without a person: what is wrong with it is named for who can mend it."""

from collections.abc import Callable

import numpy as np
import pytest

from firmware.health.findings import FaultCode
from firmware.health.scene import SceneJudge, SceneWatch
from firmware.stations import installed_faces, scene_judge
from simulator.automatics import Automatics
from simulator.cameras import SimulatedCamera
from simulator.people.backdrops import Backdrop
from simulator.people.lighting import Lamp
from simulator.people.person import generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.pose import Pose
from tests.scripted import CLOCK, WORKERS, Pixels


@pytest.fixture(scope="module")
def judge() -> SceneJudge:
    return scene_judge(installed_faces())


def place() -> PortraitScene:
    return PortraitScene(np.random.default_rng(1))


def good(scene: PortraitScene) -> Pixels:
    return scene.picture(0.0)


def dark(scene: PortraitScene) -> Pixels:
    scene.light = 0.1
    return scene.picture(0.0)


def one_sided(scene: PortraitScene) -> Pixels:
    scene.side_light = 0.6
    return scene.picture(0.0)


def busy(scene: PortraitScene) -> Pixels:
    scene.backdrop = Backdrop.BUSY
    return scene.picture(0.0)


def tinted(scene: PortraitScene) -> Pixels:
    return (scene.picture(0.0) * np.array([1.0, 0.9, 0.7])).astype(np.uint8)


def dazzling(scene: PortraitScene) -> Pixels:
    return np.full_like(scene.picture(0.0), 255)


@pytest.mark.parametrize(
    ("seen", "fault"),
    [
        (good, None),
        (dark, FaultCode.PORTRAIT_LAMP_DARK),
        (one_sided, FaultCode.PORTRAIT_LIGHT_UNEVEN),
        (busy, FaultCode.PORTRAIT_BACKDROP),
        (tinted, FaultCode.PORTRAIT_COLOUR_CAST),
        (dazzling, FaultCode.PORTRAIT_LIGHT_STRONG),
    ],
    ids=["good", "dark", "one sided", "busy", "tinted", "dazzling"],
)
def test_each_fault_of_the_place_has_its_code(
    judge: SceneJudge, seen: Callable[[PortraitScene], Pixels], fault: FaultCode | None
) -> None:
    scene = judge.look(seen(place()))
    assert scene is not None
    assert scene.fault is fault
    assert {figure.name for figure in scene.figures} == {"light", "one-sided", "cast", "backdrop"}


@pytest.mark.parametrize("pose", [Pose(), Pose(distance_m=1.3), Pose(yaw_deg=25.0)])
def test_a_place_with_somebody_in_it_is_not_judged(judge: SceneJudge, pose: Pose) -> None:
    scene = place()
    scene.person, scene.pose, scene.light = generate_person(1), pose, 0.9
    assert judge.look(scene.picture(0.0)) is None


async def test_a_camera_that_is_silent_says_nothing_of_the_place(judge: SceneJudge) -> None:
    camera = SimulatedCamera(place())
    await camera.open()
    camera.stall()
    assert await SceneWatch(camera, judge, WORKERS, CLOCK).look() is None


async def test_a_look_takes_a_frame_that_is_exposed_now(judge: SceneJudge) -> None:
    scene = place()
    camera = SimulatedCamera(scene)
    await camera.open()
    await CLOCK.sleep(1.0)
    scene.light = 0.1
    seen = await SceneWatch(camera, judge, WORKERS, CLOCK).look()
    assert seen is not None
    assert seen.fault is FaultCode.PORTRAIT_LAMP_DARK


async def test_a_dead_lamp_is_told_by_its_lux_although_exposure_hides_it(judge: SceneJudge) -> None:
    scene = place()
    camera = SimulatedCamera(scene, control=Automatics(scene))
    await camera.open()
    await CLOCK.sleep(3.0)
    lit = await SceneWatch(camera, judge, WORKERS, CLOCK).look()

    scene.lamp = Lamp.DEAD
    for _ in range(30):
        await camera.newest(exposed_after_s=CLOCK.elapsed_s(), timeout_s=1.0)
    dark = await SceneWatch(camera, judge, WORKERS, CLOCK).look()

    assert lit is not None
    assert dark is not None
    assert (lit.fault, dark.fault) == (None, FaultCode.PORTRAIT_LAMP_DARK)
