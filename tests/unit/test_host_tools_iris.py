"""`assess iris` from the command line to the table."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from host_tools.__main__ import main
from tests.eyes import eye_frame

COLUMNS = (
    "file,score,accepted,advice,ms,confidence,pupil_percent,gaze_deg,mean_grey,iris_diameter_px,margin_percent,saturated_percent,"
    "noise_grey,usable_percent,concentricity_percent,sharpness,pupil_edge_px,iris_sclera_percent,"
    "iris_pupil_percent,circularity_percent,grey_entropy_bits,iso_sharpness,pupil_x,pupil_y,pupil_r,iris_x,iris_y,iris_r"
)


def test_eyes_are_assessed_into_a_table_with_their_circles(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    image, truth = eye_frame(1, "none")
    files = [tmp_path / "eye.png", tmp_path / "dark.png"]
    for file, pixels in zip(files, (image, np.full((480, 640), 20, np.uint8)), strict=True):
        file.write_bytes(cv2.imencode(".png", pixels)[1].tobytes())
    table = tmp_path / "table.csv"

    code = main(["assess", "iris", *map(str, files), "--csv", str(table)])

    header, eye, dark = (line.split(",") for line in table.read_text("utf-8").splitlines())
    assert code == 0
    assert ",".join(header) == COLUMNS
    assert eye[2:4] == ["True", ""]
    circles = [float(value) for value in eye[-6:]]
    known = (*(truth.pupil.x, truth.pupil.y, truth.pupil.along), truth.iris.x, truth.iris.y, truth.iris.along)
    assert circles == pytest.approx(known, abs=2.5)
    assert dark[1:4] == ["0", "False", "eye_show"]
    assert set(dark[-6:]) == {""}
    assert f"{files[1]}: score 0, rejected (eye_show)," in capsys.readouterr().out
