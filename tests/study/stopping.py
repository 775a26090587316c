"""Rules that say when to stop asking for a finger, replayed over real impressions.

The impressions of one finger are its successive presentations, in every order, three at the most; one is
held out as the later probe. Each rule says after each presentation whether it is enough, and which is kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from firmware.capture.stopping import StoppingRule, worth_another
from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport
from tests.study.intervals import Figure, over_fingers
from tests.study.oracle import Judged

MOST_PRESENTATIONS = 3
ACCEPTED = 30  # BSI TR-03121-3-2, thumb and index; which finger it is no set tells


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What a rule may know of n impressions.

    scores: (n,) NFIQ 2. likeness: (n, n) by the product's own matcher; the misses are judged by another.
    """

    scores: NDArray[np.int64]
    likeness: NDArray[np.float64]


Presented = Sequence[int]
Stops = Callable[[Presented, Evidence], bool]
Keeps = Callable[[Presented, Evidence], int]


@dataclass(frozen=True, slots=True)
class Rule:
    """Whether the presentations so far are enough, and which of them is kept."""

    name: str
    stops: Stops
    keeps: Keeps


def best(presented: Presented, evidence: Evidence) -> int:
    """The highest score; ties go to the latest (BSI)."""
    return max(reversed(presented), key=lambda one: int(evidence.scores[one]))


def last(presented: Presented, evidence: Evidence) -> int:
    """Whatever came last."""
    return presented[-1]


def reaches(score: int) -> Stops:
    """Stop at the first presentation of that score."""
    return lambda presented, evidence: bool(evidence.scores[presented[-1]] >= score)


def ours(rule: StoppingRule, accepted: int = ACCEPTED) -> Stops:
    """The product's own decision, of reports that tell the score alone."""

    def stops(presented: Presented, evidence: Evidence) -> bool:
        reports = [_report(int(evidence.scores[one]), accepted) for one in presented]
        likeness = [float(evidence.likeness[presented[-1], earlier]) for earlier in presented[:-1]]
        return not worth_another(reports, rule, max(likeness, default=0.0))

    return stops


def _report(score: int, accepted: int) -> QualityReport:
    is_good = score >= accepted
    return QualityReport("nfiq2", score, is_good, (), None if is_good else Advice.FINGER_AGAIN)


PEERS = (
    Rule("MOSIP: 40, three tries, best", reaches(40), best),
    Rule("Simprints: 40, three bad, last", reaches(40), last),
    Rule("BSI: 30, three tries, best", reaches(30), best),
    Rule("one presentation", reaches(0), last),
)


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """(fingers,) mean number of presentations of each finger, and share of probes that missed it."""

    used: NDArray[np.float64]
    missed: NDArray[np.float64]


def replay(rule: Rule, judged: Judged, evidence: Evidence, fingers: Sequence[int]) -> Replay:
    """The rule over every finger, every held-out probe and every order."""
    found = judged.bozorth >= judged.threshold
    played = np.array(
        [np.mean(_finger(rule, found, evidence, judged.fingers == one), axis=0) for one in fingers]
    )
    return Replay(played[:, 0], played[:, 1])


def _finger(
    rule: Rule, found: NDArray[np.bool_], evidence: Evidence, of_finger: NDArray[np.bool_]
) -> list[tuple[int, bool]]:
    """Presentations used, and whether the probe missed the kept one, for each probe and order."""
    impressions = [int(one) for one in np.flatnonzero(of_finger)]
    ends: list[tuple[int, bool]] = []
    for probe in impressions:
        others = [one for one in impressions if one != probe]
        for order in permutations(others, min(MOST_PRESENTATIONS, len(others))):
            presented = presented_until(rule, order, evidence)
            ends.append((len(presented), not found[rule.keeps(presented, evidence), probe]))
    return ends


def presented_until(rule: Rule, order: Presented, evidence: Evidence) -> Presented:
    """The presentations that the rule asks for, of those there are."""
    for number in range(1, len(order)):
        if rule.stops(order[:number], evidence):
            return order[:number]
    return order


@dataclass(frozen=True, slots=True)
class Compared:
    """One rule beside another: presentations saved as a share, and misses more (negative: fewer)."""

    saved: Figure
    more_misses: Figure


def compared(one: Replay, peer: Replay) -> Compared:
    """With bootstrap intervals over fingers, drawn in pairs."""
    fingers = len(one.used)
    return Compared(
        over_fingers(lambda drawn: 1.0 - one.used[drawn].sum() / peer.used[drawn].sum(), fingers),
        over_fingers(lambda drawn: float((one.missed[drawn] - peer.missed[drawn]).mean()), fingers),
    )
