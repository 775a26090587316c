"""`population`: many people's whole visits in virtual time, and what became of their fingers."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import cast

from simulator.population.figures import KindFigures, figures_of
from simulator.population.mixture import load_mixture, who_comes
from simulator.population.page import advice_text, population_page, share_text
from simulator.population.playing import play_all
from simulator.population.visiting import OLD, Visited, visit_of
from simulator.time_limit import cpu_limit

VISIT_CPU_S = 120.0
PAGE = "index.html"
ENDED_WELL = "saved"


def add_arguments(parser: ArgumentParser) -> None:
    """What `population` understands."""
    parser.add_argument("--people", type=int, default=200, metavar="N", help="how many come (default 200)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of who comes (default 1)")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="visits at a time (default 2)")
    parser.add_argument("--html", type=Path, metavar="DIR", help=f"write DIR/{PAGE} with plots")


def run(arguments: Namespace) -> int:
    """Play; 0 when every visit and every finger ended with an outcome, 1 when not."""
    people, seed = max(4, cast("int", arguments.people)), cast("int", arguments.seed)
    mixture = load_mixture()
    with cpu_limit(VISIT_CPU_S * people):
        visits = list(
            play_all(visit_of, who_comes(people, seed, mixture), max(1, cast("int", arguments.jobs)))
        )
    groups = {name: [each for each in visits if each.group == name] for name in (*mixture, OLD)}
    kinds = [figures_of(name, those) for name, those in groups.items() if those]
    complaints = complaints_of(visits)
    if folder := cast("Path | None", arguments.html):
        folder.mkdir(parents=True, exist_ok=True)
        page = population_page(kinds, f"population of {people}, seed {seed}", complaints)
        (folder / PAGE).write_text(page, "utf-8")
    _say(kinds, visits, complaints)
    return 1 if complaints else 0


def complaints_of(visits: Sequence[Visited]) -> list[str]:
    """Every visit that left no record, and every finger of a record that has neither sample nor reason."""
    ends = [f"person {each.comer.seed} ended {each.outcome}" for each in visits if each.outcome != ENDED_WELL]
    silent = [
        f"finger {finger.position} of person {each.comer.seed} has no outcome"
        for each in visits
        for finger in each.fingers
        if not finger.is_taken and finger.exception is None
    ]
    return ends + silent


def _say(kinds: Sequence[KindFigures], visits: Sequence[Visited], complaints: Sequence[str]) -> None:
    for kind in kinds:
        sys.stdout.write(
            f"{kind.name}: {kind.people} people, {kind.fingers} fingers, failed to acquire "
            f"{share_text(kind.failed)}, {kind.tries:.2f} tries a finger, {kind.forced} forced, "
            f"{kind.not_taken} not taken, "
            f"{kind.not_given} missing; a finger takes {kind.asked.median_s:.1f} s, told what next after "
            f"{kind.told.median_s:.2f} s, advice after {advice_text(kind.advised)}\n"
        )
    for visit in visits:
        sys.stdout.write(visit.crash)
    for complaint in complaints:
        sys.stdout.write(f"not as it should be: {complaint}\n")
    cpu_s, virtual_s = (sum(getattr(visit, name) for visit in visits) for name in ("cpu_s", "virtual_s"))
    sys.stdout.write(f"{len(visits)} visits, {virtual_s:.0f} virtual s in {cpu_s:.0f} s of CPU\n")
