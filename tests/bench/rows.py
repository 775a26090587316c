"""What a bench module offers: the rows of the performance table."""

from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass

HEAD = ("what", "measured", "unit", "target", "peer, same run")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure. target: as the design states it; peer: the same work by another program."""

    name: str
    measured: float
    unit: str
    target: str = ""
    peer: str = ""


def table(rows: Sequence[Row]) -> Iterator[str]:
    """The rows as lines of aligned columns under a head, figures to the right."""
    cells = [HEAD, *((row.name, _figure(row.measured), *astuple(row)[2:]) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    for line in cells:
        aligned = [cell.ljust(width) for cell, width in zip(line, widths, strict=True)]
        aligned[1] = line[1].rjust(widths[1])
        yield "  ".join(aligned).rstrip()


def _figure(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
