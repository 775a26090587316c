"""What one iris frame costs on one core, how well it is segmented, and what it costs to simulate."""

from collections.abc import Callable, Iterator
from functools import partial
from statistics import fmean, median
from time import perf_counter

import cv2
import numpy as np

from firmware.capture.policy.loader import load_limits
from firmware.quality.iris.assessment import assess_iris
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.iris.segmentation import segment
from simulator.people.eye_scene import EyeScene
from tests.bench.rows import Row
from tests.eyes import Pixels, eye_frame, master, overlap

HELD_OUT = range(1000, 1020)
ROUNDS = 3


def rows() -> Iterator[Row]:
    """Medians over generated frames of 480 x 640 that the limits were not chosen on."""
    cv2.setNumThreads(1)
    limits = load_limits(IrisLimits, "iris.toml")
    frames = [eye_frame(seed, "none") for seed in HELD_OUT]
    pictures = [image for image, _ in frames]
    yield Row("iris frame: segmentation", _median_ms(segment, pictures), "ms")
    yield Row(
        "iris frame: everything", _median_ms(partial(assess_iris, limits=limits), pictures), "ms", "≤ 20"
    )
    eyes = [(truth, segment(image)) for image, truth in frames]
    pupils = fmean(
        100.0 * (eye is not None and overlap(truth.pupil, eye.pupil) >= 0.9) for truth, eye in eyes
    )
    irises = fmean(100.0 * (eye is not None and overlap(truth.iris, eye.iris) >= 0.9) for truth, eye in eyes)
    yield Row("iris frame: pupils with overlap ≥ 0.9", pupils, "%", "≥ 99")
    yield Row("iris frame: irises with overlap ≥ 0.9", irises, "%", "≥ 97")
    scene = EyeScene(np.random.default_rng(1))
    scene.present(master(HELD_OUT[0]))
    scene.picture(0.0)
    yield Row("iris frame: simulated from its master", _simulated_ms(scene), "ms", "≤ 10")


def _median_ms(job: Callable[[Pixels], object], pictures: list[Pixels]) -> float:
    return median(_ms(partial(job, picture)) for _ in range(ROUNDS) for picture in pictures)


def _simulated_ms(scene: EyeScene) -> float:
    return median(_ms(partial(scene.picture, step / 15)) for step in range(45))


def _ms(job: Callable[[], object]) -> float:
    begun_s = perf_counter()
    job()
    return (perf_counter() - begun_s) * 1000.0
