"""Many people at one kind of terminal: who comes, and what is told of their fingers."""

import logging
from dataclasses import replace

import pytest

from simulator.population.command import complaints_of
from simulator.population.figures import figures_of
from simulator.population.mixture import Comer, load_mixture, who_comes
from simulator.population.playing import play_all
from simulator.population.visiting import FingerGiven, Visited, visit_of

ORDINARY = Comer("ordinary", seed=1, moisture=0.5, wear=0.0, missing={})
GOOD = FingerGiven(1, 1, True, False, None, 5.0, (0.9,), ())
FORCED = FingerGiven(2, 3, True, True, None, 15.0, (0.9, 0.8, 0.9), (0.9, 0.8, 0.9))
REFUSED = FingerGiven(3, 3, False, False, "unreadable", 20.0, (), ())
AMPUTATED = FingerGiven(4, 0, False, False, "amputated", 2.0, (), ())


def _visited(*fingers: FingerGiven, missing: tuple[int, ...] = (), outcome: str = "saved") -> Visited:
    comer = replace(ORDINARY, missing=dict.fromkeys(missing, "amputated"))
    return Visited(comer, outcome, "", fingers, 100.0, 1.0, age_years=40)


def test_a_population_has_the_shares_of_its_data() -> None:
    comers = who_comes(200, 1, load_mixture())
    kinds = [comer.kind for comer in comers]
    assert [kinds.count(name) for name in ("ordinary", "worn", "wet", "missing")] == [156, 20, 20, 4]
    assert all(bool(comer.missing) == (comer.kind == "missing") for comer in comers)


def test_the_same_seed_brings_the_same_people_in_the_same_order() -> None:
    assert who_comes(20, 7, load_mixture()) == who_comes(20, 7, load_mixture())
    assert who_comes(20, 7, load_mixture()) != who_comes(20, 8, load_mixture())


def test_a_small_population_has_somebody_of_each_kind() -> None:
    assert {comer.kind for comer in who_comes(6, 1, load_mixture())} == set(load_mixture())


def test_forced_and_refused_fingers_failed_and_missing_ones_are_not_counted() -> None:
    figures = figures_of("ordinary", [_visited(GOOD, FORCED, REFUSED, AMPUTATED, missing=(4,))])
    assert (figures.fingers, figures.not_given, figures.forced, figures.not_taken) == (3, 1, 1, 1)
    assert figures.failed.value == pytest.approx(2 / 3)
    assert figures.accepted_after == (1, 0, 0)
    assert figures.tries == pytest.approx(7 / 3)
    assert figures.advised.count == 3


def test_ordinary_people_with_the_skin_of_age_are_told_of_apart() -> None:
    worn = replace(ORDINARY, kind="worn")
    visits = [replace(_visited(GOOD), age_years=59), replace(_visited(GOOD), age_years=60)]
    assert [each.group for each in visits] == ["ordinary", "old"]
    assert replace(visits[1], comer=worn).group == "worn"


def test_a_visit_without_a_record_and_a_finger_without_an_outcome_are_complaints() -> None:
    silent = replace(REFUSED, exception=None)
    complaints = complaints_of([_visited(GOOD), _visited(outcome="crashed"), _visited(silent)])
    assert complaints == ["person 1 ended crashed", "finger 3 of person 1 has no outcome"]


@pytest.mark.slow
def test_whoever_comes_leaves_with_a_record_of_every_finger() -> None:
    comers = (
        ORDINARY,
        replace(ORDINARY, kind="wet", moisture=0.95),
        replace(ORDINARY, kind="worn", wear=0.9),
        replace(ORDINARY, kind="missing", missing={5: "amputated", 7: "amputated"}),
    )
    visits = list(play_all(visit_of, comers, jobs=1))
    assert complaints_of(visits) == []
    assert [len(visit.fingers) for visit in visits] == [10] * 4
    tries = [figures_of(visit.comer.kind, [visit]).tries for visit in visits]
    assert tries[0] <= min(tries[1:3])
    assert {finger.position for finger in visits[3].fingers if finger.exception} == {5, 7}


def test_who_plays_visits_in_the_own_process_hears_warnings_again_afterwards() -> None:
    log = logging.getLogger("after")
    assert log.isEnabledFor(logging.WARNING)

    assert list(play_all(visit_of, [], jobs=1)) == []

    assert log.isEnabledFor(logging.WARNING)
