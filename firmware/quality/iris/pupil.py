"""Where the pupil is: dark round blobs first, then the edge of each in polar coordinates."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np

from firmware.quality.iris.edges import STEP, Edge, Search, agreed_circle, find_edge
from firmware.quality.iris.ellipses import Expected, agreed_ellipse
from firmware.quality.iris.geometry import Circle, Ellipse, GreyImage, Mask, directions, resized, unrolled
from firmware.quality.iris.ranks import median, quantile

DARK_LEVELS = (0.06, 0.12, 0.18, 0.26, 0.34, 0.44, 0.55)  # of the way from the darkest to the median grey
RADII = (3.0, 36.0)  # at 160 columns: a constricted pupil far away, a dilated one near
LEAST_IRIS, CLOUDED = 50.0, 0.36  # px at 320 columns; radii of an iris: looked for from 0.18 to 0.61
ANGLES = 72
WHITE = 250
APPROACHES, SETTLED = 2, 0.08  # the centre moves until the rays start from the middle; in radii
SEARCH = Search(nearest=0.0, farthest=1.7, fading=0.35, smooth=5)
FINE = Search(nearest=0.6, farthest=1.35, fading=0.15, smooth=5)
TRUST, HIDDEN_TRUST = 0.02, 0.6  # in roundness: of a pupil that is all to be seen, and of half of one
BRIGHTER = 0.3  # of the way from the disc's grey to the picture's
FREE_SHARE = 0.85  # of the lower rays that have to agree, to believe them against the upper ones
LEAST_UNDER_LASHES = 10.0  # px at 320 columns: what is smaller is a clump of lashes itself
HEIGHTS = (0.93, 1.5)  # radii: upper rays end nearer at a lid over the pupil, farther in lashes above it


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil.

    edge_share: how much of its edge was seen. dark_share: how
    much of its inside is dark; lashes let skin shine through. glare_share: how much of it, or near it, is
    white.
    """

    shape: Ellipse
    edge_share: float
    dark_share: float
    glare_share: float


def dark_discs(calm: GreyImage, keep: int) -> list[Circle]:
    """The best candidates for a pupil, best first.

    calm: (rows, 320) uint8 without glints.
    """
    small = resized(calm, 0.5)
    darkest, middle = (quantile(small, share) for share in (0.005, 0.5))
    found: list[tuple[float, Circle]] = []
    for level in DARK_LEVELS:
        _, dark = cv2.threshold(small, darkest + level * (middle - darkest), 255, cv2.THRESH_BINARY_INV)
        contours, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            found.extend(_judged(small, contour, middle))
    found.sort(key=lambda pair: -pair[0])
    return _distinct([circle.scaled(2.0) for _, circle in found], keep)


def with_clouded(discs: list[Circle]) -> Iterator[Circle]:
    """The discs, and in the first as large as an iris a pupil that a cataract makes hardly darker."""
    iris = next((disc for disc in discs if disc.r > LEAST_IRIS), None)
    for disc in discs:
        yield disc
        if disc is iris:
            yield Circle(disc.x, disc.y, CLOUDED * disc.r)


def _judged(small: GreyImage, contour: cv2.typing.MatLike, middle: float) -> list[tuple[float, Circle]]:
    """The contour's disc and how much it looks like a pupil; empty when it cannot be one."""
    area = cv2.contourArea(contour)
    if not np.pi * RADII[0] ** 2 < area < np.pi * RADII[1] ** 2:
        return []
    (x, y), reach = cv2.minEnclosingCircle(contour)
    disc = Circle(x, y, float(np.sqrt(area / np.pi)))
    inside = _ring_mean(small, disc, 0.6)
    contrast, darkness = _ring_mean(small, disc, 1.35) - inside, middle - inside
    return [(contrast * darkness**2 * (disc.r / reach) ** 2, disc)] if min(contrast, darkness) > 0 else []


def _ring_mean(image: GreyImage, disc: Circle, share: float) -> float:
    cosine, sine = directions(24)
    rows, columns = image.shape
    x = np.clip(np.rint(disc.x + share * disc.r * cosine), 0, columns - 1).astype(np.intp)
    y = np.clip(np.rint(disc.y + share * disc.r * sine), 0, rows - 1).astype(np.intp)
    return float(image[y, x].mean())


