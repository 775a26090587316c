"""Thresholds as data."""

from dataclasses import dataclass

import pytest

from firmware.capture.policy.loader import PolicyInvalid, load_limits, parse_limits


@dataclass(frozen=True, slots=True)
class Range:
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Example:
    attempts: int
    strict: bool
    label: str
    sides: tuple[float, float]
    scores: tuple[int, ...]
    period: Range


def _table(**changes: object) -> dict[str, object]:
    table: dict[str, object] = {
        "attempts": 3,
        "strict": True,
        "label": "plain",
        "sides": [0.5, 2],
        "scores": [30, 20, 10],
        "period": {"lowest": 5, "highest": 15.0},
    }
    return table | changes


def test_a_table_becomes_a_dataclass() -> None:
    expected = Example(3, True, "plain", (0.5, 2.0), (30, 20, 10), Range(5.0, 15.0))
    assert parse_limits(Example, _table(), "example") == expected


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"colour": 1}, r"example: unknown \['colour'\], missing \[\]"),
        ({"attempts": "3"}, r"example\.attempts should be .*int"),
        ({"attempts": True}, r"example\.attempts should be .*int"),
        ({"sides": [1.0]}, r"example\.sides should have 2 items"),
        ({"sides": 1.0}, r"example\.sides should be a list"),
        ({"scores": [1, "2"]}, r"example\.scores\[1\] should be .*int"),
        ({"period": {"lowest": 5}}, r"example\.period: unknown \[\], missing \['highest'\]"),
        ({"period": 5}, r"example\.period should be a table"),
    ],
)
def test_a_wrong_table_is_an_error_that_names_the_key(changes: dict[str, object], message: str) -> None:
    with pytest.raises(PolicyInvalid, match=message):
        parse_limits(Example, _table(**changes), "example")


def test_a_missing_key_is_an_error() -> None:
    table = _table()
    del table["label"]
    with pytest.raises(PolicyInvalid, match=r"missing \['label'\]"):
        parse_limits(Example, table, "example")


def test_a_missing_section_is_an_error() -> None:
    with pytest.raises(PolicyInvalid, match=r"fingerprint\.toml: \[no_such\] is missing"):
        load_limits(Range, "fingerprint.toml", "no_such")
