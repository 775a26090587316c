"""What the portrait side of the simulated world costs on one core; a visit asks for about 150 frames."""

from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from statistics import median
from time import perf_counter

import cv2
import numpy as np

from simulator.automatics import Automatics
from simulator.people.facts import Sex
from simulator.people.heads.render import render_head, render_lids
from simulator.people.heads.traits import generate_traits
from simulator.people.person import generate_person
from simulator.people.portrait_scene import PortraitScene
from simulator.people.pose import Pose
from tests.bench.rows import Row

FRAME_S = 1.0 / 15.0
ROUNDS = 60
SETTLED = 30


def rows() -> Iterator[Row]:
    """Frames of 960 x 1280 of a camera that has settled, of somebody who moves, and heads never drawn."""
    cv2.setNumThreads(1)
    scene = PortraitScene(np.random.default_rng(1))
    scene.person = generate_person(1)
    control, numbers = Automatics(scene), count()
    take = partial(_take, control, numbers)
    for _ in range(SETTLED):
        take()
    yield Row("simulated portrait frame, median", _median_ms(take, ROUNDS), "ms", "≤ 8")
    yield Row("simulated portrait frame, mean", _mean_ms(take), "ms", "≤ 12")
    yield Row(
        "simulated portrait frame, of somebody who moves",
        _median_ms(partial(_moved, scene, take, count())),
        "ms",
    )
    traits = generate_traits(np.random.default_rng(1), 30.0, Sex.FEMALE)
    drawn = render_head(traits, Pose())
    lids = partial(render_lids, traits, Pose(eyes_open=0.0), drawn)
    yield Row(
        "a head drawn in a new pose", _median_ms(partial(render_head, traits, Pose()), 3), "ms", "≤ 400"
    )
    yield Row("the lids of a blink drawn anew", _median_ms(lids, 3), "ms", "≤ 150")


def _take(control: Automatics, numbers: Iterator[int]) -> None:
    control.expose(next(numbers) * FRAME_S, FRAME_S)


def _moved(scene: PortraitScene, take: Callable[[], object], numbers: Iterator[int]) -> None:
    scene.pose = Pose(roll_deg=next(numbers) * 0.1)
    take()


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
