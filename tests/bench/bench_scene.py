"""What the portrait side of the simulated world costs on one core; a visit asks for about 150 frames."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from statistics import median
from time import perf_counter

import cv2
import numpy as np

from simulator.people.facts import Sex
from simulator.people.heads.render import render_head
from simulator.people.heads.traits import generate_traits
from simulator.people.person import generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.pose import Pose
from tests.bench.rows import Row

FRAMES_PER_S = 15.0
ROUNDS = 60


def rows() -> Iterator[Row]:
    """Mean of frames of 960 x 1280 in a row, a newly composed one, and a head that nobody drew before."""
    cv2.setNumThreads(1)
    scene = PortraitScene(np.random.default_rng(1))
    scene.person = generate_person(1)
    numbers = count()
    yield Row(
        "simulated portrait frame, mean",
        _mean_ms(lambda: scene.picture(next(numbers) / FRAMES_PER_S)),
        "ms",
        "≤ 10",
    )
    yield Row("simulated portrait frame, composed anew", _median_ms(partial(_moved, scene, numbers)), "ms")
    traits = generate_traits(np.random.default_rng(1), 30.0, Sex.FEMALE)
    yield Row(
        "a head drawn in a new pose", _median_ms(partial(render_head, traits, Pose()), 3), "ms", "≤ 300"
    )


def _moved(scene: PortraitScene, numbers: Iterator[int]) -> None:
    scene.pose = Pose(roll_deg=next(numbers) * 0.01)
    scene.picture(0.0)


def _mean_ms(job: Callable[[], object]) -> float:
    job()
    begun_s = perf_counter()
    for _ in range(ROUNDS):
        job()
    return (perf_counter() - begun_s) * 1000.0 / ROUNDS


def _median_ms(job: Callable[[], object], rounds: int = 9) -> float:
    job()
    return median(_ms(job) for _ in range(rounds))


def _ms(job: Callable[[], object]) -> float:
    begun_s = perf_counter()
    job()
    return (perf_counter() - begun_s) * 1000.0
