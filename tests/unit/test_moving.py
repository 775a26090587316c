"""People move smoothly, blink and sway; a picture of one does nothing of the kind."""

import numpy as np
import pytest

from simulator.people.moving import STILL, Life, Movement
from simulator.people.pose import Glasses, Pose

FAR = Pose(distance_m=0.9, shift=(0.2, -0.1), yaw_deg=20.0)
COMING = Movement(FAR, Pose(), begun_s=10.0, takes_s=2.0)
MOMENTS_S = np.arange(0.0, 120.0, 0.02).tolist()


def test_a_movement_begins_and_ends_at_its_poses() -> None:
    assert COMING.pose(9.0).distance_m == 0.9
    assert COMING.pose(12.0) == Pose()
    assert not COMING.is_going_on(12.0)


def test_a_movement_is_at_its_middle_after_half_the_time_and_fastest_there() -> None:
    assert COMING.pose(11.0).distance_m == pytest.approx(0.75)
    speeds = [abs(COMING.velocity(at_s)[0]) for at_s in (10.2, 11.0, 11.8)]
    assert speeds[1] > 3.0 * max(speeds[0], speeds[2])


def test_the_velocity_is_the_change_of_place() -> None:
    walking = Movement(Pose(shift=(0.3, 0.1)), Pose(), 0.0, 1.0)

    before, after = walking.pose(0.499).shift, walking.pose(0.501).shift

    assert walking.velocity(0.5)[0] == pytest.approx((after[0] - before[0]) / 0.002, rel=0.01)
    assert walking.velocity(0.5)[1] == pytest.approx((after[1] - before[1]) / 0.002, rel=0.01)


def test_what_is_taken_off_is_off_at_once() -> None:
    taking_off = Movement(Pose(glasses=Glasses.GLARE), Pose(), 0.0, 1.0)

    assert taking_off.pose(0.1).glasses is Glasses.OFF


def test_a_living_head_blinks_every_four_seconds_for_a_quarter_of_one() -> None:
    shut = np.asarray([Life(seed=3).eyes_open(at_s) < 1.0 for at_s in MOMENTS_S])

    begins = np.flatnonzero(shut[1:] & ~shut[:-1])
    lengths_s = 0.02 * shut.sum() / len(begins)

    assert len(begins) == 30
    assert 0.15 <= lengths_s <= 0.30


def test_a_blink_closes_the_eyes_and_passes_half_way_twice() -> None:
    life = Life(seed=3)
    opened = [life.eyes_open(at_s) for at_s in MOMENTS_S]
    first = next(number for number, opening in enumerate(opened) if opening < 1.0)

    course = [opening for opening in opened[first : first + 20] if opening < 1.0]

    assert course[0] == course[-1] == 0.6
    assert 0.0 in course


@pytest.mark.parametrize("every_s", [0.6, 4.0])
def test_two_people_do_not_blink_together(every_s: float) -> None:
    one, other = (Life(seed=seed, blink_every_s=every_s) for seed in (1, 2))

    assert [one.eyes_open(at_s) for at_s in MOMENTS_S] != [other.eyes_open(at_s) for at_s in MOMENTS_S]


def test_a_head_sways_by_about_a_millimetre_and_a_print_does_not() -> None:
    reach_m = max(abs(Life(seed=1).swayed(at_s)[0]) for at_s in MOMENTS_S)

    assert 0.0005 < reach_m < 0.002
    assert {STILL.swayed(at_s) for at_s in MOMENTS_S} == {(0.0, 0.0)}
    assert {STILL.eyes_open(at_s) for at_s in MOMENTS_S} == {1.0}
