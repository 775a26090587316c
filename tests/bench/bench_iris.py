"""What one iris frame costs on one core, how well it is segmented, and what comparing and simulating cost."""

import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import fmean, median
from time import process_time
from typing import TypeVar

import cv2
import numpy as np

from firmware.capture.policy.loader import load_limits
from firmware.matching.iris_code import IrisCode, distance, encode
from firmware.quality.iris.assessment import assess_iris
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.iris.segmentation import segment
from firmware.quality.iris.unrolled import unroll
from simulator.people.eye_scene import EyeScene
from simulator.people.eyes import another_impression
from tests.bench.rows import Row
from tests.bench.timing import median_ms
from tests.eyes import CLEAN, Pixels, eye_frame, master, overlap

HELD_OUT = range(1000, 1005)
ROUNDS = 2
T = TypeVar("T")


def rows() -> Iterator[Row]:
    """Medians of CPU time over generated frames of 480 x 640 that the limits were not chosen on."""
    cv2.setNumThreads(1)
    assess = partial(assess_iris, limits=load_limits(IrisLimits, "iris.toml"))
    frames = [eye_frame(seed, kind) for kind in CLEAN for seed in HELD_OUT]
    pictures = [image for image, _ in frames]
    hard = [eye_frame(seed, kind)[0] for kind in ("shut", "glare", "ptosis") for seed in HELD_OUT]
    yield Row("iris frame: segmentation", _median_ms(segment, pictures), "ms")
    yield Row("iris frame: everything", _median_ms(assess, pictures), "ms", "≤ 20")
    yield Row("iris frame: everything, hard to find", _median_ms(assess, hard), "ms")
    yield Row("iris frame: most memory beyond the picture", _peak_mb(partial(assess, pictures[0])), "MB")
    eyes = [(truth, segment(image)) for image, truth in frames]
    pupils = [eye is not None and overlap(truth.pupil, eye.pupil) >= 0.9 for truth, eye in eyes]
    irises = [eye is not None and overlap(truth.iris, eye.iris) >= 0.9 for truth, eye in eyes]
    yield Row("iris frame: pupils with overlap ≥ 0.9", _percent(pupils), "%", "≥ 99")
    yield Row("iris frame: irises with overlap ≥ 0.9", _percent(irises), "%", "≥ 97")
    yield from _matching_rows(pictures[0], pictures[1])
    yield from _simulation_rows()


def _matching_rows(one: Pixels, other: Pixels) -> Iterator[Row]:
    codes = _code(one), _code(other)
    yield Row(
        "iris code: unrolled and encoded",
        _median_ms(_code, [one, other]) - _median_ms(segment, [one, other]),
        "ms",
    )
    yield Row(
        "iris code: a comparison in 25 turns",
        median_ms(partial(distance, *codes), 200, process_time),
        "ms",
        "≤ 1",
    )


def _simulation_rows() -> Iterator[Row]:
    eye, scene = master(HELD_OUT[0]), EyeScene(np.random.default_rng(1))
    scene.present(eye)
    scene.picture(0.0)
    yield Row(
        "iris frame: simulated from its view",
        _median_ms(scene.picture, [step / 15 for step in range(45)]),
        "ms",
        "≤ 10",
    )
    again = partial(another_impression, eye)
    yield Row(
        "eye: another occasion", median_ms(lambda: again(np.random.default_rng(2)), 5, process_time), "ms"
    )


def _code(image: Pixels) -> IrisCode:
    eye = segment(image)
    if eye is None:
        raise AssertionError("a good eye is not found")
    return encode(unroll(image, eye))


def _percent(claims: Sequence[bool]) -> float:
    return fmean(100.0 * claim for claim in claims)


def _peak_mb(job: Callable[[], object]) -> float:
    tracemalloc.start()
    job()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def _median_ms(job: Callable[[T], object], inputs: Sequence[T]) -> float:
    return median(_ms(partial(job, each)) for _ in range(ROUNDS) for each in inputs)


def _ms(job: Callable[[], object]) -> float:
    begun_s = process_time()
    job()
    return (process_time() - begun_s) * 1000.0
