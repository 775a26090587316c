"""What a person is told around the eyes, in a whole visit."""

import pytest

from simulator.people.person import generate_person
from simulator.scenario import load_scenario
from simulator.visits import play

pytestmark = pytest.mark.slow


def test_glasses_come_off_once_and_before_anybody_is_told_to_look() -> None:
    (visit,) = play(load_scenario("iris_module"), [generate_person(1)], seed=1)

    told = [(each.instruction, each.target) for each in visit.played.moments if each.phase == "irises"]
    once = list(dict.fromkeys(told))
    assert once[0][0] == "eye_prepare"
    assert [instruction for instruction, _ in once].count("eye_prepare") == 1
    assert {target for instruction, target in once if instruction == "eye_look"} == {"eye_right", "eye_left"}
