"""Round edges: where an image brightens along rays from a centre, and the circle on which rays agree."""

from dataclasses import dataclass

import cv2
import numpy as np

from firmware.quality.iris.geometry import Circle, Floats, GreyImage, Mask, directions, fit_circle, unrolled
from firmware.quality.iris.ranks import median

STEP = 0.5  # pixels along a ray
TOLERANCES = (0.25, 0.12, 0.06)  # of the radius, fit by fit
LEAST_RISE = 0.2  # of the median ray's
LEAST_RAYS = 12
BEFORE = 5  # samples: half an edge's width


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """The steepest brightening along each of some rays: where it is, and how steep."""

    x: Floats
    y: Floats
    rise: Floats

    def on(self, rays: Mask) -> "Edge":
        """The edge on some of the rays."""
        return Edge(self.x[rays], self.y[rays], self.rise[rays])


def joined(one: Edge, other: Edge) -> Edge:
    """The edge on the rays of both."""
    x, y, rise = (
        np.concatenate(pair) for pair in ((one.x, other.x), (one.y, other.y), (one.rise, other.rise))
    )
    return Edge(x, y, rise)


@dataclass(frozen=True, slots=True)
class Search:
    """Around a circle, all in its radii: from where to where, and how fast belief fades beside it.

    smooth: odd width in samples of the smoothing along the rays. dark: the grey that is expected before the
    edge, and how much brighter halves the belief; None to expect none.
    """

    nearest: float
    farthest: float
    fading: float
    smooth: int
    dark: tuple[float, float] | None = None


def find_edge(image: GreyImage, near: Circle, search: Search, angles: int) -> Edge:
    """The edge near a circle on `angles` rays from its centre, from +x towards +y."""
    first = int(search.nearest * near.r / STEP)
    polar = unrolled(image, Circle(near.x, near.y, near.r * search.farthest), angles, STEP)
    soft = cv2.GaussianBlur(polar, (search.smooth, 5), 0)
    rise = cv2.Sobel(soft, cv2.CV_32F, 1, 0)[:, first:]
    if search.dark is not None:
        rise = rise * _darkness(soft, search.dark)[:, first:]
    reach = np.float32(STEP) * (np.arange(rise.shape[1], dtype=np.float32) + first)
    belief = np.exp(-(((reach / near.r - 1) / search.fading) ** 2)).astype(np.float32)
    best = np.argmax(rise * belief, axis=1)
    cosine, sine = directions(angles)
    steepest = np.maximum(rise[np.arange(angles), best], 0)
    return Edge(near.x + reach[best] * cosine, near.y + reach[best] * sine, steepest.astype(np.float32))


def _darkness(polar: cv2.typing.MatLike, dark: tuple[float, float]) -> Floats:
    """How much the grey BEFORE each sample of the rays is as dark as expected, 0..1."""
    before = np.empty_like(polar, dtype=np.float32)
    before[:, BEFORE:], before[:, :BEFORE] = polar[:, :-BEFORE], polar[:, :1]
    return (1 / (1 + np.square(np.maximum(before - dark[0], 0) / dark[1]))).astype(np.float32)


def agreed_circle(edge: Edge) -> tuple[Circle | None, Mask]:
    """The circle through the rays that agree, and which those are; steep ones count more (to the median)."""
    usual = median(edge.rise)
    weight = np.minimum(edge.rise, usual) + np.float32(1e-3)
    agree: Mask = np.ones(edge.x.size, np.bool_)
    circle = None
    for tolerance in TOLERANCES:
        if np.count_nonzero(agree) < LEAST_RAYS:
            return None, agree
        circle = fit_circle(edge.x[agree], edge.y[agree], weight[agree])
        if circle is None:
            return None, agree
        off = np.abs(np.hypot(edge.x - circle.x, edge.y - circle.y) - circle.r)
        agree = (off <= max(tolerance * circle.r, 1.0)) & (edge.rise > LEAST_RISE * usual)
    return circle, agree
