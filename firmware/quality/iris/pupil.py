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
    """A pupil: its circle, minor to major axis of its ellipse, and the share of its edge that was seen."""

    circle: Circle
    roundness: float
    edge_share: float


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
            found.extend(_judged(small, contour))
    found.sort(key=lambda pair: -pair[0])
    return _distinct([circle.scaled(2.0) for _, circle in found], keep)


def _judged(small: GreyImage, contour: cv2.typing.MatLike) -> list[tuple[float, Circle]]:
    """The contour's disc and how much it looks like a pupil; empty when it cannot be one."""
    area = cv2.contourArea(contour)
    if not np.pi * RADII[0] ** 2 < area < np.pi * RADII[1] ** 2:
        return []
    (x, y), reach = cv2.minEnclosingCircle(contour)
    disc = Circle(x, y, float(np.sqrt(area / np.pi)))
    contrast = _ring_mean(small, disc, 1.35) - _ring_mean(small, disc, 0.6)
    return [(contrast * (disc.r / reach) ** 2, disc)] if contrast > 0 else []


def _ring_mean(image: GreyImage, disc: Circle, share: float) -> float:
    cosine, sine = directions(24)
    rows, columns = image.shape
    x = np.clip(np.rint(disc.x + share * disc.r * cosine), 0, columns - 1).astype(np.intp)
    y = np.clip(np.rint(disc.y + share * disc.r * sine), 0, rows - 1).astype(np.intp)
    return float(image[y, x].mean())


def _distinct(discs: list[Circle], keep: int) -> list[Circle]:
    kept: list[Circle] = []
    for disc in discs:
        if all(np.hypot(disc.x - one.x, disc.y - one.y) > 0.5 * one.r for one in kept):
            kept.append(disc)
    return kept[:keep]


def refine_pupil(calm: GreyImage, disc: Circle) -> Pupil | None:
    """The pupil's edge near a dark disc; None when no circle fits it."""
    circle = disc
    share, points = 0.0, np.empty((0, 2), np.float32)
    for _ in range(REFINEMENTS):
        x, y, strength = _edge(calm, circle)
        fitted, kept = robust_circle(x, y, strength)
        if fitted is None or not 0.5 * disc.r < fitted.r < 2.0 * disc.r:
            return None
        circle, share, points = fitted, float(kept.mean()), np.stack((x[kept], y[kept]), axis=1)
    return Pupil(circle, _roundness(points), share)


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


def _roundness(points: Floats) -> float:
    _, axes, _ = cv2.fitEllipseDirect(points)
    low, high = min(axes), max(axes)
    return float(low / high) if high > 0 else 0.0
