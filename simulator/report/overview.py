"""Several visits on one page, each with a link to its own."""

from simulator.report.markup import Markup, table, tag
from simulator.report.visit_page import headed_page, outcome_words, scores_of
from simulator.report.words import capital, duration
from simulator.visits import Visit

HEADS = ("Visit", "Outcome", "As the scenario says", "Samples", "Lowest score", "Duration", "CPU time")


def overview_page(visits: tuple[Visit, ...], title: str, description: str) -> str:
    """The visits in order."""
    rows = [_row(number, visit) for number, visit in enumerate(visits, 1)]
    bad = sum(bool(visit.complaints) for visit in visits)
    told = f"{bad} of {len(visits)} visits did not end as the scenario says." if bad else "All as it says."
    heading = f"{len(visits)} visits"
    return headed_page(
        heading,
        title,
        description,
        tag(
            "main",
            tag("p", tag("strong", told), class_=f"verdict {'bad' if bad else 'good'}"),
            table("Visits in order", HEADS, rows, class_="visits"),
        ),
    )


def _row(number: int, visit: Visit) -> tuple[str, ...]:
    scores, played = scores_of(visit), visit.played
    link = tag("a", f"Visit {number}", href=f"visit{number}.html")
    return (
        link,
        capital(outcome_words(visit)),
        _verdict(visit),
        str(len(scores)),
        str(min(scores)) if scores else "–",
        duration(played.virtual_s),
        f"{played.cpu_s:.1f} s",
    )


def _verdict(visit: Visit) -> Markup:
    if visit.complaints:
        return tag("span", "no: ", "; ".join(visit.complaints), class_="bad")
    return tag("span", "yes", class_="good")
