"""Phases and lamp of a visit as two bars over time."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from simulator.played import Played
from simulator.report.markup import Markup, joined, tag
from simulator.report.words import capital, duration, plain, said, tick

WIDTH, BAR, TOP = 1000.0, 34.0, 8.0
LETTER = 7.5  # width of a letter, of WIDTH
STEPS_S, MOST_TICKS = (1.0, 5.0, 10.0, 20.0, 60.0, 300.0, 900.0), 12

PALE = ("#cfe3ef", "#f3dfb8")  # phases in turn
LAMP = {
    "invite": "#ffffff",
    "your_turn": "#ffffff",
    "working": "#9cc3ff",
    "good": "#8fdcae",
    "better": "#ffc861",
    "help": "#d9b3ff",
    "fault": "#ff9d9d",
    "closed": "#8b95a1",
}

Span = tuple[float, float, str, str]  # begin and end in seconds, label, colour


def timeline(played: Played) -> Markup:
    """An SVG picture with its legend; the list of phases says the same in words."""
    total_s = max(played.virtual_s, 0.001)
    bars = ("Phase", _phase_spans(played)), ("Lamp", _lamp_spans(played))
    drawn = [_bar(row, name, spans, total_s) for row, (name, spans) in enumerate(bars)]
    height = TOP + len(bars) * (BAR + 26.0) + 24.0
    label = "Timeline of the phases, and of what the lamp said; the phases are listed below"
    size = f"-60 0 {WIDTH + 90.0:g} {height:g}"
    ticks = _ticks(total_s, height - 14.0)
    signals = dict.fromkeys(each.signal for each in played.moments)
    return joined(
        tag("svg", ticks, *drawn, viewBox=size, role="img", aria_label=label),
        tag("ul", tag("li", "The lamp says:"), *map(_meaning, signals), class_="legend"),
    )


def _meaning(signal: str) -> Markup:
    swatch = tag("span", style=f"background: {LAMP.get(signal, '#ffffff')}", class_="swatch")
    return tag("li", swatch, " ", plain(signal))


def _phase_spans(played: Played) -> Iterator[Span]:
    at_s = 0.0
    for number, (name, virtual_s) in enumerate(played.phases):
        yield at_s, at_s + virtual_s, capital(said("phase", name)), PALE[number % len(PALE)]
        at_s += virtual_s


def _lamp_spans(played: Played) -> Iterator[Span]:
    begins = [(each.at_s - played.begun_s, each.signal) for each in played.moments]
    for (begin_s, signal), (end_s, _) in pairwise([*begins, (played.virtual_s, "")]):
        yield begin_s, end_s, plain(signal), LAMP.get(signal, "#ffffff")


def _bar(row: int, name: str, spans: Iterable[Span], total_s: float) -> Markup:
    top = TOP + row * (BAR + 26.0)
    label = tag("text", name, x=-8, y=top + BAR / 2 + 5, text_anchor="end", class_="name")
    return joined(label, *(_span(span, top, total_s) for span in spans))


def _span(span: Span, top: float, total_s: float) -> Markup:
    begin_s, end_s, label, colour = span
    x, width = begin_s / total_s * WIDTH, (end_s - begin_s) / total_s * WIDTH
    title = tag("title", f"{label}: {duration(end_s - begin_s)}")
    box = tag("rect", x=f"{x:.2f}", y=top, width=f"{width:.2f}", height=BAR, fill=colour)
    fits = width > LETTER * len(label) + 8
    text = tag("text", label, x=f"{x + 5:.2f}", y=top + BAR / 2 + 5) if fits else None
    return tag("g", title, box, text)


def _ticks(total_s: float, y: float) -> Markup:
    step_s = next((step for step in STEPS_S if total_s / step <= MOST_TICKS), STEPS_S[-1])
    moments = (number * step_s for number in range(int(total_s / step_s) + 1))
    return joined(*(_tick(at_s, at_s / total_s * WIDTH, y) for at_s in moments))


def _tick(at_s: float, x: float, y: float) -> Markup:
    line = tag("line", x1=f"{x:.2f}", x2=f"{x:.2f}", y1=TOP, y2=y - 14.0)
    return joined(line, tag("text", tick(at_s), x=f"{x:.2f}", y=y, text_anchor="middle"))
