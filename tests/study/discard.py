"""How many prints are missed when the worst by some quality measure are left out: error against discard."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.study.intervals import Figure, over_fingers
from tests.study.oracle import Judged

SHARES = (0.0, 0.05, 0.1, 0.2, 0.3)
TIE_BREAKS = 20  # scores are whole numbers; prints that are equal are left out in a drawn order

Quality = NDArray[np.float64]  # (n,) of n impressions, higher is better


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Genuine pairs: both impressions of each, whose they are, and whether the matcher missed them."""

    one: NDArray[np.intp]
    other: NDArray[np.intp]
    fingers: NDArray[np.int64]
    missed: NDArray[np.bool_]


def genuine(judged: Judged) -> Pairs:
    """Every genuine pair at the set's threshold, which does not move when prints are left out."""
    one, other = judged.genuine_pairs
    return Pairs(one, other, judged.fingers[one], judged.bozorth[one, other] < judged.threshold)


def kept(quality: Quality, share: float) -> NDArray[np.bool_]:
    """(TIE_BREAKS, n): which impressions stay when the worst `share` is left out."""
    rng = np.random.default_rng(20)
    ranks = [np.lexsort((rng.random(len(quality)), quality)) for _ in range(TIE_BREAKS)]
    stays = np.ones((TIE_BREAKS, len(quality)), bool)
    for row, rank in zip(stays, ranks, strict=True):
        row[rank[: round(share * len(quality))]] = False
    return stays


def missed_share(pairs: Pairs, stays: NDArray[np.bool_], weights: NDArray[np.float64]) -> float:
    """Mean share of misses among the pairs that stay; weights: (pairs,) how often each counts."""
    both = np.asarray((stays[:, pairs.one] & stays[:, pairs.other]) * weights, np.float64)
    shares = (both @ pairs.missed) / np.maximum(both @ np.ones(len(weights)), 1e-9)
    return float(shares.mean())


def curve(judged: Judged, quality: Quality, shares: Sequence[float] = SHARES) -> list[Figure]:
    """Misses at each share of prints left out, with intervals over fingers."""
    pairs = genuine(judged)
    return [_figure(pairs, kept(quality, share)) for share in shares]


def fewer(judged: Judged, quality: Quality, than: Quality, share: float) -> Figure:
    """By how much the misses are fewer with one measure than with the other; negative: more."""
    pairs, ours, theirs = genuine(judged), kept(quality, share), kept(than, share)
    names, places = np.unique(pairs.fingers, return_inverse=True)

    def difference(drawn: NDArray[np.intp]) -> float:
        weights = np.bincount(drawn, minlength=len(names))[places].astype(np.float64)
        return missed_share(pairs, theirs, weights) - missed_share(pairs, ours, weights)

    return over_fingers(difference, len(names))


def _figure(pairs: Pairs, stays: NDArray[np.bool_]) -> Figure:
    names, places = np.unique(pairs.fingers, return_inverse=True)

    def share(drawn: NDArray[np.intp]) -> float:
        return missed_share(pairs, stays, np.bincount(drawn, minlength=len(names))[places].astype(np.float64))

    return over_fingers(share, len(names))
