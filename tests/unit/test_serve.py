"""The command line of the served twins."""

from pathlib import Path

import pytest

from simulator.__main__ import main


def test_a_file_that_is_no_picture_is_refused_with_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "finger.txt"
    file.write_text("ridges")

    assert main(["serve", "fingerprint", "--image", str(file)]) == 2
    assert "give a PNG" in capsys.readouterr().err


def test_an_unknown_profile_is_refused_with_the_known_ones(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", "fingerprint", "--profile", "none"])

    assert "r307" in capsys.readouterr().err
