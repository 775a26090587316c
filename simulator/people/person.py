"""One invented person: what their card says and what every device sees of them."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firmware.records.samples import ExceptionReason, EyeSide, FingerPosition
from simulator.people.eye_traits import draw_pupils, ordinary_traits
from simulator.people.eyes import EyeMaster, eye_master
from simulator.people.facts import Facts, generate_facts
from simulator.people.finger_cache import cached_master
from simulator.people.finger_kinds import draw_hand_size, draw_kind
from simulator.people.heads.gallery import head_master
from simulator.people.heads.traits import generate_traits
from simulator.people.master import PortraitMaster
from simulator.people.pose import Pose
from simulator.people.skin import Skin, lived_in, skin_of_age

GreyImage = NDArray[np.uint8]
Portrait = Callable[[Pose], PortraitMaster]
Finger = Callable[[int], GreyImage | None]
Iris = Callable[[str], EyeMaster | GreyImage]

FINGERS_FOLDER = Path(__file__).parents[2] / ".cache" / "fingers"


@dataclass(frozen=True, slots=True, eq=False)
class Person:
    """Everything about one person; nothing is drawn before it is looked at.

    portrait: the person in a pose, without surroundings. finger: the whole print of a FingerPosition,
    (rows, columns) uint8 at 500 pixels per inch, 0 = ridge; None where it is missing. iris: the eye of an
    EyeSide: generated, or the picture of a real one, (rows, columns) uint8. portrait_as, fingers_as,
    irises_as: the same with other facts, None of irises that stay. guardian: what the card of the grown-up
    says who comes along.
    """

    facts: Facts
    portrait: Portrait = field(repr=False)
    portrait_as: Callable[[Facts], Portrait] = field(repr=False)
    guardian: Facts = field(repr=False)
    finger: Finger = field(repr=False)
    fingers_as: Callable[[Facts], Finger] = field(repr=False)
    iris: Iris = field(repr=False)
    missing_fingers: Mapping[FingerPosition, ExceptionReason] = field(
        default_factory=dict[FingerPosition, ExceptionReason]
    )
    irises_as: Callable[[Facts], Iris] | None = field(default=None, repr=False)

    def born_on(self, birth_date: date) -> "Person":
        """The same person, had they been born on that day."""
        facts = self.facts.born_on(birth_date)
        iris = self.iris if self.irises_as is None else self.irises_as(facts)
        portrait, finger = self.portrait_as(facts), self.fingers_as(facts)
        return replace(self, facts=facts, portrait=portrait, finger=finger, iris=iris)


def generate_person(seed: int, *, youngest: int = 18, oldest: int = 79, skin: Skin | None = None) -> Person:
    """The invented person of that seed, with an age in years between `youngest` and `oldest`.

    skin: of all their fingers; without it, as most people of their age have it.
    """
    facts = generate_facts(_generator(seed, "facts"), youngest=youngest, oldest=oldest)
    portrait_as, fingers_as = partial(invented_portrait, seed), partial(invented_fingers, seed, skin=skin)
    guardian = generate_facts(_generator(seed, "guardian"), youngest=30, oldest=45)
    irises = invented_irises(seed, facts.age_years())
    seen = portrait_as(facts), portrait_as, guardian, fingers_as(facts), fingers_as, irises
    return Person(facts, *seen, irises_as=lambda others: invented_irises(seed, others.age_years()))


def invented_portrait(seed: int, facts: Facts) -> Portrait:
    """A head of the age and sex that the facts tell."""
    traits = generate_traits(_generator(seed, "head"), float(facts.age_years()), facts.sex)
    return lambda pose: head_master(traits, pose)


def invented_fingers(seed: int, facts: Facts, skin: Skin | None = None) -> Finger:
    """Ten fingers of that age and sex, grown when looked at and kept in the ignored folder `.cache/`."""
    age_years = facts.age_years()
    hand_size = draw_hand_size(_generator(seed, "hands"), age_years, facts.sex)
    skin = skin or skin_of_age(age_years, _generator(seed, "skin"))

    @functools.cache
    def finger(position: int) -> GreyImage:
        own = _generator(seed, f"finger {FingerPosition(position)}")
        kind = draw_kind(own, FingerPosition(position), hand_size)
        master = cached_master(int(own.integers(2**62)), FINGERS_FOLDER, kind)
        return lived_in(master, skin, own)

    return finger


def invented_irises(seed: int, age_years: int) -> Iris:
    """Two healthy eyes of that age, alike in their kind and their pupils, made when they are looked at."""
    kind = ordinary_traits(_generator(seed, "eyes"), age_years)
    pupils = draw_pupils(_generator(seed, "pupils"), kind)

    @functools.cache
    def iris(side: str) -> EyeMaster:
        eye = eye_master(_generator(seed, f"iris {EyeSide(side)}"), EyeSide(side), kind)
        return eye.widened(pupils[EyeSide(side)])

    return iris


def _generator(seed: int, part: str) -> np.random.Generator:
    """Randomness of one part of one person, which does not depend on the other parts."""
    return np.random.default_rng([seed, *part.encode()])
