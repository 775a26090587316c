"""`portraits`: many people before the portrait camera in virtual time, and how they fared."""

import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from math import sqrt
from typing import cast

import numpy as np

from simulator.population.playing import play_all
from simulator.portraits.visiting import PortraitGiven, portrait_of
from simulator.time_limit import cpu_limit

VISIT_CPU_S = 120.0
ENDED_WELL = "saved"
GROUPS = ((0, 18), (18, 40), (40, 60), (60, 200))
Z = 1.96  # of an interval of 95 %


def add_arguments(parser: ArgumentParser) -> None:
    """What `portraits` understands."""
    parser.add_argument("--people", type=int, default=200, metavar="N", help="how many come (default 200)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the first person (default 1)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="visits at a time (default 2)")


def run(arguments: Namespace) -> int:
    """Play; 0 when every visit ended with a record whose portrait is a frame that passed, 1 when not."""
    people, seed = max(1, cast("int", arguments.people)), cast("int", arguments.seed)
    with cpu_limit(VISIT_CPU_S * people):
        given = list(play_all(portrait_of, range(seed, seed + people), max(1, cast("int", arguments.jobs))))
    sys.stdout.write("".join(f"{line}\n" for line in report(given)))
    return 1 if complaints_of(given) else 0


def report(given: Sequence[PortraitGiven]) -> list[str]:
    """What is told of all of them, line by line."""
    groups = [(f"{low} to {high - 1} years", _aged(given, low, high)) for low, high in GROUPS]
    lines = [_line(name, those) for name, those in (("everybody", given), *groups) if those]
    hints = Counter(hint for each in given for hint in set(each.advice))
    doubts = Counter(name for each in given for name in each.doubtful)
    lines.append(f"people told: {_counted(hints)}; doubtful signals: {_counted(doubts)}")
    lines += [each.crash for each in given if each.crash]
    lines += [f"not as it should be: {complaint}" for complaint in complaints_of(given)]
    return [*lines, f"{len(given)} visits in {sum(each.cpu_s for each in given):.0f} s of CPU"]


def complaints_of(given: Sequence[PortraitGiven]) -> list[str]:
    """Every visit without a record, and every accepted portrait that is not the frame that passed."""
    ends = [f"person {each.seed} ended {each.outcome}" for each in given if each.outcome != ENDED_WELL]
    other = [each for each in given if each.is_accepted and not each.is_the_frame_that_passed]
    return [*ends, *(f"person {each.seed}'s picture is not the frame that passed" for each in other)]


def share_with_interval(hits: int, of: int) -> tuple[float, float, float]:
    """A share with Wilson's interval of 95 %."""
    share, width = hits / of, Z * Z / of
    middle = (share + width / 2) / (1 + width)
    half = Z / (1 + width) * sqrt(share * (1 - share) / of + width / (4 * of))
    return share, middle - half, middle + half


def _aged(given: Sequence[PortraitGiven], low: int, high: int) -> list[PortraitGiven]:
    return [each for each in given if low <= each.age_years < high]


def _line(name: str, given: Sequence[PortraitGiven]) -> str:
    first = sum(each.is_accepted and each.tries == 1 for each in given)
    share, low, high = share_with_interval(first, len(given))
    seconds = [each.accepted_s for each in given if each.accepted_s is not None]
    median_s, ninth_s = np.percentile(seconds, (50, 90)) if seconds else (float("nan"), float("nan"))
    return (
        f"{name}: {len(given)} people, accepted at the first try {100 * share:.1f} % "
        f"({100 * low:.1f} to {100 * high:.1f}), after {median_s:.1f} s (median), "
        f"{ninth_s:.1f} s (nine in ten); {np.mean([each.tries for each in given]):.2f} tries, "
        f"{sum(each.is_accepted for each in given)} accepted"
    )


def _counted(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counts.most_common()) or "none"
