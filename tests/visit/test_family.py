"""A mother with two children: one visit after the other on one terminal, ending in two receipts."""

from dataclasses import replace
from datetime import date

import pytest

from simulator.people.person import generate_person
from simulator.scenario import PersonSetting, load_scenario
from simulator.visits import play

pytestmark = pytest.mark.slow


def test_a_mother_with_a_five_and_a_nine_year_old_goes_home_with_two_receipts() -> None:
    scenario = load_scenario("child_under_6")
    both = replace(
        scenario, person=PersonSetting(), expect=replace(scenario.expect, declared={}, accepted=("any",))
    )
    births = date(2021, 1, 10), date(2016, 9, 20)
    children = [generate_person(seed).born_on(birth) for seed, birth in enumerate(births, 1)]

    small, big = play(both, children, seed=1)

    assert (small.complaints, big.complaints) == ((), ())
    assert small.record is not None
    assert big.record is not None
    assert small.record.document["receipt_code"] != big.record.document["receipt_code"]
    assert [len(small.record.artefacts), len(big.record.artefacts)] == [0, 13]
    assert small.record.document["guardian"]["child_agreed_at"] is None
    assert big.record.document["guardian"]["child_agreed_at"] is not None
