"""What the work on one fingerprint costs, on a generated finger as a sensor delivers it."""

from collections.abc import Iterator
from functools import partial
from time import process_time

import cv2
import numpy as np

from firmware.capture.policy.fingers import load_finger_policy
from simulator.people.fingerprints import finger_master
from simulator.people.impressions import Touch, impression
from tests.bench.rows import Row
from tests.bench.timing import median_ms
from tests.fingerprints import judged

_cpu_ms = partial(median_ms, clock=process_time)  # a busy machine makes less of a difference


def rows() -> Iterator[Row]:
    """Assessing one image; and what the simulator spends on a finger."""
    cv2.setNumThreads(1)
    rng = np.random.default_rng(1)
    limits = load_finger_policy().limits
    master = finger_master(rng)
    image = impression(master, rng) // 16 * 17
    yield Row(
        "fingerprint quality, 256 × 288, 4 bit",
        _cpu_ms(lambda: judged(image, limits), 50),
        "ms",
        "≤ 30",
    )
    sweaty = Touch(moisture=0.9, rotation_deg=5.0)
    yield Row(
        "simulated touch of a sweaty finger",
        _cpu_ms(lambda: impression(master, rng, sweaty), 20),
        "ms",
        "≤ 20",
    )
    yield Row("growing a simulated finger", _cpu_ms(lambda: finger_master(rng), 3), "ms", "≤ 600")
