"""The files of a report: JSON, traces, a page a visit, and every picture that the centre receives."""

import json
from pathlib import Path

from simulator.report.overview import overview_page
from simulator.report.visit_page import visit_page
from simulator.scenario import Scenario
from simulator.visits import Visit, whole_document


def write_report(folder: Path, scenario: Scenario, seed: int, visits: tuple[Visit, ...]) -> None:
    """Everything of these visits, below `folder`; of a former report only what has the same name goes."""
    folder.mkdir(parents=True, exist_ok=True)
    document = json.dumps(whole_document(scenario, seed, visits), indent=1)
    (folder / "visits.json").write_text(document, "utf-8")
    title = f"{scenario.name}, seed {seed}"
    for number, visit in enumerate(visits, 1):
        html = visit_page(visit, number, title, scenario.description)
        (folder / f"visit{number}.html").write_text(html, "utf-8")
        _write_evidence(folder, number, visit)
    if len(visits) > 1:
        (folder / "index.html").write_text(overview_page(visits, title, scenario.description), "utf-8")


def _write_evidence(folder: Path, number: int, visit: Visit) -> None:
    """The trace, and the pictures without loss."""
    trace = "".join(f"{line}\n" for line in visit.played.trace.lines)
    (folder / f"visit{number}_trace.txt").write_text(trace, "utf-8")
    for artefact in visit.record.artefacts if visit.record else ():
        if artefact.picture:
            (folder / f"visit{number}_{artefact.part}.png").write_bytes(artefact.picture)
