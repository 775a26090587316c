"""The frames that ours and iris-iqm are compared on, and what iris-iqm said of them."""

import csv
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2

from firmware.quality.iris.geometry import Circle
from tests.eyes import eye_frame

HERE = Path(__file__).parent
GOLDEN = HERE / "golden.csv"
PYTHON = HERE.parents[1] / ".venvs" / "iris-quality" / "bin" / "python"
KINDS = (
    "none",
    "child",
    "defocus",
    "motion",
    "dark",
    "bright",
    "noise",
    "aside",
    "half_shut",
    "glare",
    "dilated",
    "constricted",
)
SEEDS = range(2000, 2006)
LIMIT_S = 600


@dataclass(frozen=True, slots=True)
class Told:
    """What iris-iqm told of one frame."""

    kind: str
    seed: int
    pupil: Circle
    iris: Circle
    figures: dict[str, float]


def names() -> Iterator[tuple[str, int]]:
    """Kind and seed of every frame."""
    return ((kind, seed) for kind in KINDS for seed in SEEDS)


def golden() -> list[Told]:
    """What iris-iqm 1.1.0 told; remade by `python -m tests.iris_quality reference`."""
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return [_told(row) for row in csv.DictReader(file)]


def _told(row: dict[str, str]) -> Told:
    kind, seed = row.pop("frame").rsplit("-", 1)
    figures = {name: float(value) for name, value in row.items()}
    pupil, iris = (
        Circle(
            figures.pop(f"{part}_center_x"),
            figures.pop(f"{part}_center_y"),
            figures.pop(f"{part}_diameter") / 2,
        )
        for part in ("pupil", "iris")
    )
    return Told(kind, int(seed), pupil, iris, figures)


def remake(folder: Path) -> None:
    """Ask iris-iqm anew, about a second a frame."""
    files: list[str] = []
    for kind, seed in names():
        file = folder / f"{kind}-{seed}.png"
        cv2.imwrite(str(file), eye_frame(seed, kind)[0])
        files.append(str(file))
    told = subprocess.run(
        [PYTHON, HERE / "reference.py", *files], check=True, capture_output=True, timeout=LIMIT_S
    )
    GOLDEN.write_bytes(told.stdout)
