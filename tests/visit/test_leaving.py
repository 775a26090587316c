"""Cancel and walk away at any point: an outcome stays, without name or biometrics, and nothing else."""

from dataclasses import replace

import pytest

from simulator.people.person import generate_person
from simulator.scenario import Expectation, Scenario, load_scenario
from simulator.visits import play

pytestmark = pytest.mark.slow

POINTS = (
    "notice", "show_card", "claim_confirm", "purpose", "portrait_look", "finger_place", "finger_next",
    "finger_7", "finger_lift", "eye_prepare", "eye_look", "review", "attest_look", "attest",
)  # fmt: skip


def _scenario(outcome: str, **behaviour: str) -> Scenario:
    scenario = load_scenario("adult_exchange")
    ending = Expectation(outcome, accepted=())
    return replace(scenario, behaviour=replace(scenario.behaviour, **behaviour), expect=ending)


@pytest.mark.parametrize("point", POINTS)
def test_cancelling_leaves_nothing(point: str) -> None:
    (visit,) = play(_scenario("cancelled", cancels_at=point), [generate_person(1)], seed=1)
    assert visit.complaints == ()


@pytest.mark.parametrize("point", POINTS)
def test_walking_away_leaves_nothing(point: str) -> None:
    (visit,) = play(_scenario("walked_away", leaves_at=point), [generate_person(1)], seed=1)
    assert visit.complaints == ()
