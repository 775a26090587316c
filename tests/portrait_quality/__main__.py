"""`python -m tests.portrait_quality faults|groups`: prints the table; a minute each."""

import argparse
import os
import sys
from pathlib import Path

import cv2

from firmware.models import face_model, person_model
from firmware.quality.portrait.model import FaceModel
from tests.portrait_quality import faults, groups

_DATA = Path(os.environ.get("TRAM_SHARED", "../shared")) / "data"


def main() -> None:
    """Print the asked table."""
    parser = argparse.ArgumentParser(prog="python -m tests.portrait_quality", description=__doc__)
    parser.add_argument("table", choices=("faults", "groups"))
    asked = parser.parse_args().table
    cv2.setNumThreads(1)
    model = FaceModel(face_model(), person_model())
    if asked == "groups":
        lines = groups.table(groups.people(_DATA, model))
    else:
        lines = faults.table(list(faults.of_faults(_DATA, model)), list(faults.of_good(_DATA, model)))
    for line in lines:
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
