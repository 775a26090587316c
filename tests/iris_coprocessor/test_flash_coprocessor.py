"""`flash --coprocessor` against a board made of MicroPython's unix port."""

import json
import os
import subprocess
import sys
import tty
from pathlib import Path

import pytest

from host_tools.__main__ import main
from simulator.iris_module import PROGRAM
from tests.iris_coprocessor.unix_board import unix_board

pytestmark = pytest.mark.slow
ROOT = PROGRAM.parents[1]
MODULES = {f"{file.stem}.mpy" for file in PROGRAM.glob("*.py")} - {"main.mpy"}


def test_the_program_is_copied_proved_started_and_greeted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = tmp_path / "report.json"
    files = tmp_path / "board"
    files.mkdir()
    (files / "protocol.py").write_text("raise SystemExit('an old program')\n")
    (files / "slot").write_text("slot_a")
    with unix_board(files) as board:
        words = ["flash", "--coprocessor", board.port, "--link", board.link, "--report", str(report)]
        code = main(words)
        code_while_it_runs = main(words)

    assert code_while_it_runs == 0
    told = json.loads(report.read_text())
    assert (code, told["verdict"], told["fault"]) == (0, "good", "")
    assert told["identity"]["serial"] == "e66138528350b52c"
    assert {file.name for file in files.iterdir()} == {"main.py", *MODULES}
    assert "good: board e66138528350b52c runs program 2.0.0" in capsys.readouterr().out


def test_a_program_goes_over_the_line_without_a_cable(capsys: pytest.CaptureFixture[str]) -> None:
    serve = [sys.executable, "-m", "simulator", "serve", "iris-module"]
    with subprocess.Popen(serve, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        line = process.stdout.readline().strip() if process.stdout else ""
        code = main(["flash", "--update", line])
        process.terminate()

    assert code == 0
    assert "good: board e66138528350b52c runs program 2.0.0" in capsys.readouterr().out


def test_a_line_that_nobody_answers_on_is_an_error_with_a_hint(capsys: pytest.CaptureFixture[str]) -> None:
    near, far = os.openpty()
    tty.setraw(far)

    assert main(["flash", "--update", os.ttyname(far)]) == 1

    assert "flash it by cable" in capsys.readouterr().err
    os.close(near)
    os.close(far)


def test_a_port_without_a_board_is_an_error_with_a_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["flash", "--coprocessor", str(tmp_path / "ttyACM9")]) == 1

    printed = capsys.readouterr()
    assert "the board does not run the program" in printed.out
    assert "check the cable" in printed.err
