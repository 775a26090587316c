"""The portrait scene under other light, out of focus, in motion, and with a print in a person's place."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from simulator.people.backdrops import Backdrop
from simulator.people.lighting import Lamp
from simulator.people.master import PortraitMaster
from simulator.people.moving import STILL
from simulator.people.optics import Setting
from simulator.people.paper import Paper
from simulator.people.person import generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.pose import Pose

SHAPE = (640, 480)
IN_FOCUS = Setting(lens_dioptres=1.0 / 0.6)


def looking(pose: Pose) -> PortraitMaster:
    """A dark square with a bright bar, the height of which tells how far the eyes are open."""
    picture = np.zeros((400, 400, 4), np.uint8)
    cv2.rectangle(picture, (100, 100), (300, 300), (60, 40, 30, 255), cv2.FILLED)
    tall = round(60 * pose.eyes_open)
    cv2.rectangle(picture, (150, 200 - tall // 2), (250, 200 + tall // 2), (230, 230, 230, 255), cv2.FILLED)
    return PortraitMaster(picture, (200.0, 200.0), 2000.0)


@pytest.fixture
def scene() -> PortraitScene:
    made = PortraitScene(np.random.default_rng(1), SHAPE)
    made.person, made.life = replace(generate_person(1), portrait=looking), STILL
    return made


def sharpness(picture: NDArray[np.uint8], axis: int) -> float:
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY).astype(float)
    return float(np.abs(np.diff(grey[200:360, 160:320], axis=axis)).max())


def test_more_exposure_and_more_light_make_the_same_picture(scene: PortraitScene) -> None:
    scene.light = 0.5
    darker = scene.exposed(0.0, IN_FOCUS)
    scene.light = 1.0
    shorter = scene.exposed(0.0, replace(IN_FOCUS, exposure_us=0.5 * IN_FOCUS.exposure_us))

    assert (darker == shorter).all()
    assert darker.mean() < 0.8 * scene.exposed(0.0, IN_FOCUS).mean()


def test_gain_brings_noise(scene: PortraitScene) -> None:
    def noise(gain: float) -> float:
        setting = replace(IN_FOCUS, exposure_us=20_000.0 / gain, analogue_gain=gain)
        return float(scene.exposed(0.0, setting)[:60, :60].std())

    assert noise(16.0) > 2.0 * noise(2.0)


def test_a_dead_lamp_leaves_a_warm_room(scene: PortraitScene) -> None:
    good = scene.metered(0.0, 10_000.0)
    scene.lamp = Lamp.DEAD
    left = scene.metered(0.0, 10_000.0)

    assert left.mean < 0.2 * good.mean
    assert left.red > 1.2 > 0.8 > left.blue
    red, _, blue = scene.exposed(0.0, IN_FOCUS)[:60, :60].mean(axis=(0, 1))
    assert red > 1.3 * blue


@pytest.mark.parametrize(
    ("exposure_us", "has_bands"), [(10_000.0, False), (20_000.0, False), (4_000.0, True)]
)
def test_a_flickering_lamp_bands_exposures_that_are_no_whole_periods(
    scene: PortraitScene, exposure_us: float, *, has_bands: bool
) -> None:
    scene.person, scene.lamp = None, Lamp.FLICKER
    gain = 20_000.0 / exposure_us

    columns = scene.exposed(0.1, replace(IN_FOCUS, exposure_us=exposure_us, analogue_gain=gain)).mean(
        axis=(0, 2)
    )

    assert bool(np.ptp(columns) > 40.0) is has_bands


def test_a_flickering_lamp_is_another_light_at_every_frame(scene: PortraitScene) -> None:
    scene.lamp = Lamp.FLICKER
    levels = [scene.metered(number / 15.0, 10_000.0).mean for number in range(15)]

    assert np.ptp(levels) > 0.2 * np.mean(levels)


def test_a_lens_set_elsewhere_blurs_the_person(scene: PortraitScene) -> None:
    sharp = scene.exposed(0.0, IN_FOCUS)
    soft = scene.exposed(0.0, replace(IN_FOCUS, lens_dioptres=IN_FOCUS.lens_dioptres + 4.0))

    assert sharpness(soft, 0) < 0.6 * sharpness(sharp, 0)


def test_motion_smears_along_its_way_and_not_across(scene: PortraitScene) -> None:
    still = scene.exposed(1.0, IN_FOCUS)
    scene.pose = Pose(shift=(-0.25, 0.0))
    scene.move(Pose(shift=(0.25, 0.0)), 0.5, 1.0)
    moving = scene.exposed(1.0, IN_FOCUS)

    assert sharpness(moving, 1) < 0.7 * sharpness(still, 1)
    assert sharpness(moving, 0) > 0.8 * sharpness(still, 0)


def test_a_movement_goes_on_from_where_the_person_is(scene: PortraitScene) -> None:
    scene.move(Pose(distance_m=1.0), 0.0, 1.0)
    halfway = scene.movement.pose(0.5)
    scene.move(Pose(distance_m=0.4), 0.5, 1.0)

    assert scene.movement.pose(0.5) == halfway
    assert scene.movement.pose(2.0).distance_m == 0.4


def test_a_living_person_blinks_and_a_print_of_one_never_does(scene: PortraitScene) -> None:
    moments_s = np.arange(0.0, 8.0, 1.0 / 15.0).tolist()
    scene.life = replace(scene.life, blink_every_s=4.0)

    def bright_rows(at_s: float) -> int:
        return int((scene.exposed(at_s, IN_FOCUS)[210:328, 240, 1] > 150).sum())

    assert min(map(bright_rows, moments_s)) < 3
    scene.paper = Paper.MOUNTED
    assert min(map(bright_rows, moments_s)) > 10


def test_a_sheet_in_a_hand_shows_its_edges_and_a_mounted_one_does_not(scene: PortraitScene) -> None:
    scene.backdrop = Backdrop.BUSY

    def differs_at_the_rim(paper: Paper) -> bool:
        scene.paper = paper
        with_paper = scene.exposed(0.0, IN_FOCUS)[200:400, :20].astype(int)
        scene.paper, person, scene.person = None, scene.person, None
        without = scene.exposed(0.0, IN_FOCUS)[200:400, :20].astype(int)
        scene.person = person
        return bool(abs(with_paper.mean() - without.mean()) > 8.0)

    assert not differs_at_the_rim(Paper.HELD)
    assert differs_at_the_rim(Paper.MOUNTED)


def test_a_sheet_of_paper_that_turns_becomes_narrower(scene: PortraitScene) -> None:
    scene.paper = Paper.MOUNTED

    def wide_px(yaw_deg: float) -> int:
        scene.pose = Pose(yaw_deg=yaw_deg)
        return int((scene.exposed(0.0, IN_FOCUS)[:, :, 1] < 100).any(axis=0).sum())

    assert wide_px(40.0) == pytest.approx(np.cos(np.radians(40.0)) * wide_px(0.0), abs=6)


@pytest.mark.parametrize("backdrop", list(Backdrop))
def test_every_backdrop_differs_from_the_others(scene: PortraitScene, backdrop: Backdrop) -> None:
    def picture(shown: Backdrop) -> NDArray[np.uint8]:
        scene.backdrop = shown
        return scene.exposed(0.0, IN_FOCUS)

    shown = picture(backdrop)
    assert all((picture(other) != shown).any() for other in Backdrop if other is not backdrop)


def test_the_lens_looks_at_whoever_is_nearest_and_at_nothing_without_them(
    scene: PortraitScene,
) -> None:
    scene.put_behind(replace(generate_person(2), portrait=looking), Pose(distance_m=0.4))
    assert scene.metered(0.0, 10_000.0).distance_m == 0.4

    scene.person, scene.others = None, ()
    assert scene.metered(0.0, 10_000.0).distance_m is None
