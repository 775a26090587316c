"""What NFIQ 2 in numpy costs, beside the original where nbis-py is installed (x86-64), on one thread."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from time import process_time

import cv2
import numpy as np

from firmware.models import fingerprint_forest
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.fingerprint.nfiq2.algorithm import Nfiq2
from firmware.quality.fingerprint.nfiq2.forest import Forest
from firmware.quality.fingerprint.nfiq2.frame import GreyImage
from firmware.quality.fingerprint.nfiq2.names import FEATURES
from simulator.people.fingerprints import finger_master
from simulator.people.impressions import impression
from tests.bench.rows import Row

PLATE = (374, 388)  # the optical sensor of FVC2002 DB1
TIMES = 20


def _median_ms(work: Callable[[], object]) -> float:
    """Of the processor, so that a busy machine makes less of a difference."""
    work()
    durations_s: list[float] = []
    for _ in range(TIMES):
        begun_s = process_time()
        work()
        durations_s.append(process_time() - begun_s)
    return float(np.median(durations_s)) * 1000.0


def rows() -> Iterator[Row]:
    """The whole score, what our own minutiae add, the forest alone; and the share of the original's time."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(1)
    image = impression(finger_master(rng), rng, plate=PLATE)
    forest = Forest.load(fingerprint_forest())
    nfiq2 = Nfiq2(forest)
    minutiae = find_minutiae(image)
    features = np.array([nfiq2.assess(image, minutiae).features[name] for name in FEATURES])
    ours_ms = _median_ms(lambda: nfiq2.assess(image, minutiae))
    yield Row("NFIQ 2 in numpy, 388 × 374, minutiae known", ours_ms, "ms", "≤ 15")
    yield Row("finding the minutiae of 388 × 374", _median_ms(lambda: find_minutiae(image)), "ms")
    yield Row("NFIQ 2's forest alone", _median_ms(lambda: forest.score(features)), "ms", "≤ 0.5")
    if find_spec("nbis") is not None:
        original_ms = _original_ms(image)
        peer = f"nbis-py: {original_ms:.0f} ms"
        yield Row("NFIQ 2 in numpy / the original's time", ours_ms / original_ms, "", "≤ 0.25", peer)


def _original_ms(image: GreyImage) -> float:
    """NFIQ 2 alone: with it less without it, since nbis-py always looks for minutiae of its own too."""
    from tests.nfiq2.oracle import Oracle  # noqa: PLC0415 -- only x86-64 has it

    scoring, finding = Oracle(), Oracle(computes_nfiq2=False)
    return _median_ms(lambda: scoring.extract(image)) - _median_ms(lambda: finding.extract(image))
