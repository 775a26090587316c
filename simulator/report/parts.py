"""The parts of a visit with every attempt, and with what the devices saw besides."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from firmware.quality.report import QualityReport
from simulator.album import Judged
from simulator.visits import Visit

Json = dict[str, Any]

MOST_SEEN = 12  # pictures beside the attempts of one part


@dataclass(frozen=True, slots=True)
class Try:
    """One attempt as the record tells it. picture: what was judged, when an album has it."""

    document: Json
    picture: bytes | None
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One part. exception: the reason why it was not taken. seen: further images, where the advice changed.

    is_recorded: the visit left a record, so that tries are all that were counted.
    """

    key: str
    tries: tuple[Try, ...]
    seen: tuple[Judged, ...]
    forced: bool = False
    exception: str | None = None
    is_recorded: bool = True


def parts_of(visit: Visit) -> tuple[Part, ...]:
    """Every part in the order of the plan; without a record, every part that was looked at."""
    judged = visit.played.judged
    if visit.record is None:
        keys = dict.fromkeys(each.target for each in judged if each.target)
        return tuple(Part(key, (), _changes(_of(judged, key)), is_recorded=False) for key in keys)
    documents = {artefact.part: artefact.document for artefact in visit.record.artefacts}
    return tuple(
        _part(key, documents[key], _of(judged, key))
        for key in visit.record.document["asked"]
        if key in documents
    )


def _part(key: str, document: Json, judged: list[Judged]) -> Part:
    sample: Json | None = document["sample"]
    kept = sample["attempt"] if sample else None
    found = [_judged_as(attempt["report"], judged) for attempt in document["attempts"]]
    tries = tuple(
        Try(attempt, one.picture if one else None, attempt["number"] == kept)
        for attempt, one in zip(document["attempts"], found, strict=True)
    )
    seen = _changes([each for each in judged if each not in found])
    return Part(key, tries, seen, document["forced"], document["exception"])


def _of(judged: Iterable[Judged], key: str) -> list[Judged]:
    return [each for each in judged if each.target == key]


def _judged_as(report: Json | None, judged: list[Judged]) -> Judged | None:
    """The image of which that report was made; what several images told together stands behind its values."""
    told = [] if report is None else [part["value"] for part in report["components"]]
    for each in judged:
        values = _values(each.report)
        if values and told[: len(values)] == values:
            return each
    return None


def _values(report: QualityReport) -> list[float | None]:
    return [part.value if math.isfinite(part.value) else None for part in report.components]


def _changes(judged: list[Judged]) -> tuple[Judged, ...]:
    """The first of each run with the same advice, and the last of all; at most MOST_SEEN."""
    return tuple([*_firsts(judged), *judged[-1:]][-MOST_SEEN:]) if len(judged) > 1 else tuple(judged)


def _firsts(judged: list[Judged]) -> Iterator[Judged]:
    before: tuple[object, bool] | None = None
    for each in judged[:-1]:
        now = each.report.advice, each.report.accepted
        if now != before:
            yield each
        before = now
