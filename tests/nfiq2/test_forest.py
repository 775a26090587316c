"""The forest of NFIQ 2: the original's votes, and no walk out of a tree."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.models import fingerprint_forest
from firmware.quality.fingerprint.nfiq2.forest import Forest, ForestUnreadable
from tests.nfiq2.prints import SETS, golden_prints


def _arrays() -> dict[str, NDArray[Any]]:
    with np.load(io.BytesIO(fingerprint_forest()), allow_pickle=False) as stored:
        return {name: stored[name].copy() for name in stored}


def _packed(arrays: dict[str, NDArray[Any]]) -> bytes:
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=True, **arrays)
    return stream.getvalue()


def test_golden_features_get_the_golden_score(shared_data: Path) -> None:
    forest = Forest.load(fingerprint_forest())
    prints = [print_ for name in SETS for print_ in golden_prints(shared_data / "finger", name)]

    scores = [forest.score(np.array([*print_.features.values()])) for print_ in prints]

    assert len(prints) == 336
    assert scores == [print_.score for print_ in prints]


def test_a_forest_that_is_cut_short_is_unreadable() -> None:
    whole = fingerprint_forest()
    for length in (0, 3, 100, len(whole) // 2, len(whole) - 1):
        with pytest.raises(ForestUnreadable):
            Forest.load(whole[:length])


@pytest.mark.parametrize("name", ["var", "thr", "left", "right", "value", "tree_off", "tree_n"])
def test_a_forest_without_one_of_its_arrays_is_unreadable(name: str) -> None:
    arrays = _arrays()
    del arrays[name]
    with pytest.raises(ForestUnreadable):
        Forest.load(_packed(arrays))


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("var", 0, 69),
        ("var", 0, -1),
        ("thr", 5, np.nan),
        ("left", 0, 0),
        ("left", 7, 1_000_000),
        ("right", 0, -1),
        ("right", 1403, 1363),
        ("value", 9, 0.5),
        ("tree_n", 3, -1),
        ("tree_off", 1, 0),
    ],
)
def test_a_forest_that_leads_astray_is_unreadable(name: str, place: int, value: float) -> None:
    arrays = _arrays()
    arrays[name][place] = value
    with pytest.raises(ForestUnreadable):
        Forest.load(_packed(arrays))


def test_a_forest_of_fewer_trees_is_unreadable() -> None:
    arrays = _arrays()
    arrays["tree_n"], arrays["tree_off"] = arrays["tree_n"][:99], arrays["tree_off"][:99]
    with pytest.raises(ForestUnreadable):
        Forest.load(_packed(arrays))


def test_a_forest_is_never_unpickled() -> None:
    arrays = _arrays()
    arrays["value"] = np.array([{"votes": 1}], dtype=object)
    with pytest.raises(ForestUnreadable):
        Forest.load(_packed(arrays))
