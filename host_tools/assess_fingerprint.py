"""`assess fingerprint`: pictures of prints at 500 pixels per inch, dark ridges on light ground."""

from argparse import ArgumentParser, Namespace

import numpy as np
from numpy.typing import NDArray

from firmware.capture.policy.fingers import load_finger_policy
from firmware.models import fingerprint_forest
from firmware.quality.fingerprint.assessment import assess_fingerprint
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.fingerprint.nfiq2.algorithm import Nfiq2
from firmware.quality.fingerprint.nfiq2.forest import Forest
from firmware.records.samples import FingerPosition
from host_tools.modality import Assess, Assessed, AssessedModality


def _configure(parser: ArgumentParser) -> None:
    codes = [position.value for position in FingerPosition]
    help_text = "finger code 1 (right thumb) to 10 (left little), for the score it must reach; else 30"
    parser.add_argument("--finger", type=int, choices=codes, metavar="CODE", help=help_text)


def _prepare(arguments: Namespace) -> Assess:
    policy = load_finger_policy()
    limits = policy.limits if arguments.finger is None else policy.limits_of(FingerPosition(arguments.finger))

    nfiq2 = Nfiq2(Forest.load(fingerprint_forest()))

    def assess(image: NDArray[np.uint8]) -> Assessed:
        return Assessed(assess_fingerprint(image, limits, nfiq2, find_minutiae(image)))

    return assess


FINGERPRINT = AssessedModality(
    "fingerprint", "fingerprints at 500 pixels per inch, dark ridges", False, _configure, _prepare
)
