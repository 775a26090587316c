"""The ellipse on which the rays of an edge agree: a circle bent as far as the edge demands.

To the first order an ellipse's radius is r + bend_x cos 2a + bend_y sin 2a; good to 1 % down to a roundness
of 0.8.
"""

from dataclasses import dataclass

import numpy as np

from firmware.quality.iris.edges import Edge
from firmware.quality.iris.geometry import Circle, Ellipse, Floats, Mask
from firmware.quality.iris.ranks import median

TOLERANCES = (0.12, 0.07, 0.05)  # of the radius, fit by fit
LEAST_ROUNDNESS = 0.7
LEAST_RAYS = 12


@dataclass(frozen=True, slots=True)
class Expected:
    """What an ellipse is taken for beforehand; trust: as if that share of all rays had seen it.

    bend: of the circle, in radii. centre: x and y.
    """

    bend: tuple[float, float] = (0.0, 0.0)
    bend_trust: float = 0.02
    centre: tuple[float, float] = (0.0, 0.0)
    centre_trust: float = 0.0


def bend_of(ellipse: Ellipse) -> tuple[float, float]:
    """What bends a circle into that ellipse, in radii."""
    size = (ellipse.along - ellipse.across) / (ellipse.along + ellipse.across)
    turn = 2 * np.radians(ellipse.tilt_deg)
    return size * float(np.cos(turn)), size * float(np.sin(turn))


def agreed_ellipse(edge: Edge, first: Circle, expected: Expected) -> tuple[Ellipse, Mask]:
    """The ellipse near a circle through the rays that agree, and which those are; steep ones count more."""
    weight = np.minimum(edge.rise, median(edge.rise)) + np.float32(1e-3)
    found = _bent(first, expected.bend[0] * first.r, expected.bend[1] * first.r)
    agree = _agreeing(edge, found, TOLERANCES[0], weight)
    for tolerance in TOLERANCES[1:]:
        if np.count_nonzero(agree) < LEAST_RAYS:
            break
        found = _fitted(edge.on(agree), weight[agree], found, expected, edge.x.size)
        agree = _agreeing(edge, found, tolerance, weight)
    return found, agree


def _agreeing(edge: Edge, ellipse: Ellipse, tolerance: float, weight: Floats) -> Mask:
    off = np.abs(ellipse.reach(edge.x, edge.y) - 1)
    steep = edge.rise > 0.2 * median(weight)
    return (off <= max(tolerance, 1.0 / ellipse.r)) & steep


def _fitted(edge: Edge, weight: Floats, about: Ellipse, expected: Expected, rays: int) -> Ellipse:
    """Least squares, with what is expected as if rays had seen it."""
    right, down = edge.x - np.float32(about.x), edge.y - np.float32(about.y)
    reach = np.hypot(right, down)
    cosine, sine = right / reach, down / reach
    two_cosine, two_sine = cosine**2 - sine**2, 2 * cosine * sine
    columns = np.stack((np.ones_like(reach), cosine, sine, two_cosine, two_sine), axis=1).astype(np.float64)
    doubts = np.repeat((0.0, expected.centre_trust, expected.bend_trust), (1, 2, 2)) * rays
    doubts = doubts * median(weight) + 1e-6
    beside = expected.centre[0] - about.x, expected.centre[1] - about.y
    bend = about.r * expected.bend[0], about.r * expected.bend[1]
    goal = columns.T @ (weight * reach) + doubts * np.array((0.0, *beside, *bend))
    normal = columns.T @ (columns * weight[:, None]) + np.diag(doubts)
    r, x, y, bend_x, bend_y = (float(value) for value in np.linalg.solve(normal, goal))
    return _bent(Circle(about.x + x, about.y + y, r), bend_x, bend_y)


def _bent(circle: Circle, bend_x: float, bend_y: float) -> Ellipse:
    most = circle.r * (1 - LEAST_ROUNDNESS) / (1 + LEAST_ROUNDNESS)
    size = min(float(np.hypot(bend_x, bend_y)), most)
    tilt = float(np.degrees(np.arctan2(bend_y, bend_x))) / 2
    return Ellipse(circle.x, circle.y, circle.r + size, circle.r - size, tilt)
