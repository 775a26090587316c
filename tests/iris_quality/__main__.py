"""Print how well irises are found, judged and compared; `reference` asks iris-iqm anew."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2

from tests.iris_quality import agreement, figures, matching
from tests.iris_quality.frames import PYTHON, remake

HELD_OUT, TUNED_ON = 1000, 100  # first seeds


def _remade(seeds: range) -> Iterator[str]:
    del seeds
    if not PYTHON.exists():
        yield "iris-iqm is not installed: make iris-reference"
        return
    with TemporaryDirectory() as folder:
        remake(Path(folder))
    yield "tests/iris_quality/golden.csv is remade"


def _agreement(seeds: range) -> Iterator[str]:
    del seeds
    return agreement.lines()


TABLES: Mapping[str, Callable[[range], Iterator[str]]] = {
    "figures": figures.lines,
    "matching": matching.lines,
    "agreement": _agreement,
    "reference": _remade,
}


def main() -> None:
    """Print one table, row by row."""
    parser = ArgumentParser(prog="python -m tests.iris_quality", description=__doc__)
    parser.add_argument("table", choices=TABLES)
    parser.add_argument("--eyes", type=int, default=40, metavar="N", help="of each kind (default 40)")
    parser.add_argument(
        "--tuned-on", action="store_true", help="seeds the limits were chosen on, not held-out ones"
    )
    arguments = parser.parse_args()
    cv2.setNumThreads(1)
    first = TUNED_ON if arguments.tuned_on else HELD_OUT
    for line in TABLES[arguments.table](range(first, first + arguments.eyes)):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
