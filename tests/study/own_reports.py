"""What the product's own report says of the prints, as one order from the best to the worst."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from firmware.capture.policy.fingers import load_finger_policy
from firmware.quality.report import QualityReport, Verdict
from tests.fingerprints import judged
from tests.study.prints import VIEWS, Print

BELOW_ALL = 1000.0  # a print that fails a gate stands behind every one that fails none
PER_MINUTIA = 2.0  # points of score; chosen on fingers 1 to 25 of the small-area set


def reports(view: str, prints: Sequence[Print]) -> list[QualityReport]:
    """A report of each print, as of a finger that is not known."""
    limits = load_finger_policy().limits
    return [judged(VIEWS[view](one), limits) for one in prints]


def by_report(several: Sequence[QualityReport]) -> NDArray[np.float64]:
    """(n,) by gates, then by score."""
    return np.array([each.score - BELOW_ALL * _fails_a_gate(each) for each in several])


def _fails_a_gate(report: QualityReport) -> bool:
    return any(part.verdict is Verdict.FAIL for part in report.components)
