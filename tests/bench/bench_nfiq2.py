"""What NFIQ 2 in numpy costs, beside the original where nbis-py is installed (x86-64), on one thread."""

from collections.abc import Iterator
from functools import partial
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
from tests.bench.timing import median_ms

PLATE = (374, 388)  # the optical sensor of FVC2002 DB1

_cpu_ms = partial(median_ms, clock=process_time)  # a busy machine makes less of a difference


def rows() -> Iterator[Row]:
    """The whole score, what our own minutiae add, the forest alone; and the share of the original's time."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(1)
    image = impression(finger_master(rng), rng, plate=PLATE)
    forest = Forest.load(fingerprint_forest())
    nfiq2 = Nfiq2(forest)
    minutiae = find_minutiae(image)
    features = np.array([nfiq2.assess(image, minutiae).features[name] for name in FEATURES])
    ours_ms = _cpu_ms(lambda: nfiq2.assess(image, minutiae))
    yield Row("NFIQ 2 in numpy, 388 × 374, minutiae known", ours_ms, "ms", "≤ 15")
    found_ms = _cpu_ms(lambda: find_minutiae(image))
    yield Row("finding the minutiae of 388 × 374", found_ms, "ms")
    yield Row("NFIQ 2 in numpy with its minutiae", ours_ms + found_ms, "ms", "≤ 15")
    yield Row("NFIQ 2's forest alone", _cpu_ms(lambda: forest.score(features)), "ms", "≤ 0.5")
    if find_spec("nbis") is not None:
        original_ms = _original_ms(image)
        peer = f"nbis-py: {original_ms:.0f} ms"
        yield Row("NFIQ 2 in numpy / the original's time", ours_ms / original_ms, "", "≤ 0.25", peer)


def _original_ms(image: GreyImage) -> float:
    """NFIQ 2 alone: with it less without it, since nbis-py always looks for minutiae of its own too."""
    from tests.nfiq2.oracle import Oracle  # noqa: PLC0415 -- only x86-64 has it

    scoring, finding = Oracle(), Oracle(computes_nfiq2=False)
    return _cpu_ms(lambda: scoring.extract(image)) - _cpu_ms(lambda: finding.extract(image))
