"""How long a person waits for the fingerprint sensor in a whole visit, by the order of asking."""

from collections.abc import Iterator
from dataclasses import replace

from simulator.people.person import Person, generate_person
from simulator.scenario import Scenario, load_scenario
from simulator.visits import play
from tests.bench.rows import Row

BAUDS = (57_600, 115_200)


def rows() -> Iterator[Row]:
    """The phase of the fingers without the time that the person needs to read, to lift and to lay on.

    That time is what one visit in the plain order (lay on, read, judge, lift, next) takes longer with a
    person than with somebody who acts at once.
    """
    person, usual = generate_person(1), load_scenario("adult_exchange")
    at_once = replace(usual, behaviour=replace(usual.behaviour, reaction_s=0.0, move_s=0.0))
    for baud in BAUDS:
        plain_s = _phase_s(usual, person, baud, prompts_ahead=False)
        waiting_s = _phase_s(at_once, person, baud, prompts_ahead=False)
        own_s = plain_s - waiting_s
        ahead_s = _phase_s(usual, person, baud)
        two_s = _phase_s(usual, person, baud, sensor_a_hand=True)
        yield Row(f"ten fingers at {baud} baud, one at a time: waiting", waiting_s, "s")
        yield Row("the same, next finger asked for while one is read", ahead_s - own_s, "s")
        yield Row("the same, with a sensor a hand", two_s - own_s, "s")


def _phase_s(
    scenario: Scenario, person: Person, baud: int, *, prompts_ahead: bool = True, sensor_a_hand: bool = False
) -> float:
    """How long the fingers of one visit take, in virtual seconds."""
    usual = replace(scenario.terminal, fastest_baud=baud)
    terminal = replace(usual, prompts_ahead=prompts_ahead, sensor_a_hand=sensor_a_hand)
    (visit,) = play(replace(scenario, terminal=terminal), [person], seed=1)
    return sum(virtual_s for name, virtual_s in visit.played.phases if name == "fingerprints")
