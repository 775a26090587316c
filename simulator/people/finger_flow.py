"""Which way the ridges of an invented finger run: arches, loops and whorls from cores and deltas."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]  # float32
Point = tuple[float, float]


class RidgeClass(StrEnum):
    """The classes of Henry, as far as the flow tells them apart."""

    ARCH = "arch"
    TENTED_ARCH = "tented_arch"
    LEFT_LOOP = "left_loop"
    RIGHT_LOOP = "right_loop"
    WHORL = "whorl"
    DOUBLE_LOOP = "double_loop"


# How often each class is met (NIST Special Database 4, natural distribution; whorls split in two).
SHARES = {
    RidgeClass.ARCH: 0.037,
    RidgeClass.TENTED_ARCH: 0.029,
    RidgeClass.LEFT_LOOP: 0.338,
    RidgeClass.RIGHT_LOOP: 0.317,
    RidgeClass.WHORL: 0.199,
    RidgeClass.DOUBLE_LOOP: 0.08,
}


@dataclass(frozen=True, slots=True)
class Flow:
    """Cores, deltas and bow of one finger.

    Points are (across, down) in halves of the finger's width from the middle of the print.
    bow: slope at the flanks above the cores, in radians.
    """

    cores: tuple[Point, ...]
    deltas: tuple[Point, ...]
    bow: float


def draw_flow(ridge_class: RidgeClass, rng: np.random.Generator) -> Flow:
    """A finger of `ridge_class`, a little different each time."""
    cores, deltas = _PATTERNS[ridge_class]
    return Flow(_moved(cores, rng), _moved(deltas, rng), float(rng.uniform(0.45, 0.75)))


def draw_class(rng: np.random.Generator) -> RidgeClass:
    """A class as often as it is met."""
    return list(SHARES)[int(rng.choice(len(SHARES), p=list(SHARES.values())))]


def directions(flow: Flow, shape: tuple[int, int], half_width: float) -> Floats:
    """The ridges' direction at each place of `shape`, in radians from the rows, clockwise on the picture.

    half_width: of the finger, in places. Source: zero-pole model of Sherlock and Monro (1993), whose flanks
    are bent by `bow`, because without it the ridges above the core run straight instead of around the tip.
    """
    down, across = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    across = (across - (shape[1] - 1) / 2) / half_width
    down = (down - (shape[0] - 1) / 2) / half_width
    turned = np.zeros(shape, np.float32)
    for points, sign in ((flow.cores, 0.5), (flow.deltas, -0.5)):
        for x, y in points:
            turned += sign * np.arctan2(down - y, across - x)
    return (turned + _bow(flow, across, down)).astype(np.float32)


def _bow(flow: Flow, across: Floats, down: Floats) -> Floats:
    """Ridges fall off to both sides above the cores, and lie flat at the joint."""
    if not flow.cores:
        hill = np.exp(-(((down - 0.25) / 0.55) ** 2))
        return (
            (flow.bow * 1.5 * hill + 0.25) * np.sin(np.pi * np.clip(across, -1, 1)) * np.exp(-0.5 * across**2)
        )
    fading = 1.0 / (1.0 + np.exp(4.0 * (down - 0.25)))
    return flow.bow * fading * np.tanh(1.4 * across)


def _moved(points: tuple[Point, ...], rng: np.random.Generator) -> tuple[Point, ...]:
    return tuple((x + float(rng.normal(0.0, 0.05)), y + float(rng.normal(0.0, 0.06))) for x, y in points)


_PATTERNS: dict[RidgeClass, tuple[tuple[Point, ...], tuple[Point, ...]]] = {
    RidgeClass.ARCH: ((), ()),
    RidgeClass.TENTED_ARCH: (((0.0, -0.05),), ((0.02, 0.55),)),
    RidgeClass.LEFT_LOOP: (((-0.02, -0.15),), ((0.55, 0.6),)),
    RidgeClass.RIGHT_LOOP: (((0.02, -0.15),), ((-0.55, 0.6),)),
    RidgeClass.WHORL: (((0.0, -0.22), (0.0, 0.1)), ((-0.68, 0.62), (0.68, 0.62))),
    RidgeClass.DOUBLE_LOOP: (((-0.12, -0.2), (0.14, 0.18)), ((-0.7, 0.66), (0.66, 0.72))),
}
