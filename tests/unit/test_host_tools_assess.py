"""What `assess` prints and writes, with a toy modality in place of a real measure."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.quality.advice import Advice
from firmware.quality.report import Component, QualityReport, Verdict
from host_tools.assess import assess_command
from host_tools.command import add_commands, run_chosen
from host_tools.modality import Assess, Assessed, AssessedModality


def _configure(parser: ArgumentParser) -> None:
    parser.add_argument("--darkest", type=float, default=50.0)


def _prepare(arguments: Namespace) -> Assess:
    def assess(image: NDArray[np.uint8]) -> Assessed:
        mean = float(image.mean())
        accepted = mean >= arguments.darkest
        component = Component("mean_grey", mean, Verdict.PASS if accepted else Verdict.FAIL)
        advice = None if accepted else Advice.FINGER_AGAIN
        return Assessed(
            QualityReport("toy/1", int(mean), accepted, (component,), advice), (("rows", image.shape[0]),)
        )

    return assess


TOY = AssessedModality("toy", "a toy", in_colour=False, configure=_configure, prepare=_prepare)


def _run(*words: str) -> int:
    parser = ArgumentParser()
    add_commands(parser, (assess_command((TOY,)),))
    return run_chosen(parser.parse_args(["assess", "toy", *words]))


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    """A dark and a light picture, and a file that is none."""
    files = [tmp_path / "dark.png", tmp_path / "light.png", tmp_path / "text.png"]
    for file, grey in zip(files[:2], (10, 90), strict=True):
        file.write_bytes(cv2.imencode(".png", np.full((4, 6), grey, np.uint8))[1].tobytes())
    files[2].write_text("no picture")
    return [str(file) for file in files]


def _without_times(text: str) -> str:
    return "\n".join(
        line.split(" ms,")[0].rsplit(" ", 1)[0] if " ms," in line else line for line in text.splitlines()
    )


def test_every_picture_is_printed_with_its_components(
    pictures: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    code = _run(*pictures[:2])

    assert code == 0
    assert _without_times(capsys.readouterr().out).splitlines() == [
        f"{pictures[0]}: score 10, rejected (finger_again),",
        "  mean_grey                       10.000  fail",
        "  rows                             4.000",
        f"{pictures[1]}: score 90, accepted,",
        "  mean_grey                       90.000  pass",
        "  rows                             4.000",
    ]


def test_the_table_has_a_row_for_each_picture(pictures: list[str], tmp_path: Path) -> None:
    table = tmp_path / "table.csv"

    _run(*pictures[:2], "--csv", str(table), "--darkest", "5")

    header, dark, light = (line.split(",") for line in table.read_text("utf-8").splitlines())
    assert header == ["file", "score", "accepted", "advice", "ms", "mean_grey", "rows"]
    assert dark[:4] + dark[5:] == [pictures[0], "10", "True", "", "10", "4"]
    assert light[:4] + light[5:] == [pictures[1], "90", "True", "", "90", "4"]


def test_a_bad_file_is_an_error_and_the_others_are_still_done(
    pictures: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = _run(pictures[2], str(tmp_path / "absent.png"), pictures[1])

    output = capsys.readouterr()
    assert code == 1
    assert output.out.startswith(f"{pictures[1]}: score 90, accepted")
    assert output.err.splitlines() == [
        f"error: {pictures[2]}: not a picture; give a PNG, JPEG, BMP, PGM or TIFF file",
        f"error: {tmp_path / 'absent.png'}: No such file or directory; check the path",
    ]


def test_a_picture_that_says_it_is_enormous_is_an_error_of_that_file_alone(
    pictures: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bomb = tmp_path / "bomb.pgm"
    bomb.write_bytes(b"P5 60000 60000 255\n")

    code = _run(str(bomb), pictures[1])

    output = capsys.readouterr()
    assert code == 1
    assert output.out.startswith(f"{pictures[1]}: score 90, accepted")
    assert output.err.startswith(f"error: {bomb}: a picture of impossible size")


def test_a_table_that_cannot_be_written_is_an_error(
    pictures: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "no_folder" / "table.csv"

    code = _run(pictures[0], "--csv", str(table))

    assert code == 1
    assert f"error: {table}: No such file or directory" in capsys.readouterr().err
