"""Where the pupil is: dark round blobs first, then the edge of each in polar coordinates."""

from dataclasses import dataclass

import cv2
import numpy as np

from firmware.quality.iris.geometry import (
    Circle,
    Floats,
    GreyImage,
    directions,
    fit_circle,
    resized,
    unrolled,
)

DARK_LEVELS = (0.06, 0.12, 0.18, 0.26, 0.34, 0.44, 0.55)  # of the way from the darkest to the median grey
RADII = (3.0, 36.0)  # at 160 columns: a constricted pupil far away, a dilated one near
ANGLES = 72
STEP = 0.5
REFINEMENTS = 3


@dataclass(frozen=True, slots=True)
class Pupil:
    """A pupil.

    roundness: minor to major axis of its ellipse. edge_share: how much of its edge was seen. dark_share: how
    much of its inside is dark; lashes let skin shine through.
    """

    circle: Circle
    roundness: float
    edge_share: float
    dark_share: float


def dark_discs(calm: GreyImage, keep: int) -> list[Circle]:
    """The best candidates for a pupil, best first.

    calm: (rows, 320) uint8 without glints.
    """
    small = resized(calm, 0.5)
    darkest, middle = (float(grey) for grey in np.percentile(small, (0.5, 50)))
    found: list[tuple[float, Circle]] = []
    for level in DARK_LEVELS:
        _, dark = cv2.threshold(small, darkest + level * (middle - darkest), 255, cv2.THRESH_BINARY_INV)
        contours, _ = cv2.findContours(dark, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in contours:
            found.extend(_judged(small, contour, middle))
    found.sort(key=lambda pair: -pair[0])
    return _distinct([circle.scaled(2.0) for _, circle in found], keep)


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
    circle = disc
    share, points = 0.0, np.empty((0, 2), np.float32)
    for _ in range(REFINEMENTS):
        x, y, strength = _edge(calm, circle)
        fitted, kept = robust_circle(x, y, strength)
        if fitted is None or not 0.5 * disc.r < fitted.r < 2.0 * disc.r:
            return None
        circle, share, points = fitted, float(kept.mean()), np.stack((x[kept], y[kept]), axis=1)
    return Pupil(circle, _roundness(points), share, _dark_share(small, circle))


def _edge(calm: GreyImage, circle: Circle) -> tuple[Floats, Floats, Floats]:
    """The strongest rise of grey along each of ANGLES rays: x, y and the rise."""
    polar = unrolled(calm, Circle(circle.x, circle.y, circle.r * 1.7), ANGLES, STEP)
    rise = cv2.Sobel(cv2.GaussianBlur(polar, (5, 5), 0), cv2.CV_32F, 1, 0)
    radii = (np.arange(polar.shape[1], dtype=np.float32)) * np.float32(STEP)
    prior = np.exp(-(((radii / circle.r - 1) / 0.35) ** 2)).astype(np.float32)
    best = np.argmax(rise * prior, axis=1)
    cosine, sine = directions(ANGLES)
    reach = radii[best]
    strength = np.maximum(rise[np.arange(ANGLES), best], 0)
    return circle.x + reach * cosine, circle.y + reach * sine, strength


def robust_circle(
    x: Floats, y: Floats, strength: Floats
) -> tuple[Circle | None, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """A circle through the points that agree, and which those are; strong edges count more."""
    weight = np.minimum(strength, np.median(strength)) + np.float32(1e-3)
    kept = np.ones(x.size, np.bool_)
    circle = None
    for tolerance in (0.25, 0.12, 0.06):
        circle = fit_circle(x[kept], y[kept], weight[kept])
        if circle is None:
            break
        off = np.abs(np.hypot(x - circle.x, y - circle.y) - circle.r)
        kept = (off <= max(tolerance * circle.r, 1.0)) & (strength > 0.2 * np.median(strength))
        if kept.sum() < 12:
            return None, kept
    return circle, kept


def _dark_share(small: GreyImage, circle: Circle) -> float:
    """How much inside the circle is nearer to its dark part than to what surrounds it."""
    polar = unrolled(small, Circle(circle.x, circle.y, 1.5 * circle.r), ANGLES, STEP)
    edge = round(polar.shape[1] / 1.5)
    inside, outside = polar[:, : round(0.9 * edge)], polar[:, round(1.15 * edge) :]
    middle = (float(np.percentile(inside, 25)) + float(np.median(outside))) / 2
    area = np.arange(inside.shape[1], dtype=np.float32)
    return float((inside < middle).mean(axis=0) @ area / area.sum())


def _roundness(points: Floats) -> float:
    _, axes, _ = cv2.fitEllipseDirect(points)
    low, high = min(axes), max(axes)
    return float(low / high) if high > 0 else 0.0
