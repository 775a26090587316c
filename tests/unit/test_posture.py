"""A simulated person before the camera does what hints say, as well as people can."""

import asyncio
from dataclasses import replace

import numpy as np
import pytest

from simulator.behaviour import Behaviour
from simulator.people.lighting import Lamp
from simulator.people.master import PortraitMaster
from simulator.people.paper import Paper
from simulator.people.person import generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.pose import Glasses, Pose, Scarf
from simulator.posture import Posture
from simulator.sitter import Sitter

SHAPE = (320, 240)
SETTLED_S = 2.0


def faceless(pose: Pose) -> PortraitMaster:
    del pose
    return PortraitMaster(np.zeros((40, 40, 4), np.uint8), (20.0, 20.0), 200.0)


def before_the_camera(behaviour: Behaviour, seed: int = 1) -> tuple[PortraitScene, Posture]:
    rng = np.random.default_rng(seed)
    scene = PortraitScene(rng, SHAPE)
    sitter = Sitter(scene, rng)
    sitter.come(replace(generate_person(seed), portrait=faceless))
    posture = Posture(sitter, behaviour, rng)
    posture.begin()
    return scene, posture


def sitter_of(scene: PortraitScene) -> Sitter:
    return Sitter(scene, np.random.default_rng(5))


async def test_people_begin_anywhere_and_each_elsewhere() -> None:
    poses = [before_the_camera(Behaviour(stands="anywhere"), seed)[0].pose for seed in range(30)]

    assert len({pose.distance_m for pose in poses}) == 30
    assert np.ptp([pose.distance_m for pose in poses]) > 0.3
    assert np.std([pose.yaw_deg for pose in poses]) > 2.0


async def test_the_same_seed_stands_in_the_same_place() -> None:
    one, same = (before_the_camera(Behaviour(stands="anywhere"), 4)[0].pose for _ in range(2))

    assert one == same


async def test_a_step_back_is_a_step_and_back() -> None:
    scene, posture = before_the_camera(Behaviour())

    posture.heed("face_back")

    assert 1.1 < scene.pose.distance_m / 0.6 < 1.4
    assert scene.movement.takes_s > 0.3


async def test_who_went_too_far_steps_less_far_the_next_time() -> None:
    scene, posture = before_the_camera(Behaviour())
    distances = [0.6]
    for hint in ("face_back", "face_closer", "face_back", "face_closer"):
        posture.heed(hint)
        distances.append(scene.pose.distance_m)

    steps = np.abs(np.diff(np.log(distances)))
    assert steps[0] > 2.0 * steps[-1]


@pytest.mark.parametrize(
    ("hint", "off"),
    [
        ("face_centre", Pose(shift=(0.10, 0.08))),
        ("face_upright", Pose(roll_deg=14.0)),
        ("face_straight", Pose(yaw_deg=20.0, pitch_deg=-12.0)),
        ("face_show", Pose(shift=(0.5, 0.0))),
    ],
)
@pytest.mark.parametrize("seed", range(5))
async def test_a_hint_takes_most_of_a_fault_away_but_not_quite_all(hint: str, off: Pose, seed: int) -> None:
    scene, posture = before_the_camera(Behaviour(), seed)
    scene.pose = off

    posture.heed(hint)

    def fault(pose: Pose) -> float:
        return float(np.hypot(*pose.shift) + abs(pose.roll_deg) + abs(pose.yaw_deg) + abs(pose.pitch_deg))

    assert 0.0 < fault(scene.pose) < 0.5 * fault(off)


async def test_a_hint_that_nobody_knows_changes_nothing() -> None:
    scene, posture = before_the_camera(Behaviour())
    before = scene.movement

    posture.heed("face_light")
    posture.heed("something_new")

    assert scene.movement is before


async def test_glasses_come_off_only_when_they_are_spoken_of() -> None:
    scene, posture = before_the_camera(Behaviour(glasses="glare"))
    posture.heed("face_straight")
    assert scene.pose.glasses is Glasses.GLARE

    posture.heed("face_glasses")

    assert scene.pose.glasses is Glasses.OFF