def _distinct(discs: list[Circle], keep: int) -> list[Circle]:
    kept: list[Circle] = []
    for disc in discs:
        if not any(_is_same(disc, one) for one in kept):
            kept.append(disc)
    return kept[:keep]


def _is_same(disc: Circle, other: Circle) -> bool:
    """Nearly concentric and of about one size: an iris may be a dark disc around its pupil."""
    apart = np.hypot(disc.x - other.x, disc.y - other.y)
    return bool(apart < 0.5 * other.r) and 0.67 < disc.r / other.r < 1.5


def refine_pupil(small: GreyImage, calm: GreyImage, disc: Circle) -> Pupil | None:
    """The pupil's edge near a dark disc; None when no circle fits it.

    small, calm: (rows, 320) uint8 with and without glints.
    """
    circle, rays, dark = disc, _all_rays(), _darkness(calm, disc)
    search = replace(SEARCH, dark=dark)
    for _ in range(APPROACHES):
        found, rays = _seen_circle(find_edge(calm, circle, search, ANGLES))
        if found is None or not 0.5 * disc.r < found.r < 2.0 * disc.r:
            return None
        circle, before = found, circle
        if np.hypot(circle.x - before.x, circle.y - before.y) < SETTLED * circle.r:
            break
    edge = find_edge(calm, circle, replace(FINE, dark=dark), ANGLES).on(rays)
    shape, agree = agreed_ellipse(edge, circle, Expected(bend_trust=TRUST if rays.all() else HIDDEN_TRUST))
    if not 0.5 * disc.r < shape.r < 2.0 * disc.r:
        return None
    dark_share, glare_share = _dark_share(small, shape.circle), _glare_share(calm, shape.circle)
    return Pupil(shape, float(agree.mean()), dark_share, glare_share)


def _darkness(calm: GreyImage, disc: Circle) -> tuple[float, float]:
    """The grey of a disc, and how much brighter is halfway to being no pupil."""
    left, top = max(int(disc.x - disc.r), 0), max(int(disc.y - disc.r), 0)
    patch = calm[top : int(disc.y + disc.r) + 1, left : int(disc.x + disc.r) + 1]
    dark = quantile(patch, 0.2)
    return dark, max(BRIGHTER * (median(calm[::4, ::4]) - dark), 8.0)


def _seen_circle(edge: Edge) -> tuple[Circle | None, Mask]:
    """The circle of the edge, and the rays that see it: all, or the lower ones below a lid or lashes."""
    whole, _ = agreed_circle(edge)
    free = _free_rays()
    lower, agree = agreed_circle(edge.on(free))
    if whole is None or lower is None or float(agree.mean()) < FREE_SHARE:
        return whole, _all_rays()
    above = edge.on(_upper_rays())
    height = median(np.hypot(above.x - np.float32(lower.x), above.y - np.float32(lower.y))) / lower.r
    is_cut = height < HEIGHTS[0] or (height > HEIGHTS[1] and lower.r > LEAST_UNDER_LASHES)
    return (lower, free) if is_cut else (whole, _all_rays())


@cache
def _all_rays() -> Mask:
    return np.ones(ANGLES, np.bool_)


@cache
def _free_rays() -> Mask:
    """Those that a hanging lid leaves free."""
    return directions(ANGLES)[1] > -0.25


@cache
def _upper_rays() -> Mask:
    return directions(ANGLES)[1] < -0.8


def _dark_share(small: GreyImage, circle: Circle) -> float:
    """How much inside the circle is nearer to its dark part than to what surrounds it."""
    polar = unrolled(small, Circle(circle.x, circle.y, 1.5 * circle.r), ANGLES, STEP)
    edge = round(polar.shape[1] / 1.5)
    inside, outside = polar[:, : round(0.9 * edge)], polar[:, round(1.15 * edge) :]
    middle = (quantile(inside, 0.25) + median(outside)) / 2
    area = np.arange(inside.shape[1], dtype=np.float32)
    return float((inside < middle).mean(axis=0) @ area / area.sum())


def _glare_share(calm: GreyImage, circle: Circle) -> float:
    """How much of the disc of 1.3 radii a mirrored lamp hides."""
    polar = unrolled(calm, Circle(circle.x, circle.y, 1.3 * circle.r), ANGLES, STEP)
    area = np.arange(polar.shape[1], dtype=np.float32)
    return float((polar >= WHITE).mean(axis=0) @ area / area.sum())
