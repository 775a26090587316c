"""Stop rules side by side: presentations, misses, and both against each peer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np

from firmware.capture.stopping import load_stopping_rule
from tests.study.intervals import over_fingers
from tests.study.likeness import own
from tests.study.oracle import Judged, judged
from tests.study.prints import prints_of
from tests.study.stopping import PEERS, Evidence, Replay, Rule, best, compared, ours, replay
from tests.study.tables import table

HEADS = ("rule", "presentations", "misses")
AGAINST = ("ours against", "fewer presentations", "misses more, in points")

# What is compared: a set, seen whole or as an R307 sees it, and which of its fingers.
HALVES = (
    ("alilou_color48", "fingers 1 to 25, on which the rule was chosen", range(1, 26)),
    ("alilou_color48", "fingers 26 to 50, held out", range(26, 51)),
    ("fvc_mixed_dalin", "all fingers, held out", range(101, 121)),
)


def lines(data: Path, cache: Path) -> Iterator[str]:
    """Every table."""
    for view in ("whole", "r307"):
        for name, told, fingers in HALVES:
            prints = prints_of(name, data)
            oracle, seen = judged(name, view, prints, cache), own(name, view, prints, cache)
            evidence = Evidence(oracle.nfiq2, seen.likeness)
            yield from _tables(f"{name}, {view}, {told}", oracle, evidence, fingers)


def rules() -> tuple[Rule, ...]:
    """The product's rule, as its policy has it and without its parts, then the peers'."""
    policy = load_stopping_rule()
    without_matcher = replace(policy, sure_similarity=inf)
    without_plateau = replace(policy, same_score_within=-1)
    return (
        Rule("ours", ours(policy), best),
        Rule("ours by scores alone", ours(without_matcher), best),
        Rule("ours without the same score twice", ours(without_plateau), best),
        *PEERS,
    )


def _tables(title: str, oracle: Judged, evidence: Evidence, fingers: Sequence[int]) -> Iterator[str]:
    played = {rule.name: replay(rule, oracle, evidence, fingers) for rule in rules()}
    count = int(np.isin(oracle.fingers, fingers).sum())
    impostors = len(oracle.impostor_pairs[0])
    yield from table(
        f"{title}: {len(fingers)} fingers, {count} impressions; threshold {oracle.threshold} "
        f"(false matches at most 0.1 % of {impostors} pairs)",
        HEADS,
        [_row(name, result) for name, result in played.items()],
    )
    yield from table("", AGAINST, [_against(peer.name, played) for peer in PEERS])


def _row(name: str, result: Replay) -> tuple[str, ...]:
    fingers = len(result.used)
    used = over_fingers(lambda drawn: float(result.used[drawn].mean()), fingers)
    missed = over_fingers(lambda drawn: float(result.missed[drawn].mean()), fingers)
    return name, used.plain(), missed.percent()


def _against(peer: str, played: dict[str, Replay]) -> tuple[str, ...]:
    figures = compared(played["ours"], played[peer])
    return peer, figures.saved.percent(), figures.more_misses.points()
