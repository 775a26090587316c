"""Fit and report: `python -m tests.nfiq2 fit|report`; the shared data by TRAM_SHARED."""

import argparse
import os
import sys
from pathlib import Path

import cv2

from firmware.quality.fingerprint.nfiq2.estimate import ESTIMATE_FILE
from tests.nfiq2.fit import examples, fitted
from tests.nfiq2.oracle import Oracle
from tests.nfiq2.report import lines


def main() -> int:
    """The exit code: 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.nfiq2", description=__doc__)
    parser.add_argument(
        "work", choices=("fit", "report"), help="fit: write the estimate's weights; report: how close"
    )
    chosen = parser.parse_args()
    finger = Path(os.environ.get("TRAM_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "finger"
    cv2.setNumThreads(1)
    if chosen.work == "fit":
        ESTIMATE_FILE.write_text(fitted([*examples(finger, Oracle())]), encoding="utf-8")
        return 0
    for line in lines(finger):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
