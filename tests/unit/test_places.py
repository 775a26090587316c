"""Two stages in one folder would take each other's sockets: the second is told so and changes nothing."""

from pathlib import Path

import pytest

from simulator.__main__ import main
from simulator.live.board import Places, PlacesTaken


def test_a_folder_is_had_by_one_at_a_time(tmp_path: Path) -> None:
    places = Places(tmp_path / "stage")
    with places.claimed(), pytest.raises(PlacesTaken), Places(places.root).claimed():
        pass
    with places.claimed():
        assert list(places.root.iterdir()) == []


@pytest.mark.parametrize("word", ["run", "bench"])
def test_who_comes_second_is_told_and_nothing_is_touched(
    word: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bench").touch()
    (tmp_path / "sensor").touch()
    with Places(tmp_path).claimed():
        assert main([word, "--state", str(tmp_path)]) == 2
    assert "is in use by another stage or bench" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bench", "sensor"]
