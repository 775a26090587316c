"""`visit`: whole visits in virtual time."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import cast

from simulator.people.folder import load_person
from simulator.people.person import Person, generate_person
from simulator.report.writing import write_report
from simulator.scenario import ScenarioInvalid, load_scenario, scenario_names
from simulator.time_limit import cpu_limit
from simulator.visits import Visit, play, whole_document

VISIT_CPU_S = 120.0  # some four seconds are usual


def add_arguments(parser: ArgumentParser) -> None:
    """What `visit` understands."""
    parser.add_argument(
        "--scenario",
        required=True,
        metavar="NAME",
        help=f"a file *.toml, or one of: {', '.join(scenario_names())}",
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="of the person and the noise (default 1)"
    )
    parser.add_argument("--people", type=Path, metavar="DIR", help="a folder with one folder a person")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every step, score and time")
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help="write a page a visit, the JSON and the pictures"
    )


def run(arguments: Namespace) -> int:
    """Play; 0 when every visit ended as the scenario says, 1 when not, 2 when there is nothing to play."""
    seed = cast("int", arguments.seed)
    try:
        scenario = load_scenario(cast("str", arguments.scenario))
    except ScenarioInvalid as invalid:
        return _error(str(invalid))
    people = _people(cast("Path | None", arguments.people), seed)
    if not people:
        return _error(f"no person in {arguments.people}; give a folder with one folder a person")
    with cpu_limit(VISIT_CPU_S * len(people)):
        visits = play(scenario, people, seed)
    document = whole_document(scenario, seed, visits)
    if arguments.json:
        cast("Path", arguments.json).write_text(json.dumps(document, indent=1) + "\n", "utf-8")
    if arguments.report:
        write_report(cast("Path", arguments.report), scenario, seed, visits)
    for visit in visits:
        _say(visit)
    return 1 if any(visit.complaints for visit in visits) else 0


def _people(folder: Path | None, seed: int) -> list[Person]:
    if folder is None:
        return [generate_person(seed)]
    folders = sorted(path for path in folder.iterdir() if path.is_dir()) if folder.is_dir() else []
    return [load_person(path) for path in folders]


def _say(visit: Visit) -> None:
    document = visit.document
    scores = [artefact["score"] for artefact in document["artefacts"] if artefact["score"] is not None]
    sys.stdout.write(
        f"{document['outcome']}: {len(scores)} samples, lowest score {min(scores, default=0)}, "
        f"{document['virtual_s']:.0f} virtual s in {document['cpu_s']:.1f} s of CPU\n"
    )
    sys.stdout.write(visit.played.crash)
    for complaint in visit.complaints:
        sys.stdout.write(f"not as expected: {complaint}\n")


def _error(text: str) -> int:
    sys.stderr.write(f"error: {text}\n")
    return 2
