"""The mappings of ISO/IEC 29794-5 against the published table of its reference program."""

import csv
from pathlib import Path

import pytest

from firmware.quality.portrait.iso import COMPONENTS

# Ours in the order of the table, which is that of the identifiers.
OURS = tuple(COMPONENTS)


def _table(data: Path) -> list[list[str]]:
    with (data / "face" / "ofiq_reference" / "expected_results.csv").open(encoding="utf-8") as stream:
        return list(csv.reader(stream, delimiter=";"))[1:]


def test_every_published_score_follows_from_its_raw_value(shared_data: Path) -> None:
    wrong: list[tuple[str, str, float, int, int]] = []
    cells = 0
    for picture, *row in _table(shared_data):
        for name, raw, score in zip(OURS, row[:28], row[28:56], strict=True):
            cells += 1
            ours = COMPONENTS[name].score(float(raw))
            if ours != int(score):
                wrong.append((picture, name, float(raw), int(score), ours))

    assert cells == 784
    assert not wrong


def test_identifiers_run_from_0x41_to_0x5c() -> None:
    assert [each.identifier for each in COMPONENTS.values()] == list(range(0x41, 0x5D))


@pytest.mark.parametrize(
    ("name", "raw"), [("sharpness", -1e4), ("margin_above", -50.0), ("dynamic_range", 99.0)]
)
def test_a_score_never_leaves_its_range(name: str, raw: float) -> None:
    assert 0 <= COMPONENTS[name].score(raw) <= 100
