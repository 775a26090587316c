"""What a population's visits add up to, by kind of people."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.population.visiting import FingerGiven, Visited

DRAWS = 1000
SURE = (2.5, 97.5)
MOST_TRIES = 3  # more, after a retake, count as three


@dataclass(frozen=True, slots=True)
class Share:
    """A share of fingers with its interval of 95 %, people drawn with replacement."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds: how many values, their median, the nine in ten that are shorter, and the longest."""

    count: int
    median_s: float
    ninth_tenth_s: float
    longest_s: float


@dataclass(frozen=True, slots=True)
class KindFigures:
    """Everything of one kind of people.

    fingers: present ones that were asked for; not_given: missing ones, whose reason is recorded.
    failed: no sample that reaches its threshold. accepted_after: fingers accepted at the first, second, third
    try. forced: kept below the threshold; not_taken: neither. asked: how long one present finger took.
    told: from touch to what to do next; advised: where that was advice.
    """

    name: str
    people: int
    fingers: int
    not_given: int
    failed: Share
    accepted_after: tuple[int, ...]
    forced: int
    not_taken: int
    tries: float
    asked: Spread
    told: Spread
    advised: Spread


def figures_of(name: str, visits: Sequence[Visited]) -> KindFigures:
    """The figures of all visits of one kind; at least one."""
    by_person = [[finger for finger in visit.fingers if is_present(visit, finger)] for visit in visits]
    fingers = [finger for person in by_person for finger in person]
    return KindFigures(
        name=name,
        people=len(visits),
        fingers=len(fingers),
        not_given=sum(len(visit.fingers) for visit in visits) - len(fingers),
        failed=_share(by_person, has_failed),
        accepted_after=tuple(
            sum(not has_failed(finger) and min(finger.tries, MOST_TRIES) == tries for finger in fingers)
            for tries in range(1, MOST_TRIES + 1)
        ),
        forced=sum(finger.is_forced for finger in fingers),
        not_taken=sum(not finger.is_taken for finger in fingers),
        tries=float(np.mean([finger.tries for finger in fingers])) if fingers else 0.0,
        asked=_spread([finger.asked_s for finger in fingers]),
        told=_spread([each for finger in fingers for each in finger.told_s]),
        advised=_spread([each for finger in fingers for each in finger.advised_s]),
    )


def is_present(visit: Visited, finger: FingerGiven) -> bool:
    """Whether the person has that finger."""
    return finger.position not in visit.comer.missing


def has_failed(finger: FingerGiven) -> bool:
    """Failure to acquire: no sample of it reaches its threshold."""
    return finger.is_forced or not finger.is_taken


def _share(by_person: Sequence[Sequence[FingerGiven]], counts: Callable[[FingerGiven], bool]) -> Share:
    """Fingers of one person are alike, so people are drawn and not fingers."""
    hits = np.array([sum(map(counts, person)) for person in by_person], np.float64)
    fingers = np.array([len(person) for person in by_person], np.float64)
    rng = np.random.default_rng(len(hits))
    drawn = rng.integers(0, len(hits), (DRAWS, len(hits)))
    shares = hits[drawn].sum(axis=1) / np.maximum(fingers[drawn].sum(axis=1), 1.0)
    low, high = np.percentile(shares, SURE)
    return Share(float(hits.sum() / max(fingers.sum(), 1.0)), float(low), float(high))


def _spread(seconds: Sequence[float]) -> Spread:
    if not seconds:
        return Spread(0, 0.0, 0.0, 0.0)
    median_s, ninth_tenth_s = np.percentile(seconds, (50, 90))
    return Spread(len(seconds), float(median_s), float(ninth_tenth_s), max(seconds))
