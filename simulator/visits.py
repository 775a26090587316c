"""Whole visits in virtual time, as a command: JSON with everything that was measured, and what was seen."""

import asyncio
import tempfile
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from traceback import format_exception
from typing import Any

import numpy as np
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from firmware.visit.outcomes import Outcome
from host_tools.sealed_record import OpenedArtefact, OpenedRecord, check_record, open_record
from simulator.judgement import complaints
from simulator.people.person import Person
from simulator.played import CRASHED, Played
from simulator.provisioned import provision
from simulator.scenario import Scenario
from simulator.stage import Stage
from simulator.time_limit import TimeLimitReached
from simulator.trace import Trace
from simulator.virtual_time import Deadlock, VirtualLoop

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit as it went, the record it left, and what is not as the scenario says."""

    played: Played
    record: OpenedRecord | None
    complaints: tuple[str, ...]
    document: Json


def play(scenario: Scenario, people: Iterable[Person], seed: int) -> tuple[Visit, ...]:
    """One visit a person, on one terminal whose state is gone afterwards; one that crashes is the last."""
    with tempfile.TemporaryDirectory(prefix="tram-") as folder:
        state = Path(folder) / "state"
        key = provision(state, Path(folder) / "centre", scenario.terminal)
        stage = Stage(state, np.random.default_rng(seed), scenario.terminal)
        visits: list[Visit] = []
        with suppress(Deadlock), asyncio.Runner(loop_factory=VirtualLoop) as runner:
            for person in people:
                played = _played(runner, stage, person, scenario)
                visits.append(_crashed(played) if played.crash else _visit(scenario, played, state, key))
                if played.crash:
                    break
        return tuple(visits)


def _played(runner: asyncio.Runner, stage: Stage, person: Person, scenario: Scenario) -> Played:
    """One visit; of one that crashed, everything until then."""
    loop = runner.get_loop()
    notes = stage.notes(loop.time())
    try:
        (ending,) = runner.run(_ending(stage.play(person, scenario, notes)))
    except (Deadlock, TimeLimitReached) as crash:
        ending = crash
    if isinstance(ending, BaseException):
        return notes.played(CRASHED, loop.time(), "".join(format_exception(ending)))
    return notes.played(ending.value, loop.time())


async def _ending(visit: Coroutine[Any, Any, Outcome]) -> tuple[Outcome | BaseException]:
    return await asyncio.gather(visit, return_exceptions=True)


def _crashed(played: Played) -> Visit:
    """The complaint is the last line of the traceback."""
    complaint = played.crash.strip().rpartition("\n")[2]
    return Visit(played, None, (complaint,), _document(played, None))


def _visit(scenario: Scenario, played: Played, state: Path, key: X25519PrivateKey) -> Visit:
    record = _taken_out(state, key)
    left = tuple(f"{path.parent.name}/{path.name} was left" for path in _unfinished(state))
    document = _document(played, record)
    ended_s = played.begun_s + played.virtual_s
    for artefact in document["artefacts"]:
        played.trace.note(f"{artefact['modality']} {artefact['position']} {artefact['score']}", ended_s)
    wrong = complaints(scenario.expect, document, played.shown)
    return Visit(played, record, (*wrong, *left), document)


def _unfinished(state: Path) -> list[Path]:
    """What no ended visit may leave: packets outside the outbox, and more than one record."""
    return [*(state / "visits").glob("*"), *(state / "outbox").glob("*")]


def _taken_out(state: Path, key: X25519PrivateKey) -> OpenedRecord | None:
    """The record that the visit left, opened as the centre would; it makes room for the next."""
    for folder in (state / "outbox").glob("*"):
        record = open_record(check_record(folder), key)
        folder.rename(state.parent / folder.name)
        return record
    return None


def _document(played: Played, record: OpenedRecord | None) -> Json:
    return {
        "outcome": played.outcome,
        "crash": played.crash,
        "phases": [{"name": name, "virtual_s": round(virtual_s, 3)} for name, virtual_s in played.phases],
        "artefacts": [] if record is None else [_artefact(each) for each in _in_plan_order(record)],
        "declared": {} if record is None else _declared(record.document),
        "virtual_s": round(played.virtual_s, 3),
        "cpu_s": round(played.cpu_s, 3),
    }


def _declared(record: Json) -> Json:
    """What a record says besides its artefacts, without numbers, names and dates."""
    guardian = record["guardian"]
    return {
        "purpose": record["purpose"],
        "reason": record["reason"],
        "claimed_by": record["claim"]["source"],
        "verified": record["claim"]["verified"],
        "register": record["look_up"]["end"],
        "framing": record["framing"],
        "date_by": record["eligibility"]["date_source"],
        "date_attested_by": record["eligibility"]["date_attested_by"],
        "age_band": record["eligibility"]["age_band"],
        "birth_by": record["eligibility"]["birth_source"],
        "guardian": guardian and guardian["relation"],
        "guardian_by": guardian and guardian["claim"]["source"],
        "finger_limits": " ".join(limit["limit"] for limit in record["limits"]),
        "child_agreed": bool(guardian and guardian["child_agreed_at"]),
        "looks": ", ".join(f"{matter} {found}" for matter, found in record["attestation"]["looks"].items()),
        "asked_again": ", ".join(record["attestation"]["asked_again"]),
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
        "visits": [{**visit.document, "complaints": list(visit.complaints)} for visit in visits],
    }
