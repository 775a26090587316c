"""Whole visits in virtual time, as a command: JSON with everything that was measured, and pictures."""

import asyncio
import json
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from host_tools.sealed_record import OpenedArtefact, OpenedRecord, check_record, open_record
from simulator.judgement import complaints
from simulator.people.person import Person
from simulator.provisioned import provision
from simulator.scenario import Scenario
from simulator.stage import Played, Stage
from simulator.trace import Trace
from simulator.virtual_time import VirtualLoop

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as it went, the record it left, and what is not as the scenario says."""

    played: Played
    record: OpenedRecord | None
    complaints: tuple[str, ...]
    document: Json


def play(scenario: Scenario, people: Iterable[Person], seed: int) -> tuple[Visit, ...]:
    """One visit a person, on one terminal whose state is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="tram-") as folder:
        state = Path(folder) / "state"
        key = provision(state, Path(folder) / "centre", scenario.terminal)
        with asyncio.Runner(loop_factory=VirtualLoop) as runner:
            return runner.run(_play(scenario, people, seed, state, key))


async def _play(
    scenario: Scenario, people: Iterable[Person], seed: int, state: Path, key: X25519PrivateKey
) -> tuple[Visit, ...]:
    stage = Stage(state, np.random.default_rng(seed))
    return tuple([_visit(scenario, await stage.play(person, scenario), state, key) for person in people])


def _visit(scenario: Scenario, played: Played, state: Path, key: X25519PrivateKey) -> Visit:
    record = _taken_out(state, key)
    left = tuple(f"{path.parent.name}/{path.name} was left" for path in _unfinished(state))
    document = _document(played, record)
    for artefact in document["artefacts"]:
        played.trace.note(f"{artefact['modality']} {artefact['position']} {artefact['score']}")
    wrong = complaints(scenario.expect, document, played.shown)
    return Visit(played, record, (*wrong, *left), document)


def _unfinished(state: Path) -> list[Path]:
    """What no ended visit may leave: packets outside the outbox, and more than one record."""
    return [*(state / "visits").glob("*"), *(state / "outbox").glob("*")]


def _taken_out(state: Path, key: X25519PrivateKey) -> OpenedRecord | None:
    """The record that the visit left, opened as the centre would; it makes room for the next."""
    for folder in (state / "outbox").iterdir():
        record = open_record(check_record(folder), key)
        folder.rename(state.parent / folder.name)
        return record
    return None


def _document(played: Played, record: OpenedRecord | None) -> Json:
    return {
        "outcome": played.outcome,
        "phases": [{"name": name, "virtual_s": round(virtual_s, 3)} for name, virtual_s in played.phases],
        "artefacts": [] if record is None else [_artefact(each) for each in _in_plan_order(record)],
        "virtual_s": round(played.virtual_s, 3),
        "cpu_s": round(played.cpu_s, 3),
    }


def _in_plan_order(record: OpenedRecord) -> list[OpenedArtefact]:
    """Retaken parts too stand where the plan asked for them."""
    asked: list[str] = record.document["asked"]
    return sorted(record.artefacts, key=lambda artefact: asked.index(artefact.document["part"]))


def _artefact(artefact: OpenedArtefact) -> Json:
    document = artefact.document
    report: Json | None = document["sample"]["report"] if document["sample"] else None
    given = [attempt["report"]["advice"] for attempt in document["attempts"] if attempt["report"]]
    return {
        "modality": document["modality"],
        "position": document["position"],
        "score": report["score"] if report else None,
        "components": report["components"] if report else [],
        "attempts": document["attempts"],
        "forced": document["forced"],
        "exception": document["exception"],
        "advice": [advice for advice in given if advice],
    }


def whole_document(scenario: Scenario, seed: int, visits: tuple[Visit, ...]) -> Json:
    """The visits' JSON as ARCHITECTURE.md promises it."""
    return {
        "scenario": scenario.name,
        "seed": seed,
        "trace_sha256": Trace.joined_sha256(visit.played.trace for visit in visits),
        "visits": [visit.document for visit in visits],
    }


def write_report(folder: Path, document: Json, visits: tuple[Visit, ...]) -> None:
    """The JSON, and every picture that the centre receives, below `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "visits.json").write_text(json.dumps(document, indent=1), "utf-8")
    for number, visit in enumerate(visits, 1):
        for artefact in visit.record.artefacts if visit.record else ():
            if artefact.picture:
                (folder / f"visit{number}_{artefact.document['part']}.png").write_bytes(artefact.picture)
