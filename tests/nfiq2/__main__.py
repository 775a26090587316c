"""Fit and report: `python -m tests.nfiq2 fit|report|report-blocks`; the shared data by TRAM_SHARED."""

import argparse
import os
import sys
from pathlib import Path

import cv2

from firmware.quality.fingerprint.nfiq2.estimate import FROM_BLOCKS, FROM_MINUTIAE
from tests.nfiq2.fit import examples, fitted
from tests.nfiq2.oracle import Oracle
from tests.nfiq2.report import lines

HELP = "fit: write the estimates' weights; report: how close with our own minutiae; report-blocks: without"


def main() -> int:
    """The exit code: 0."""
    parser = argparse.ArgumentParser(prog="python -m tests.nfiq2", description=__doc__)
    parser.add_argument("work", choices=("fit", "report", "report-blocks"), help=HELP)
    chosen = parser.parse_args()
    finger = Path(os.environ.get("TRAM_SHARED", Path(__file__).parents[3] / "shared")) / "data" / "finger"
    cv2.setNumThreads(1)
    if chosen.work == "fit":
        found = [*examples(finger, Oracle())]
        FROM_BLOCKS.write_text(fitted(found, [each.from_blocks for each in found]), encoding="utf-8")
        FROM_MINUTIAE.write_text(fitted(found, [each.from_minutiae for each in found]), encoding="utf-8")
        return 0
    for line in lines(finger, with_minutiae=chosen.work == "report"):
        sys.stdout.write(line + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
