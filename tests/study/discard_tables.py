"""False non-matches against the share of prints left out, by NFIQ 2 and by the product's own report."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from tests.study.discard import SHARES, Quality, curve, fewer
from tests.study.likeness import own
from tests.study.oracle import Judged, judged
from tests.study.own_reports import PER_MINUTIA, by_report, reports
from tests.study.prints import prints_of
from tests.study.stopping_tables import HALVES
from tests.study.tables import table

VIEW = "r307"
AT = 0.2
NFIQ2 = "NFIQ 2 alone"


def lines(data: Path, cache: Path) -> Iterator[str]:
    """Every table; 256 x 288 pixels of 16 grey levels around the print's middle."""
    for name, told, fingers in HALVES:
        prints = prints_of(name, data)
        oracle, seen = judged(name, VIEW, prints, cache), own(name, VIEW, prints, cache)
        report = by_report(reports(VIEW, prints))
        measures = {
            NFIQ2: oracle.nfiq2.astype(np.float64),
            "our report: gates, then score": report,
            "our report and certain minutiae": report + PER_MINUTIA * seen.certain,
        }
        yield from _tables(f"{name}, {VIEW}, {told}", oracle, measures, fingers)


def _tables(
    title: str, oracle: Judged, measures: Mapping[str, Quality], fingers: Sequence[int]
) -> Iterator[str]:
    chosen = np.isin(oracle.fingers, fingers)
    part = oracle.only(chosen)
    pairs = len(part.genuine_pairs[0])
    yield from table(
        f"{title}: {int(chosen.sum())} prints, {pairs} genuine pairs, threshold {oracle.threshold}; "
        "false non-matches when the worst are left out",
        ("left out by", *(f"{100 * share:.0f} %" for share in SHARES)),
        [
            (name, *(each.percent() for each in curve(part, measure[chosen])))
            for name, measure in measures.items()
        ],
    )
    yield from table(
        "",
        (f"at {100 * AT:.0f} % left out", f"fewer than {NFIQ2}, in points"),
        [
            (name, fewer(part, measure[chosen], measures[NFIQ2][chosen], AT).points())
            for name, measure in measures.items()
            if name != NFIQ2
        ],
    )
