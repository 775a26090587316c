"""Measure everything that a module `bench_*.py` beside this one offers, and print the table."""

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from tests.bench.rows import Row, table


def _rows() -> Iterator[Row]:
    for path in sorted(Path(__file__).parent.glob("bench_*.py")):
        yield from import_module(f"tests.bench.{path.stem}").rows()


def main() -> None:
    """Print the table."""
    for line in table(list(_rows())):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
