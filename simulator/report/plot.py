"""Two plain plots as SVG: shares as stacked bars, and spans on one axis; tables say the same."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from simulator.report.markup import Markup, joined, tag

WIDTH, LEFT, BAR, GAP, TOP = 1000.0, 110.0, 30.0, 16.0, 6.0
FOOT = 52.0  # figures and name of the axis
LETTER = 8.0  # width of a figure in a bar
MOST_TICKS = 10
STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: how much of the whole, in percent."""

    label: str
    percent: float
    colour: str


@dataclass(frozen=True, slots=True)
class Span:
    """A span with a mark in it, all in the unit of the axis."""

    label: str
    begin: float
    mark: float
    end: float
    colour: str


def stacked_bars(bars: Sequence[tuple[str, Sequence[Part]]], axis: str, label: str) -> Markup:
    """One bar of 100 % a row, under it an axis in percent. label: what a listener is told of the picture."""
    rows = [_row(index, name, _stacked(parts, _top(index))) for index, (name, parts) in enumerate(bars)]
    return _drawn(rows, 100.0, axis, label)


def spans(rows: Sequence[tuple[str, Sequence[Span]]], axis: str, label: str) -> Markup:
    """Spans over each other in each row, under them an axis from 0 to the farthest end."""
    most = _to_a_tick(max((span.end for _, several in rows for span in several), default=1.0) or 1.0)
    drawn = [
        _row(index, name, _over_each_other(several, _top(index), most))
        for index, (name, several) in enumerate(rows)
    ]
    return _drawn(drawn, most, axis, label)


def legend(entries: Sequence[tuple[str, str]]) -> Markup:
    """What each colour stands for. entries: label and colour."""
    return tag("ul", *(tag("li", _swatch(colour), " ", label) for label, colour in entries), class_="legend")


def _swatch(colour: str) -> Markup:
    return tag("span", style=f"background: {colour}", class_="swatch")


def _top(index: int) -> float:
    return TOP + index * (BAR + GAP)


def _row(index: int, name: str, content: Markup) -> Markup:
    text = tag("text", name, x=LEFT - 8, y=_top(index) + BAR / 2 + 5, text_anchor="end", class_="name")
    return joined(text, content)


def _stacked(parts: Sequence[Part], top: float) -> Markup:
    begin, drawn = 0.0, list[Markup]()
    for part in parts:
        drawn.append(_box(part, begin, top))
        begin += part.percent
    return joined(*drawn)


def _box(part: Part, begin: float, top: float) -> Markup:
    x, width = LEFT + begin / 100 * (WIDTH - LEFT), part.percent / 100 * (WIDTH - LEFT)
    figure = f"{part.percent:.1f}"
    title = tag("title", f"{part.label}: {figure} %")
    box = tag("rect", x=f"{x:.2f}", y=top, width=f"{width:.2f}", height=BAR, fill=part.colour)
    fits = width > LETTER * len(figure) + 8
    text = tag("text", figure, x=f"{x + 5:.2f}", y=top + BAR / 2 + 5) if fits else None
    return tag("g", title, box, text) if part.percent else Markup("")


def _over_each_other(several: Sequence[Span], top: float, most: float) -> Markup:
    height = BAR / max(len(several), 1)
    return joined(*(_span(span, top + at * height, height, most) for at, span in enumerate(several)))


def _span(span: Span, top: float, height: float, most: float) -> Markup:
    begin, mark, end = (LEFT + value / most * (WIDTH - LEFT) for value in (span.begin, span.mark, span.end))
    title = tag("title", f"{span.label}: {span.begin:.1f} to {span.end:.1f}, middle {span.mark:.1f}")
    width = f"{max(end - begin, 1.0):.2f}"
    box = tag(
        "rect",
        x=f"{begin:.2f}",
        y=f"{top + 1:.2f}",
        width=width,
        height=f"{height - 2:.2f}",
        fill=span.colour,
    )
    middle = tag(
        "rect", x=f"{mark - 1.5:.2f}", y=f"{top:.2f}", width=3, height=f"{height:.2f}", fill="#11263c"
    )
    return tag("g", title, box, middle)


def _drawn(rows: Sequence[Markup], most: float, axis: str, label: str) -> Markup:
    bottom = _top(len(rows))
    step = _step(most)
    ticks = [_tick(number * step, most, bottom) for number in range(round(most / step) + 1)]
    name = tag("text", axis, x=(LEFT + WIDTH) / 2, y=bottom + 40, text_anchor="middle", class_="name")
    size = f"0 0 {WIDTH + 20:g} {bottom + FOOT:g}"
    return tag("svg", *ticks, *rows, name, viewBox=size, role="img", aria_label=label)


def _to_a_tick(most: float) -> float:
    """The end of an axis that shows `most`."""
    return math.ceil(most / _step(most)) * _step(most)


def _step(most: float) -> float:
    return next((step for step in STEPS if most / step <= MOST_TICKS), STEPS[-1])


def _tick(value: float, most: float, bottom: float) -> Markup:
    x = f"{LEFT + value / most * (WIDTH - LEFT):.2f}"
    line = tag("line", x1=x, x2=x, y1=TOP, y2=bottom)
    return joined(line, tag("text", f"{value:g}", x=x, y=bottom + 18, text_anchor="middle"))
