"""The buttons of the stage's page, each against the world that it commands."""

import re
from pathlib import Path

import numpy as np
import pytest

import simulator.live
from hw.fingerprint.profiles import R307
from simulator.fingerprint.twin import FingerprintTwin
from simulator.people.eye_scene import EyeScene
from simulator.people.person import generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.storage import SimulatedDisk
from simulator.world import Devices, World

PAGE = (Path(simulator.live.__path__[0]) / "page" / "index.html").read_text("utf-8")
EYES = re.findall(r'data-command="eye (?:right|left) ?(\w*)"', PAGE)


@pytest.fixture
def eyes() -> EyeScene:
    return EyeScene(np.random.default_rng(1))


@pytest.fixture
def world(eyes: EyeScene) -> World:
    rng = np.random.default_rng(1)
    twins = Devices(FingerprintTwin(R307, rng), PortraitScene(rng), eyes, {}, SimulatedDisk())
    world = World(twins, rng)
    world.walk_up(generate_person(1))
    return world


def test_both_eyes_can_be_brought_in_the_same_ways() -> None:
    assert EYES[: len(EYES) // 2] == EYES[len(EYES) // 2 :]
    assert len(set(EYES)) == 7


def test_no_two_ways_to_bring_an_eye_look_alike(world: World, eyes: EyeScene) -> None:
    pictures: list[bytes] = []
    for how in dict.fromkeys(EYES):
        world.do(f"eye right {how}".strip())
        pictures.append(b"".join(eyes.picture(at_s / 10).tobytes() for at_s in range(10)))

    assert len(set(pictures)) == len(pictures)


@pytest.mark.parametrize(("how", "distance_mm"), [("", 280), ("far", 330), ("near", 235), ("leaning", 90)])
def test_an_eye_is_as_far_as_the_button_says(
    world: World, eyes: EyeScene, how: str, distance_mm: int
) -> None:
    world.do(f"eye left {how}".strip())

    assert eyes.distance_mm(0.0) == pytest.approx(distance_mm, abs=3)

    world.do("eye away")
    assert eyes.distance_mm(0.0) is None
