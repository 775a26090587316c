"""Whether a visit ended as its scenario says."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario import Expectation

Json = dict[str, Any]


def complaints(expect: Expectation, visit: Json, shown: tuple[str, ...]) -> tuple[str, ...]:
    """Everything that differs from the expectation, in words; empty when all is as it says.

    visit: one element of "visits" of the visit's JSON. shown: instructions and hints in the order shown.
    """
    if visit["outcome"] != expect.outcome:
        return (f"ended {visit['outcome']}, not {expect.outcome}",)
    artefacts = {_key(artefact): artefact for artefact in visit["artefacts"]}
    return (
        *_artefacts(expect, artefacts),
        *_advice(expect, artefacts),
        *_rejections(expect, artefacts),
        *_shown(expect, shown),
        *_declared(expect, visit["declared"]),
    )


def _key(artefact: Json) -> str:
    match artefact["modality"]:
        case "fingerprint":
            return f"finger_{artefact['position']}"
        case "iris":
            return f"eye_{artefact['position']}"
        case _:
            return "portrait"


def _artefacts(expect: Expectation, artefacts: Mapping[str, Json]) -> Iterator[str]:
    exceptions = {key: each["exception"] for key, each in artefacts.items() if each["exception"]}
    if exceptions != expect.exceptions:
        yield f"exceptions {exceptions}, not {expect.exceptions}"
    wanted = set(artefacts) - set(exceptions) if expect.accepted == ("all",) else set(expect.accepted)
    accepted = {key for key, each in artefacts.items() if each["score"] is not None and not each["forced"]}
    if expect.accepted != ("any",) and accepted != wanted:
        yield f"accepted {sorted(accepted)}, not {sorted(wanted)}"
    forced = {key for key, each in artefacts.items() if each["forced"]}
    if not set(expect.forced) <= forced:
        yield f"forced {sorted(forced)}, not {sorted(expect.forced)}"


def _advice(expect: Expectation, artefacts: Mapping[str, Json]) -> Iterator[str]:
    for key, wanted in expect.advice.items():
        given: list[str] = artefacts[key]["advice"] if key in artefacts else []
        if not _in_order(wanted, given):
            yield f"advice to {key} was {given}, not {wanted}"


def _rejections(expect: Expectation, artefacts: Mapping[str, Json]) -> Iterator[str]:
    for key, wanted in expect.rejections.items():
        attempts: list[Json] = artefacts[key]["attempts"] if key in artefacts else []
        given = [attempt["rejection"] for attempt in attempts if attempt["rejection"]]
        if not _in_order(wanted, given):
            yield f"attempts at {key} were rejected for {given}, not {wanted}"


def _shown(expect: Expectation, shown: tuple[str, ...]) -> Iterator[str]:
    if not _in_order(expect.instructions, shown):
        yield f"the screen never showed {' then '.join(expect.instructions)}"


def _declared(expect: Expectation, declared: Json) -> Iterator[str]:
    for key, wanted in expect.declared.items():
        if key not in declared or declared[key] != wanted:
            yield f"declared {key} {declared.get(key)}, not {wanted}"


def _in_order(wanted: tuple[str, ...] | list[str], given: tuple[str, ...] | list[str]) -> bool:
    rest = iter(given)
    return all(word in rest for word in wanted)
