"""One invented person: what their card says and what every device sees of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from simulator.people.facts import Facts, generate_facts
from simulator.people.heads.gallery import head_master
from simulator.people.heads.traits import generate_traits
from simulator.people.master import PortraitMaster
from simulator.people.pose import Pose


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """Everything about one person; nothing is drawn before it is looked at.

    portrait: the person in a pose, without surroundings.
    """

    facts: Facts
    portrait: Callable[[Pose], PortraitMaster] = field(repr=False)


def generate_person(seed: int, *, youngest: int = 18, oldest: int = 79) -> Person:
    """The invented person of that seed, with an age in years between `youngest` and `oldest`."""
    facts = generate_facts(part_generator(seed, "facts"), youngest=youngest, oldest=oldest)
    return Person(facts, generated_portrait(seed, facts))


def generated_portrait(seed: int, facts: Facts) -> Callable[[Pose], PortraitMaster]:
    """An invented head of the age and sex that the facts tell."""
    traits = generate_traits(part_generator(seed, "head"), float(facts.age_years()), facts.sex)
    return lambda pose: head_master(traits, pose)


def part_generator(seed: int, part: str) -> np.random.Generator:
    """Randomness of one part of one person, which does not depend on the other parts."""
    return np.random.default_rng([seed, *part.encode()])
