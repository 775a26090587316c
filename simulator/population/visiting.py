"""One person's whole visit in virtual time, boiled down to what became of the fingers."""

import asyncio
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from firmware.records.samples import FingerPosition
from simulator.people.impressions import AS_IT_IS, GreyImage, impression, ordinary_touch
from simulator.people.person import Finger, generate_person, invented_fingers
from simulator.people.skin import skin_of_age
from simulator.played import Played
from simulator.population.answers import Answers
from simulator.population.mixture import COMMONEST, Comer
from simulator.scenario import load_scenario
from simulator.visits import play

Json = dict[str, Any]

VISIT = Path(__file__).with_name("visit.toml")
OLD, OLD_YEARS = "old", 60
TOUCHES = 7  # parts their randomness from that of the visit


@dataclass(frozen=True, slots=True)
class FingerGiven:
    """What became of one finger.

    tries: presentations that were judged. is_taken: its sample is in the record; is_forced: although poor.
    exception: why it was not taken. asked_s: how long this finger was the one asked for.
    told_s: for each touch, until the screen said what to do next: better it, lift it, or give another; from
    the moment on when the sensor had delivered the finger before. advised_s: from a touch to advice about it.
    """

    position: int
    tries: int
    is_taken: bool
    is_forced: bool
    exception: str | None
    asked_s: float
    told_s: tuple[float, ...]
    advised_s: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Visited:
    """One visit. outcome: a firmware.visit.outcomes.Outcome or "crashed"; fingers: none without a record."""

    comer: Comer
    outcome: str
    crash: str
    fingers: tuple[FingerGiven, ...]
    virtual_s: float
    cpu_s: float
    age_years: int

    @property
    def group(self) -> str:
        """The kind of people, of ordinary ones those with the skin of age apart."""
        is_old = self.comer.kind == COMMONEST and self.age_years >= OLD_YEARS
        return OLD if is_old else self.comer.kind


class TouchingPerson:
    """A person who lays each finger on as people do, every time otherwise; when is noted."""

    def __init__(self, comer: Comer) -> None:
        person, self._rng = generate_person(comer.seed), np.random.default_rng([comer.seed, TOUCHES])
        skin = skin_of_age(person.facts.age_years(), self._rng)
        fingers = invented_fingers(comer.seed, person.facts, replace(skin, wear=comer.wear))
        self.touches: list[tuple[float, int]] = []
        self.person = replace(person, finger=self._laid_on(fingers))

    def _laid_on(self, finger: Finger) -> Finger:
        def laid(position: int) -> GreyImage | None:
            self.touches.append((asyncio.get_running_loop().time(), position))
            whole = finger(position)
            touch = replace(ordinary_touch(self._rng), moisture=AS_IT_IS.moisture)  # the world wets it
            return None if whole is None else impression(whole, self._rng, touch)

        return laid


def visit_of(comer: Comer) -> Visited:
    """The visit of that person, on a terminal of their own."""
    scenario = load_scenario(str(VISIT))
    behaviour = replace(scenario.behaviour, moisture=comer.moisture, missing=comer.missing)
    touching = TouchingPerson(comer)
    (visit,) = play(replace(scenario, behaviour=behaviour), [touching.person], comer.seed)
    fingers = [each for each in visit.document["artefacts"] if each["modality"] == "fingerprint"]
    played = visit.played
    given = tuple(_given(each, played, touching.touches) for each in fingers)
    age_years = touching.person.facts.age_years()
    return Visited(comer, played.outcome, played.crash, given, played.virtual_s, played.cpu_s, age_years)


def _given(artefact: Json, played: Played, touches: Sequence[tuple[float, int]]) -> FingerGiven:
    position = int(artefact["position"])
    answers = Answers(f"finger_{FingerPosition(position).value}", played)
    of_finger = [at_s for at_s, touched in touches if touched == position and answers.is_asked_for(at_s)]
    until = [*of_finger[1:], math.inf]
    told = map(answers.told_s, of_finger)
    advised = map(answers.advised_s, of_finger, until)
    return FingerGiven(
        position=position,
        tries=len(artefact["attempts"]),
        is_taken=artefact["score"] is not None,
        is_forced=bool(artefact["forced"]),
        exception=artefact["exception"],
        asked_s=answers.asked_s(),
        told_s=tuple(each for each in told if each is not None),
        advised_s=tuple(each for each in advised if each is not None),
    )