async def test_who_smiles_stops_at_the_second_hint() -> None:
    scene, posture = before_the_camera(Behaviour(smiles_for_hints=2))
    smiles = [scene.pose.smile]
    for _ in range(2):
        posture.heed("face_neutral")
        smiles.append(scene.pose.smile)

    assert smiles == [1.0, 1.0, 0.0]


async def test_a_blinker_blinks_less_after_the_hint() -> None:
    scene, posture = before_the_camera(Behaviour(blink_every_s=0.8))

    posture.heed("face_eyes")

    assert scene.life.blink_every_s > 2.0


@pytest.mark.parametrize("hint", ["face_alone", "face_alone_child"])
async def test_others_step_aside_when_they_are_asked_to(hint: str) -> None:
    scene, posture = before_the_camera(Behaviour(behind="guardian"))
    (guardian,) = scene.others
    assert abs(guardian.movement.end.shift[0]) < 0.3

    posture.heed(hint)

    assert abs(scene.others[0].movement.end.shift[0]) > 0.7


async def test_who_walks_in_late_is_beside_the_picture_until_then() -> None:
    scene, posture = before_the_camera(Behaviour(walks_in_s=2.0, comes_late_s=5.0))
    loop = asyncio.get_running_loop()
    assert scene.pose.shift[0] > 0.7

    await posture.enter()

    assert loop.time() == pytest.approx(7.0)
    assert scene.pose.shift == (0.0, 0.0)
    await posture.enter()
    assert loop.time() == pytest.approx(7.0)


async def test_a_head_that_is_asked_to_turns_aside_and_comes_back() -> None:
    scene, posture = before_the_camera(Behaviour())
    turning = asyncio.create_task(posture.turn())
    seen: list[float] = []
    while not turning.done():
        await asyncio.sleep(0.1)
        seen.append(scene.movement.pose(asyncio.get_running_loop().time()).yaw_deg)

    assert max(map(abs, seen)) >= 18.0
    assert abs(seen[-1]) < 6.0
    assert 5.0 in {abs(yaw) for yaw in seen}


async def test_the_commands_of_the_stage_change_the_scene() -> None:
    scene, _ = before_the_camera(Behaviour())
    sitter = sitter_of(scene)
    for command in ("head 10 -5 3", "stand 0.8 0.05 0.1", "glasses dark", "scarf ears_free", "lamp dim"):
        verb, *words = command.split()
        sitter.commands[verb](*words)
    sitter.commands["photo"]("held")

    pose = scene.pose
    assert (pose.yaw_deg, pose.pitch_deg, pose.roll_deg) == (10.0, -5.0, 3.0)
    assert (pose.distance_m, pose.shift) == (0.8, (0.05, 0.1))
    assert (pose.glasses, pose.scarf) == (Glasses.DARK, Scarf.EARS_FREE)
    assert (scene.lamp, scene.paper) == (Lamp.DIM, Paper.HELD)


async def test_a_new_face_keeps_what_is_worn() -> None:
    scene, _ = before_the_camera(Behaviour(glasses="clear"))

    sitter_of(scene).face("turned")

    assert (scene.pose.yaw_deg, scene.pose.glasses) == (25.0, Glasses.CLEAR)


async def test_whoever_comes_next_finds_the_place_as_it_was() -> None:
    scene, _ = before_the_camera(Behaviour(glasses="dark", behind="guardian", photo="held", fidgets=9.0))

    sitter_of(scene).go()

    assert (scene.person, scene.others, scene.paper) == (None, (), None)
    assert (scene.pose, scene.life.sway) == (Pose(), 1.0)


@pytest.mark.parametrize("command", ["eyes wide", "photo burnt", "lamp green", "behind ghost", "stand 0.01"])
async def test_what_there_is_not_is_refused(command: str) -> None:
    scene, _ = before_the_camera(Behaviour())
    verb, word = command.split()

    with pytest.raises((KeyError, ValueError)):
        sitter_of(scene).commands[verb](word)
