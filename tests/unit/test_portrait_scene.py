"""The portrait camera sees who sits there, how they hold themselves, and their card."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
import zxingcpp
from numpy.typing import NDArray

from simulator.people.backdrops import Backdrop
from simulator.people.card import CardHeld
from simulator.people.master import PortraitMaster
from simulator.people.person import Person, generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.pose import Pose

SHAPE = (320, 240)
TEXT = "001099000123||Nguyễn Văn Mẫu|01021999|Nam|Xã Mẫu, Thành phố Hà Nội|03042022"


def disc(pose: Pose) -> PortraitMaster:
    """A red disc in the place of a head: 200 pixels wide, 2000 pixels a metre."""
    del pose
    picture = np.zeros((400, 400, 4), np.uint8)
    cv2.circle(picture, (200, 200), 100, (200, 0, 0, 255), cv2.FILLED)
    return PortraitMaster(picture, (200.0, 200.0), 2000.0)


@pytest.fixture
def scene() -> PortraitScene:
    return PortraitScene(np.random.default_rng(1), SHAPE)


def person() -> Person:
    return replace(generate_person(1), portrait=disc)


def redness(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return (picture[:, :, 0] > 150) & (picture[:, :, 1] < 60)


def test_an_empty_seat_shows_the_white_board(scene: PortraitScene) -> None:
    picture = scene.picture(0.0)

    assert picture.shape == (*SHAPE, 3)
    assert picture.mean() > 225


def test_noise_differs_between_moments_and_is_the_same_for_the_same_moment(scene: PortraitScene) -> None:
    assert (scene.picture(0.1) == scene.picture(0.1)).all()
    assert (scene.picture(0.1) != scene.picture(0.2)).any()


@pytest.mark.parametrize("distance_m", [0.4, 0.6, 1.2])
def test_a_person_is_as_large_as_the_distance_makes_them(scene: PortraitScene, distance_m: float) -> None:
    scene.person = person()
    scene.pose = Pose(distance_m=distance_m)

    wide_px = redness(scene.picture(0.0)).any(axis=0).sum()

    assert wide_px == pytest.approx(0.1 * 1.2 * SHAPE[0] / distance_m, abs=2)


def test_a_shift_moves_the_person_by_metres(scene: PortraitScene) -> None:
    scene.person = person()
    scene.pose = Pose(shift=(0.05, -0.02))

    rows, columns = np.nonzero(redness(scene.picture(0.0)))

    px_per_m = 1.2 * SHAPE[0] / 0.6
    assert columns.mean() == pytest.approx(SHAPE[1] / 2 + 0.05 * px_per_m, abs=1.5)
    assert rows.mean() == pytest.approx(0.42 * SHAPE[0] - 0.02 * px_per_m, abs=1.5)


def test_somebody_behind_is_seen_beside_the_person(scene: PortraitScene) -> None:
    scene.person = person()
    alone = redness(scene.picture(0.0)).sum()

    scene.put_behind(person(), Pose(distance_m=0.9, shift=(0.12, 0.0)))

    assert redness(scene.picture(0.0)).sum() > 1.2 * alone


def test_a_card_held_up_can_be_read() -> None:
    scene = PortraitScene(np.random.default_rng(1))
    scene.show_card(TEXT)

    codes = zxingcpp.read_barcodes(scene.picture(0.0))

    assert [code.text for code in codes] == [TEXT]


@pytest.mark.parametrize("card", [CardHeld(TEXT, blur_px=6.0), CardHeld(TEXT, distance_m=0.6)])
def test_a_blurred_or_distant_card_cannot_be_read(card: CardHeld) -> None:
    scene = PortraitScene(np.random.default_rng(1))
    scene.card = card

    assert zxingcpp.read_barcodes(scene.picture(0.0)) == []


def test_a_card_that_is_taken_away_is_gone(scene: PortraitScene) -> None:
    empty = scene.picture(0.0)

    scene.show_card(TEXT)
    scene.hide_card()

    assert (scene.picture(0.0) == empty).all()


def test_the_code_does_not_show_in_a_repr() -> None:
    assert "Mẫu" not in repr(CardHeld(TEXT))


def test_a_lamp_on_one_side_leaves_the_other_dark(scene: PortraitScene) -> None:
    scene.side_light = 1.0

    picture = scene.picture(0.0)

    assert picture[:, :60].mean() < 0.5 * picture[:, -60:].mean()


def test_a_busy_backdrop_has_edges(scene: PortraitScene) -> None:
    scene.backdrop = Backdrop.BUSY

    assert scene.picture(0.0).std() > 30
