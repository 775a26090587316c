"""How close NFIQ 2 in numpy comes to the original: scores a set, deviations a feature."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from firmware.models import fingerprint_forest
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.fingerprint.nfiq2.algorithm import Nfiq2
from firmware.quality.fingerprint.nfiq2.forest import Forest
from firmware.quality.fingerprint.nfiq2.names import FEATURES
from tests.nfiq2.oracle import Oracle
from tests.nfiq2.prints import SETS, GoldenPrint, golden_prints

HEAD = f"{'prints':42} {'n':>4} {'Pearson':>8} {'MAE':>6} {'same side of 20':>16} {'30':>6} {'40':>6}"
Pair = tuple[GoldenPrint, int, dict[str, float], int, dict[str, float]]


def lines(finger: Path, *, with_minutiae: bool) -> Iterator[str]:
    """The table of scores and each feature's largest deviation from the oracle's values in full precision."""
    oracle, nfiq2 = Oracle(), Nfiq2(Forest.load(fingerprint_forest()))
    pairs = [
        pair
        for name in SETS
        for print_ in golden_prints(finger, name)
        if (pair := _pair(print_, nfiq2, oracle, with_minutiae=with_minutiae))
    ]
    yield HEAD
    for name in SETS:
        for is_tuned_on in (True, False):
            chosen = [
                pair for pair in pairs if pair[0].set_name == name and pair[0].is_tuned_on is is_tuned_on
            ]
            yield from _scores(f"{name}, {'tuned on' if is_tuned_on else 'held out'}", chosen)
    yield from _scores("all held out", [pair for pair in pairs if not pair[0].is_tuned_on])
    yield ""
    for feature in FEATURES:
        largest = max(abs(golden[feature] - ours[feature]) for _, _, golden, _, ours in pairs)
        yield f"{feature:42} largest deviation {largest:.2g}"


def _pair(print_: GoldenPrint, nfiq2: Nfiq2, oracle: Oracle, *, with_minutiae: bool) -> Pair | None:
    golden = oracle.assess(print_.image)
    ours = nfiq2.assess(print_.image, find_minutiae(print_.image) if with_minutiae else None)
    if golden is None or ours.refusal is not None:
        return None
    return print_, golden.score, golden.features, ours.score, dict(ours.features)


def _scores(title: str, pairs: list[Pair]) -> Iterator[str]:
    if not pairs:
        return
    golden, ours = (np.array([pair[index] for pair in pairs], float) for index in (1, 3))
    sides = "  ".join(f"{np.mean((golden >= limit) == (ours >= limit)):6.3f}" for limit in (20, 30, 40))
    pearson = float(np.corrcoef(golden, ours)[0, 1])
    yield f"{title:42} {len(pairs):4} {pearson:8.3f} {np.abs(golden - ours).mean():6.2f}           {sides}"
