"""What life and haste do to an invented finger and its impressions."""

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.quality.fingerprint.measures import FingerMeasures, measure
from simulator.people.facts import PRESENT
from simulator.people.fingerprints import finger_master
from simulator.people.impressions import AS_IT_IS, PLATE, Touch, impression, ordinary_touch
from simulator.people.person import generate_person
from simulator.people.skin import UNHURT, Skin, lived_in, skin_of_age

Image = NDArray[np.uint8]


def _rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.fixture(scope="module")
def finger() -> Image:
    """One invented finger."""
    return finger_master(_rng())


def _seen(finger: Image, touch: Touch = AS_IT_IS) -> FingerMeasures:
    return measure(impression(finger, _rng(2), touch))


def test_unhurt_skin_changes_no_pixel(finger: Image) -> None:
    assert np.array_equal(lived_in(finger, UNHURT, _rng()), finger)


@pytest.mark.parametrize("skin", [Skin(wear=0.5), Skin(scars=1), Skin(creases=0.5)], ids=repr)
def test_the_same_life_leaves_the_same_finger(finger: Image, skin: Skin) -> None:
    one, other = (lived_in(finger, skin, _rng(3)) for _ in range(2))
    assert np.array_equal(one, other)
    assert not np.array_equal(one, finger)


def test_the_more_worn_the_fewer_clear_ridges_though_as_much_skin_touches(finger: Image) -> None:
    worn = [lived_in(finger, Skin(wear=wear), _rng(3)) for wear in (0.0, 0.4, 0.7, 1.0)]
    clear = [_seen(rubbed).clear_mm2 for rubbed in worn]
    assert clear == sorted(set(clear), reverse=True)
    assert worn[2].mean() == pytest.approx(finger.mean(), rel=0.05)


def test_creased_skin_prints_paler(finger: Image) -> None:
    assert lived_in(finger, Skin(creases=1.0), _rng(3)).mean() > finger.mean() + 8.0


def test_people_have_creases_from_fifty_years_on() -> None:
    assert skin_of_age(40.0, _rng()) == UNHURT
    assert 0.0 < skin_of_age(60.0, _rng()).creases < skin_of_age(80.0, _rng()).creases


def test_a_worn_person_is_worn_on_every_finger_and_keeps_the_ridges() -> None:
    unhurt, worn = (generate_person(4, oldest=40, skin=skin) for skin in (None, Skin(wear=0.8)))
    for position in (1, 7):
        clean, rubbed = unhurt.finger(position), worn.finger(position)
        assert clean is not None
        assert rubbed is not None
        assert _seen(rubbed).clear_mm2 < 0.8 * _seen(clean).clear_mm2


def test_a_child_s_fingers_are_the_grown_up_s_smaller() -> None:
    grown_up = generate_person(4, oldest=40)
    child = grown_up.born_on(PRESENT.replace(year=PRESENT.year - 7))
    sizes = [person.finger(2) for person in (child, grown_up)]
    areas = [measure(finger).foreground_mm2 for finger in sizes if finger is not None]
    assert areas[0] < 0.7 * areas[1]


def test_a_finger_lifted_too_early_leaves_a_part(finger: Image) -> None:
    whole, half = _seen(finger).foreground_mm2, _seen(finger, Touch(lifted=0.5)).foreground_mm2
    assert 0.25 * whole < half < 0.75 * whole


def test_dragged_skin_stretches_around_a_middle_that_sticks(finger: Image) -> None:
    still = impression(finger, _rng())
    dragged = impression(finger, _rng(), Touch(drag_mm=(1.0, 0.0), twist_deg=4.0))
    middle = np.s_[124:164, 108:148]
    edge = np.s_[20:60, 108:148]
    assert np.abs(dragged[middle].astype(int) - still[middle]).mean() < 2.0
    assert np.abs(dragged[edge].astype(int) - still[edge]).mean() > 20.0


def test_the_ghost_of_the_finger_before_shines_through_where_the_glass_is_bare(finger: Image) -> None:
    before = impression(finger, _rng())
    bare = np.full(PLATE, 255, np.uint8)
    seen = impression(bare, _rng(), Touch(ghost=0.2), before=before)
    assert np.array_equal(seen, impression(finger, _rng(), Touch(contrast=0.2)))


def test_ordinary_touches_differ_from_each_other_and_stay_between_parched_and_dripping() -> None:
    rng = _rng()
    touches = [ordinary_touch(rng) for _ in range(200)]
    assert len(set(touches)) == 200
    assert all(0.3 <= touch.moisture <= 0.7 and 0.25 <= touch.pressure <= 0.75 for touch in touches)
