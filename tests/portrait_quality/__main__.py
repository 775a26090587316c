"""`python -m tests.portrait_quality faults|groups|scenes`: prints the table; a minute each."""

import argparse
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2

from firmware.models import face_model, person_model
from firmware.quality.portrait.model import FaceModel
from tests.portrait_quality import faults, groups, scenes

_DATA = Path(os.environ.get("TRAM_SHARED", "../shared")) / "data"


def main() -> None:
    """Print the asked table."""
    parser = argparse.ArgumentParser(prog="python -m tests.portrait_quality", description=__doc__)
    parser.add_argument("table", choices=("faults", "groups", "scenes"))
    asked = parser.parse_args().table
    cv2.setNumThreads(1)
    model = FaceModel(face_model(), person_model())
    for line in _lines(asked, model):
        sys.stdout.write(f"{line}\n")


def _lines(asked: str, model: FaceModel) -> Iterator[str]:
    match asked:
        case "groups":
            return groups.table(groups.people(_DATA, model))
        case "scenes":
            return scenes.table(_DATA, model)
        case _:
            return faults.table(list(faults.of_faults(_DATA, model)), list(faults.of_good(_DATA, model)))


if __name__ == "__main__":
    main()
