"""How fast a whole visit runs in virtual time, with its pictures and without them."""

from collections.abc import Iterator

from simulator.people.person import generate_person
from simulator.scenario import load_scenario
from simulator.visits import play
from tests.bench.rows import Row


def rows() -> Iterator[Row]:
    """The second of two visits, whose person is drawn already."""
    scenario, person = load_scenario("adult_exchange"), generate_person(1)
    play(scenario, [person], seed=1)
    (visit,) = play(scenario, [person], seed=1)
    played = visit.played
    without_images_s = played.cpu_s - played.image_cpu_s
    yield Row("whole visit, virtual ÷ real time", played.virtual_s / played.cpu_s, "×")
    yield Row("the same without image work", played.virtual_s / without_images_s, "×", "≥ 300")
    yield Row("whole visit, virtual time", played.virtual_s, "s", "≤ 268")
