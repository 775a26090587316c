"""Invented pictures between runs: read again as they were, and never more of them than a limit."""

import os
from pathlib import Path

import numpy as np

from simulator.people import kept


def test_a_kept_picture_is_read_as_it_was(tmp_path: Path) -> None:
    picture = np.random.default_rng(1).integers(0, 255, (20, 30, 4), np.uint8)
    kept.keep(tmp_path / "heads" / "a.png", picture, 5)
    again = kept.read(tmp_path / "heads" / "a.png")
    assert again is not None
    assert np.array_equal(again, picture)


def test_the_oldest_of_too_many_go(tmp_path: Path) -> None:
    for number in range(5):
        file = tmp_path / f"{number}.png"
        kept.keep(file, np.zeros((2, 2), np.uint8), 3)
        os.utime(file, (number, number))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2.png", "3.png", "4.png"]


def test_half_a_file_and_none_at_all_are_no_picture(tmp_path: Path) -> None:
    (tmp_path / "half.png").write_bytes(b"\x89PNG\r\n")
    (tmp_path / "empty.png").touch()
    assert [kept.read(tmp_path / name) for name in ("half.png", "empty.png", "none.png")] == [None] * 3


def test_a_folder_that_cannot_be_made_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    kept.keep(tmp_path / "file" / "a.png", np.zeros((2, 2), np.uint8), 3)
    assert kept.read(tmp_path / "file" / "a.png") is None
