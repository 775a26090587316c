"""Which way the ridges of an invented finger run: arches, loops and whorls from cores and deltas."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]  # float32
Point = tuple[float, float]

_DOWN, _UP = np.pi / 2, -np.pi / 2
_SLENDERNESS = 0.6  # of the loops; at 0 they are parabolas, which only tented arches are


class RidgeClass(StrEnum):
    """The classes of Henry, as far as the flow tells them apart; left and right as seen on the print."""

    ARCH = "arch"
    TENTED_ARCH = "tented_arch"
    LEFT_LOOP = "left_loop"
    RIGHT_LOOP = "right_loop"
    WHORL = "whorl"
    DOUBLE_LOOP = "double_loop"


class Core(NamedTuple):
    """The innermost bend of a loop: across and down as for Flow, and which way its legs run, in radians."""

    x: float
    y: float
    legs: float


@dataclass(frozen=True, slots=True)
class Flow:
    """Cores, deltas and bow of one finger.

    Points are (across, down) in halves of the finger's width from the middle of the print.
    bow: slope at the flanks above the cores, in radians.
    """

    cores: tuple[Core, ...]
    deltas: tuple[Point, ...]
    bow: float


def draw_flow(ridge_class: RidgeClass, rng: np.random.Generator) -> Flow:
    """A finger of `ridge_class`, a little different each time."""
    cores, deltas = _PATTERNS[ridge_class]
    moved = tuple(
        Core(core.x + rng.normal(0.0, 0.07), core.y + rng.normal(0.0, 0.1), core.legs + rng.normal(0.0, 0.22))
        for core in cores
    )
    triangles = tuple((x + rng.normal(0.0, 0.13), y + rng.normal(0.0, 0.13)) for x, y in deltas)
    return Flow(moved, triangles, float(rng.uniform(0.25, 0.6)))


def directions(flow: Flow, shape: tuple[int, int], half_width: float) -> Floats:
    """The ridges' direction at each place of `shape`, in radians from the rows, clockwise on the picture.

    half_width: of the finger, in places. Source: zero-pole model of Sherlock and Monro (1993). Its turn
    around a core is drawn away from the legs, so that they run side by side (as Vizcaya and Gerhardt,
    1996, do by steps), and its flanks are bent by `bow`, so that ridges run around the tip.
    """
    down, across = np.mgrid[: shape[0], : shape[1]].astype(np.float32)
    across = (across - (shape[1] - 1) / 2) / half_width
    down = (down - (shape[0] - 1) / 2) / half_width
    turned = np.zeros(shape, np.float32)
    for core in flow.cores:
        angle = np.arctan2(down - core.y, across - core.x)
        turned += 0.5 * (angle - _SLENDERNESS * np.sin(angle - core.legs))
    for x, y in flow.deltas:
        turned -= 0.5 * np.arctan2(down - y, across - x)
    return (turned + _bow(flow, across, down)).astype(np.float32)


def _bow(flow: Flow, across: Floats, down: Floats) -> Floats:
    """Ridges fall off to both sides above the cores, and lie flat at the joint."""
    if not flow.cores:
        hill = np.exp(-(((down - 0.25) / 0.7) ** 2))
        tip = 0.35 / (1.0 + np.exp(4.0 * down))
        return (1.6 * flow.bow * hill + tip) * np.sin(2.4 * np.clip(across, -1.0, 1.0))
    fading = 1.0 / (1.0 + np.exp(4.0 * (down - 0.25)))
    return flow.bow * fading * np.tanh(1.4 * across)


_PATTERNS: dict[RidgeClass, tuple[tuple[Core, ...], tuple[Point, ...]]] = {
    RidgeClass.ARCH: ((), ()),
    RidgeClass.TENTED_ARCH: ((Core(0.0, -0.1, _DOWN),), ((0.02, 0.5),)),
    RidgeClass.LEFT_LOOP: ((Core(-0.02, -0.3, _DOWN + 0.45),), ((0.72, 0.6),)),
    RidgeClass.RIGHT_LOOP: ((Core(0.02, -0.3, _DOWN - 0.45),), ((-0.72, 0.6),)),
    RidgeClass.WHORL: ((Core(0.0, -0.35, _DOWN), Core(0.0, 0.0, _UP)), ((-0.8, 0.65), (0.8, 0.65))),
    RidgeClass.DOUBLE_LOOP: (
        (Core(-0.14, -0.35, _DOWN - 0.3), Core(0.16, 0.05, _UP - 0.3)),
        ((-0.8, 0.7), (0.8, 0.75)),
    ),
}
