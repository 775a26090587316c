"""Compare all pairs of the real sets, ours and Bozorth3, and print the table (some minutes)."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2

from tests.matching.matchers import Comparison, Matcher, compare_all, matchers
from tests.matching.real_sets import ALILOU, FVC, MOSIP, RealPrint, on_the_sensor, read_set

_HEAD = (
    "set | matcher | genuine, impostor pairs | false alarms, highest impostor / threshold | caught"
    " | equal error | missed at no false match | mirrored: alarms, highest | ms a print, a pair"
)


def _sets(folder: Path) -> Iterator[tuple[str, list[RealPrint]]]:
    alilou = read_set(folder, ALILOU)
    yield f"{ALILOU} 1-25 (tuned on)", [print_ for print_ in alilou if int(print_.finger) <= 25]
    yield f"{ALILOU} 26-50", [print_ for print_ in alilou if int(print_.finger) > 25]
    yield f"{ALILOU} 1-50", alilou
    yield FVC, read_set(folder, FVC)
    yield MOSIP, read_set(folder, MOSIP)


def _row(name: str, matcher: Matcher, made: Comparison) -> str:
    scores, threshold = made.scores, matcher.same_finger
    cells = (
        name,
        matcher.name,
        f"{len(scores.genuine)}, {len(scores.impostor)}",
        f"{scores.false_alarms(threshold)}, {scores.highest_impostor:.2f} / {threshold:g}",
        f"{scores.caught(threshold):.1%}",
        f"{scores.equal_error:.1%}",
        f"{scores.miss_at_no_false_match:.1%}",
        f"{(made.mirrored >= threshold).sum()}, {made.mirrored.max():.2f}",
        f"{made.print_ms:.1f}, {made.pair_ms:.1f}",
    )
    return " | ".join(cells)


def main() -> None:
    """Print the table, row by row."""
    cv2.setNumThreads(1)
    shared = Path(os.environ.get("TRAM_SHARED", Path(__file__).parents[3] / "shared"))
    sys.stdout.write(f"{_HEAD}\n")
    for name, prints in _sets(shared / "data" / "finger"):
        for seen, variant in (("whole", prints), ("R307", [on_the_sensor(print_) for print_ in prints])):
            for matcher in (make() for make in matchers()):
                sys.stdout.write(f"{_row(f'{name}, {seen}', matcher, compare_all(matcher, variant))}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
