"""A served twin and the environment of the foreign drivers."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
INTEROP_PYTHON = ROOT / ".venvs/interop/bin/python"
FOREIGN_ENVIRONMENT = {"BLINKA_FORCEBOARD": "GENERIC_LINUX_PC"}  # Blinka refuses unknown boards


@contextmanager
def served(*arguments: str) -> Generator[str]:
    """`python -m simulator serve fingerprint` with `arguments`, while it runs; the path it printed."""
    words = [sys.executable, "-m", "simulator", "serve", "fingerprint", *arguments]
    with subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().strip() if process.stdout else ""
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def foreign_python() -> Path:
    """The interpreter that has the foreign drivers, or a skip that says how to get it."""
    if not INTEROP_PYTHON.exists():
        pytest.skip("no foreign drivers in .venvs/interop; `make test` installs them")
    return INTEROP_PYTHON


def run_foreign(python: Path, program: str, *arguments: str) -> str:
    """What `program` printed in the foreign environment; CalledProcessError when it failed."""
    done = subprocess.run(
        [python, "-c", program, *arguments],
        env=FOREIGN_ENVIRONMENT,
        check=True,
        capture_output=True,
        text=True,
        timeout=50,
    )
    return done.stdout.strip()
