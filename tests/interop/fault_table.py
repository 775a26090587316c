"""What each driver makes of each fault in its first image: `python -m tests.interop.fault_table`.

A cell says what became of the first image, the next exposure and the second image. Every cell is a sensor
and a driver in processes of their own, with a deadline, because some drivers wait for ever.
"""

import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from tests.interop.conftest import FOREIGN_ENVIRONMENT, INTEROP_PYTHON, ROOT, served
from tests.interop.fault_drivers import ADAFRUIT, OURS, PYFINGERPRINT

DEADLINE_S = 60.0  # ours repeats an upload that stalled after 11 s, each time from the sensor's buffer

# What goes wrong, by the names of `simulator serve fingerprint --fault`.
ROWS: Mapping[str, str] = {
    "none": "",
    "1 bit flipped in a data byte": "flip@144",
    "1 byte dropped": "lost-byte@144",
    "1 packet dropped": "lost-packet@144",
    "1 packet twice": "twice@144",
    "1 packet twice, another dropped": "twice@100 lost-packet@144",
    "stray 55 before the answer": "stray@0",
    "answer 1.5 s late": "late@0",
    "packet of another address": "address@144",
    "transfer stalls half way": "stall@144",
    "no answer at all": "stall@0",
    "unplugged half way, and back": "unplug@144",
    "supply dips half way": "dip@144",
    "image forgotten after an upload": "forgets-image",
    "noise on the idle line": "noise",
    "parameters ignored": "ignores-parameters",
    "parameters set 3 commands late": "slow-parameters",
}
DRIVERS: Mapping[str, tuple[Path, str]] = {
    "ours": (Path(sys.executable), OURS),
    "pyfingerprint 1.5": (INTEROP_PYTHON, PYFINGERPRINT),
    "adafruit 2.2.25": (INTEROP_PYTHON, ADAFRUIT),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What became of the first image, the next exposure, the second image; "hangs" ends a cell."""

    steps: tuple[str, ...]

    @property
    def recovers(self) -> bool:
        """Whether the last image came right."""
        return self.steps[-1:] == ("right",)

    @property
    def accepts_damage(self) -> bool:
        """Whether a wrong image was taken for right."""
        return "WRONG" in self.steps

    def __str__(self) -> str:
        return ", ".join(self.steps)


def cell(fault: str, python: Path, program: str, folder: Path) -> Cell:
    """One driver before one fault."""
    levels = np.random.default_rng(5).integers(0, 16, (288, 256), np.uint8)
    picture, link = folder / "finger.png", folder / "sensor"
    cv2.imwrite(str(picture), levels * np.uint8(17))
    wanted = (levels[:, ::2].reshape(-1) * 16 + levels[:, 1::2].reshape(-1)).tobytes().hex()
    faults = [word for name in fault.split() for word in ("--fault", name)]
    pace = () if fault.startswith("late") else ("--unpaced",)  # which knows no delays
    with served(*pace, "--image", str(picture), "--link", str(link), *faults) as port:
        said = _said(python, program, port, str(folder / "download.bmp"), fault.partition("@")[0])
    return Cell(tuple(_judged(line, wanted) for line in said))


def _said(python: Path, program: str, *arguments: str) -> list[str]:
    """The lines that a program prints until its end or its deadline."""
    words = [str(python), "-c", program, *arguments]
    process = subprocess.Popen(
        words, cwd=ROOT, env=FOREIGN_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    with process:
        try:
            return process.communicate(timeout=DEADLINE_S)[0].split("\n")[:-1]
        except subprocess.TimeoutExpired:
            process.kill()
            return [*process.communicate()[0].split("\n")[:-1], "hangs"]


def _judged(line: str, wanted: str) -> str:
    match line:
        case "True":
            return "ok"
        case _ if len(line) > 1000:
            return "right" if line == wanted else "WRONG"
        case _:
            return line


def table() -> Iterator[str]:
    """The lines of the table, each as soon as it is known."""
    drivers = {name: how for name, how in DRIVERS.items() if how[0].exists()}
    yield "| fault in the first image | " + " | ".join(drivers) + " |"
    yield "|---" * (len(drivers) + 1) + "|"
    for row, fault in ROWS.items():
        cells: list[str] = []
        for python, program in drivers.values():
            with TemporaryDirectory() as folder:
                cells.append(str(cell(fault, python, program, Path(folder))))
        yield f"| {row} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    for line in table():
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
