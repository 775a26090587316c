"""Replays on real prints with an independent matcher: `python -m tests.study stopping|discard`."""

import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.study import discard_tables, stopping_tables
from tests.study.prints import data_folder

CACHE = Path(__file__).parents[2] / ".cache" / "study"

STUDIES: dict[str, Callable[[Path, Path], Iterator[str]]] = {
    "stopping": stopping_tables.lines,
    "discard": discard_tables.lines,
}


def main(words: list[str] | None = None) -> int:
    """Print the tables of one study; 2 when the prints are not there."""
    parser = ArgumentParser(prog="python -m tests.study", description=__doc__)
    parser.add_argument("study", choices=STUDIES)
    parser.add_argument(
        "--cache", type=Path, default=CACHE, metavar="DIR", help="what was judged is kept there"
    )
    arguments = parser.parse_args(words)
    if not data_folder().is_dir():
        sys.stderr.write(f"error: no prints in {data_folder()}; set TRAM_SHARED\n")
        return 2
    for line in STUDIES[str(arguments.study)](data_folder(), arguments.cache):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
