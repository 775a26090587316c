"""`assess fingerprint` from the command line to the table."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from host_tools.__main__ import main
from tests.unit.ridges import rings

COLUMNS = (
    "file,score,accepted,advice,ms,grey_range_levels,placed_mm2,cut_edge,ridge_certainty,ridge_concentration,"
    "ridge_period_px,ridge_period_spread,ridge_share,crossing,polarity,sharpness,foreground_mm2,clear_mm2,"
    "darkness,holes,right_share,down_share,EmptyImageOrContrastTooLow,UniformImage,"
    "FingerprintImageWithMinutiae,SufficientFingerprintForeground,cause"
)


def test_prints_are_assessed_into_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [tmp_path / "rings.png", tmp_path / "bare.png"]
    for file, image in zip(files, (rings(), np.full((288, 256), 255, np.uint8)), strict=True):
        file.write_bytes(cv2.imencode(".png", image)[1].tobytes())
    table = tmp_path / "table.csv"

    code = main(["assess", "fingerprint", *map(str, files), "--finger", "7", "--csv", str(table)])

    header, good, bare = table.read_text("utf-8").splitlines()
    assert code == 0
    assert header == COLUMNS
    assert good.split(",")[2:4] == ["True", ""]
    assert bare.split(",")[1:4] == ["0", "False", "finger_place"]
    assert f"{files[1]}: score 0, rejected (finger_place)," in capsys.readouterr().out


def test_a_finger_that_does_not_exist_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as ended:
        main(["assess", "fingerprint", "any.png", "--finger", "11"])
    assert ended.value.code == 2
