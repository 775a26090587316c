"""One visit as a page for people: what came of it, every attempt, how long it took, what was shown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from simulator.played import Played
from simulator.report.cards import cards
from simulator.report.markup import Markup, joined, page, table, tag
from simulator.report.parts import Part, parts_of
from simulator.report.timeline import timeline
from simulator.report.words import capital, clock, duration, in_both, plain, said
from simulator.trace import Trace
from simulator.visits import Visit

Json = dict[str, Any]

STYLE = (Path(__file__).parent / "report.css").read_text("utf-8")
NOTHING_PERSONAL = (
    "No name and no number is on this page; the pictures are what the simulated devices delivered."
)


def visit_page(visit: Visit, number: int, title: str, description: str) -> str:
    """The page of the visit with that number. title: of the scenario, with its seed."""
    parts = parts_of(visit)
    heading = f"Visit {number}: {outcome_words(visit)}"
    return headed_page(
        heading,
        title,
        description,
        tag(
            "main",
            verdict(visit),
            _figures(visit, parts),
            _durations(visit.played),
            cards(parts, visit.played.begun_s, number),
            _shown(visit.played),
            _crash(visit.played),
        ),
        tag("footer", tag("p", NOTHING_PERSONAL), _hash(visit)),
    )


def headed_page(heading: str, title: str, description: str, *content: Markup) -> str:
    """A page under its heading. title, description: of the scenario."""
    brand = tag("p", "Trạm · ", title, class_="brand")
    header = tag("header", brand, tag("h1", heading), tag("p", description))
    return page(f"{heading} – {title}", STYLE, header, *content)


def outcome_words(visit: Visit) -> str:
    """How the visit ended, in words."""
    return "record saved" if visit.played.outcome == "saved" else plain(visit.played.outcome)


def verdict(visit: Visit) -> Markup:
    """Whether the visit ended as its scenario says, and what did not."""
    if not visit.complaints:
        return tag("p", tag("strong", "As the scenario says."), class_="verdict good")
    complaints = (tag("li", complaint) for complaint in visit.complaints)
    told = tag("strong", "Not as the scenario says:")
    return tag("div", tag("p", told), tag("ul", *complaints), class_="verdict bad", role="note")


def scores_of(visit: Visit) -> list[int]:
    """The scores of the samples that the visit left."""
    return [each["score"] for each in visit.document["artefacts"] if each["score"] is not None]


def _figures(visit: Visit, parts: tuple[Part, ...]) -> Markup:
    scores = scores_of(visit)
    shown = (
        ("Outcome", capital(outcome_words(visit))),
        ("Samples", f"{len(scores)} of {len(parts)}" if visit.record else "none, no record"),
        ("Lowest score", str(min(scores)) if scores else "–"),
        ("Kept below threshold", str(sum(part.forced for part in parts))),
        ("Exceptions", str(sum(part.exception is not None for part in parts))),
        ("Duration", duration(visit.played.virtual_s)),
        ("CPU time", f"{visit.played.cpu_s:.1f} s, {visit.played.image_cpu_s:.1f} s of it for pictures"),
    )
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in shown))


def _durations(played: Played) -> Markup:
    phases = (
        tag("li", capital(said("phase", name)), " ", tag("b", duration(virtual_s)))
        for name, virtual_s in played.phases
    )
    return tag("section", tag("h2", "Time"), timeline(played), tag("ol", *phases, class_="phases"))


def _shown(played: Played) -> Markup:
    heads = ("Time", "Phase", "The screen said", "Lamp")
    shown = table("Instructions and advice in order", heads, list(_rows(played)), class_="shown")
    return tag("section", tag("h2", "What the person was told"), shown)


def _rows(played: Played) -> Iterator[tuple[str, ...]]:
    """One row for each view that says something else than the one before."""
    before: tuple[object, ...] = ()
    for moment in played.moments:
        now = moment.instruction, moment.hint, moment.target
        if now == before:
            continue
        before = now
        part = f": {said('target', moment.target)}" if moment.target else ""
        advice = tag("span", in_both("hint", moment.hint), class_="advice") if moment.hint else None
        told = joined(in_both("instruction", moment.instruction, moment.target), advice)
        phase = said("phase", moment.phase) + part
        yield clock(moment.at_s - played.begun_s), phase, told, plain(moment.signal)


def _crash(played: Played) -> Markup | None:
    if not played.crash:
        return None
    return tag("section", tag("h2", "How it crashed"), tag("pre", played.crash, tabindex="0"))


def _hash(visit: Visit) -> Markup:
    return tag("p", "SHA-256 of the trace: ", tag("code", Trace.joined_sha256([visit.played.trace])))
