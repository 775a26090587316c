"""What the `person.toml` of a person's folder says."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from firmware.records.samples import ExceptionReason, FingerPosition
from simulator.people.facts import Facts, Sex
from simulator.people.photograph import Eyes

T = TypeVar("T")

SECTIONS = ("facts", "portrait_eyes", "missing_fingers")


class PersonFolderBroken(Exception):
    """A person's folder does not hold what it should; the message says where, and nothing of the person."""

    def __init__(self, place: Path, problem: str) -> None:
        super().__init__(f"{place}: {problem}")


@dataclass(frozen=True, slots=True)
class FolderText:
    """What is said beside a person's images. facts, eyes: None where they are not given."""

    facts: Facts | None
    eyes: Eyes | None = field(repr=False)
    missing: Mapping[FingerPosition, ExceptionReason]


def read_text(file: Path) -> FolderText:
    """The content of `person.toml`, or nothing where there is no such file."""
    table = _table(file)
    refuse_unknown(file, table, SECTIONS)
    table.setdefault("missing_fingers", {})
    return FolderText(
        facts=_facts(file, table["facts"]) if "facts" in table else None,
        eyes=_value(file, table, "portrait_eyes", _eyes) if "portrait_eyes" in table else None,
        missing=_value(file, table, "missing_fingers", _missing),
    )


def refuse_unknown(place: Path, names: Iterable[str], known: Iterable[str]) -> None:
    """PersonFolderBroken when there is a name that is not known."""
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise PersonFolderBroken(place, f"does not know {', '.join(unknown)}")


def _table(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    except ValueError as error:
        raise PersonFolderBroken(file, "is not TOML in UTF-8") from error


def _value(file: Path, table: Mapping[str, Any], key: str, read: Callable[[Any], T]) -> T:
    """One value as `read` understands it; PersonFolderBroken when it is absent or not understood."""
    try:
        return read(table[key])
    except (KeyError, TypeError, ValueError):
        raise PersonFolderBroken(file, f"{key} is missing or not as it should be") from None


def _facts(file: Path, table: dict[str, Any]) -> Facts:
    readers: dict[str, Callable[[Any], Any]] = {
        "number": _matching(r"\d{12}"),
        "old_number": _matching(r"(\d{9})?"),
        "name": _matching(r"[^|]+"),
        "birth_date": _date,
        "sex": Sex,
        "address": _matching(r"[^|]*"),
        "issue_date": _date,
    }
    refuse_unknown(file, table, readers)
    given = {"old_number": ""} | table
    return Facts(**{key: _value(file, given, key, read) for key, read in readers.items()})


def _matching(pattern: str) -> Callable[[Any], str]:
    def read(value: str) -> str:
        if re.fullmatch(pattern, value) is None:
            raise ValueError(pattern)
        return value

    return read


def _date(value: object) -> date:
    if type(value) is not date:
        raise TypeError(value)
    return value


def _eyes(value: list[list[float]]) -> Eyes:
    """The picture's left eye first."""
    (left, left_row), (right, right_row) = value
    if not float(left) < float(right):
        raise ValueError(value)
    return (float(left), float(left_row)), (float(right), float(right_row))


def _missing(value: dict[str, str]) -> dict[FingerPosition, ExceptionReason]:
    return {FingerPosition(int(code)): ExceptionReason(reason) for code, reason in value.items()}
