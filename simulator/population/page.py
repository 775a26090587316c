"""A population's visits as a page for people: shares and seconds by kind, as plots and as tables."""

from collections.abc import Sequence

from simulator.population.figures import KindFigures, Share, Spread
from simulator.report.markup import Markup, joined, table, tag
from simulator.report.plot import Part, Span, legend, spans, stacked_bars
from simulator.report.visit_page import headed_page

ENDINGS = (
    ("accepted at the first try", "#8fdcae"),
    ("at the second", "#cfe3ef"),
    ("at the third or later", "#9cc3ff"),
    ("kept below its threshold", "#ffc861"),
    ("not taken, with its reason", "#ff9d9d"),
)
ASKED, TOLD, ADVISED = "#cfe3ef", "#8fdcae", "#ffc861"
HOW = (
    "Whole visits by the terminal's own code, driver and quality loop, in virtual time, over a simulated "
    "sensor at its real pace. Both cameras are away: faces and eyes are recorded as not taken. "
    "Every person is invented; old are ordinary people from 60 on, whose skin is creased."
)
HEADS = (
    "Kind",
    "People",
    "Fingers",
    "Failed to acquire (95 %)",
    "Tries a finger",
    "Forced",
    "Not taken",
    "Missing",
)
TIME_HEADS = (
    "Kind",
    "A finger, median",
    "nine in ten under",
    "Next step told, median",
    "longest",
    "Advice, median and longest",
)


def population_page(kinds: Sequence[KindFigures], title: str, complaints: Sequence[str]) -> str:
    """The whole page. complaints: visits that ended without an outcome that says what came of them."""
    people = sum(kind.people for kind in kinds)
    return headed_page(
        f"{people} people at the finger sensor",
        title,
        HOW,
        tag("main", _verdict(people, complaints), _endings(kinds), _times(kinds)),
    )


def _verdict(people: int, complaints: Sequence[str]) -> Markup:
    told = (
        "; ".join(complaints)
        or f"Each of {people} visits ended with its record and every finger with an outcome."
    )
    return tag("p", tag("strong", told), class_=f"verdict {'bad' if complaints else 'good'}")


def _endings(kinds: Sequence[KindFigures]) -> Markup:
    label = "Share of present fingers by how they ended, for each kind of people; the table says the same"
    bars = [(kind.name, _parts(kind)) for kind in kinds]
    return tag(
        "section",
        tag("h2", "What became of the fingers"),
        stacked_bars(bars, "share of fingers that are present, %", label),
        legend(ENDINGS),
        table(
            "Failure to acquire: no sample reaches its finger's threshold", HEADS, [_counts(k) for k in kinds]
        ),
    )


def _parts(kind: KindFigures) -> list[Part]:
    counts = (*kind.accepted_after, kind.forced, kind.not_taken)
    return [
        Part(label, 100.0 * count / max(kind.fingers, 1), colour)
        for (label, colour), count in zip(ENDINGS, counts, strict=True)
    ]


def _counts(kind: KindFigures) -> tuple[str, ...]:
    shown = (kind.people, kind.fingers, share_text(kind.failed), f"{kind.tries:.2f}")
    return (kind.name, *map(str, (*shown, kind.forced, kind.not_taken, kind.not_given)))


def _times(kinds: Sequence[KindFigures]) -> Markup:
    label = (
        "Seconds for a finger, and from touch to the next step, by kind of people; the table says the same"
    )
    rows = [(kind.name, _spans(kind)) for kind in kinds]
    names = (
        ("a whole finger", ASKED),
        ("from touch to the next step", TOLD),
        ("from touch to advice, where the image was poor", ADVISED),
    )
    return tag(
        "section",
        tag("h2", "How long it takes"),
        spans(rows, "virtual seconds", label),
        joined(
            legend(names),
            tag("p", tag("small", "Bars end where nine in ten are shorter; the mark is the median.")),
        ),
        table("Virtual seconds", TIME_HEADS, [_seconds(kind) for kind in kinds]),
    )


def _spans(kind: KindFigures) -> list[Span]:
    several = (
        ("a whole finger", kind.asked, ASKED),
        ("next step", kind.told, TOLD),
        ("advice", kind.advised, ADVISED),
    )
    return [
        Span(name, 0.0, each.median_s, each.ninth_tenth_s, colour)
        for name, each, colour in several
        if each.count
    ]


def _seconds(kind: KindFigures) -> tuple[str, ...]:
    asked, told = kind.asked, kind.told
    values = (asked.median_s, asked.ninth_tenth_s, told.median_s, told.longest_s)
    return (kind.name, *(f"{value:.1f} s" for value in values), advice_text(kind.advised))


def share_text(share: Share) -> str:
    """A share in percent with its interval."""
    return f"{100 * share.value:.1f} % ({100 * share.low:.1f} to {100 * share.high:.1f})"


def advice_text(spread: Spread) -> str:
    """The median and the longest of a spread, and of how many; a dash where there was none."""
    if not spread.count:
        return "–"
    return f"{spread.median_s:.1f} s, at most {spread.longest_s:.1f} s, of {spread.count}"
