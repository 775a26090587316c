"""What the work on one fingerprint costs, on a generated finger as a sensor delivers it."""

from collections.abc import Callable, Iterator
from time import perf_counter

import cv2
import numpy as np

from firmware.capture.policy.fingers import load_finger_policy
from firmware.models import fingerprint_forest
from firmware.quality.fingerprint.assessment import assess_fingerprint
from firmware.quality.fingerprint.nfiq2.algorithm import Nfiq2
from firmware.quality.fingerprint.nfiq2.forest import Forest
from simulator.people.fingerprints import finger_master
from simulator.people.impressions import Touch, impression
from tests.bench.rows import Row


def _median_ms(work: Callable[[], object], times: int) -> float:
    work()
    durations_s: list[float] = []
    for _ in range(times):
        begun_s = perf_counter()
        work()
        durations_s.append(perf_counter() - begun_s)
    return float(np.median(durations_s)) * 1000.0


def rows() -> Iterator[Row]:
    """Assessing one image; and what the simulator spends on a finger."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(1)
    limits = load_finger_policy().limits
    nfiq2 = Nfiq2(Forest.load(fingerprint_forest()))
    master = finger_master(rng)
    image = impression(master, rng) // 16 * 17
    yield Row(
        "fingerprint quality, 256 × 288, 4 bit",
        _median_ms(lambda: assess_fingerprint(image, limits, nfiq2), 50),
        "ms",
        "≤ 30",
    )
    sweaty = Touch(moisture=0.9, rotation_deg=5.0)
    yield Row(
        "simulated touch of a sweaty finger",
        _median_ms(lambda: impression(master, rng, sweaty), 20),
        "ms",
        "≤ 20",
    )
    yield Row("growing a simulated finger", _median_ms(lambda: finger_master(rng), 3), "ms", "≤ 600")
