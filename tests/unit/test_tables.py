"""Tables that are read strictly."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pytest

from hw.tables import TableInvalid, parse_table


@dataclass(frozen=True, slots=True)
class Range:
    lowest: float
    highest: float


class Light(StrEnum):
    DAY = "day"
    LAMP = "lamp"


@dataclass(frozen=True, slots=True)
class Example:
    attempts: int
    strict: bool
    label: str
    sides: tuple[float, float]
    scores: tuple[int, ...]
    period: Range
    light: Light
    folder: Path


def _table(**changes: object) -> dict[str, object]:
    table: dict[str, object] = {
        "attempts": 3,
        "strict": True,
        "label": "plain",
        "sides": [0.5, 2],
        "scores": [30, 20, 10],
        "period": {"lowest": 5, "highest": 15.0},
        "light": "lamp",
        "folder": "/var/lib",
    }
    return table | changes


def test_a_table_becomes_a_dataclass() -> None:
    expected = Example(
        3, True, "plain", (0.5, 2.0), (30, 20, 10), Range(5.0, 15.0), Light.LAMP, Path("/var/lib")
    )
    assert parse_table(Example, _table(), "example") == expected


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"colour": 1}, r"example: unknown \['colour'\], missing \[\]"),
        ({"attempts": "3"}, r"example\.attempts should be int"),
        ({"attempts": True}, r"example\.attempts should be int"),
        ({"sides": [1.0]}, r"example\.sides should have 2 items"),
        ({"sides": 1.0}, r"example\.sides should be a list"),
        ({"scores": [1, "2"]}, r"example\.scores\[1\] should be int"),
        ({"period": {"lowest": 5}}, r"example\.period: unknown \[\], missing \['highest'\]"),
        ({"light": "moon"}, r"example\.light should be one of \['day', 'lamp'\], not 'moon'"),
        ({"folder": 5}, r"example\.folder should be Path"),
        ({"period": 5}, r"example\.period should be a table"),
    ],
)
def test_a_wrong_table_is_an_error_that_names_the_key(changes: dict[str, object], message: str) -> None:
    with pytest.raises(TableInvalid, match=message):
        parse_table(Example, _table(**changes), "example")


def test_a_missing_key_is_an_error() -> None:
    table = _table()
    del table["label"]
    with pytest.raises(TableInvalid, match=r"missing \['label'\]"):
        parse_table(Example, table, "example")
