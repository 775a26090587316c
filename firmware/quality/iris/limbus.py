"""Where the iris ends: the circle across which the image brightens most evenly, seen from the pupil."""

from dataclasses import dataclass, replace
from functools import cache

import cv2
import numpy as np

from firmware.quality.iris.edges import Search, agreed_circle, find_edge, joined
from firmware.quality.iris.ellipses import Expected, agreed_ellipse, bend_of
from firmware.quality.iris.geometry import Circle, Ellipse, Floats, GreyImage, Mask, directions
from firmware.quality.iris.ranks import quantile

ANGLES = 64
NEAREST_TO_PUPIL = 1.12  # iris radius in pupil radii: the widest pupil that is looked for is 0.9
PUPIL_EDGE = (
    1.05,
    1.2,
)  # pupil radii: brightening within the first is the pupil's own, beyond the second not
BLUR = 1.6  # px, of the gradients
FARTHEST_FROM_PUPIL = 8.0
RADII = (20.0, 118.0)  # at 320 columns
RADIUS_RATIO = 1.05
LEAST_RAYS = 16  # of 128
SEARCH = Search(nearest=0.84, farthest=1.16, fading=0.09, smooth=9)
OFFSETS = (-0.14, -0.07, 0.0, 0.07, 0.14)  # of the iris radius, coarse search
TRUST = 0.3  # in the pupil's bend, as a share of the rays
CENTRE_TRUST = 0.1  # in the pupil's centre
BELOW = 0.018  # radii: how far the middle of the iris lies below the pupil's in 2,655 marked real eyes
EVEN = 0.04  # of the image's grey range a pixel: half weight of a rise


@dataclass(frozen=True, slots=True)
class Limbus:
    """The outer edge of the iris: its ellipse, how evenly it brightens, the share of its sides seen."""

    shape: Ellipse
    evenness: float
    edge_share: float


@dataclass(frozen=True, slots=True, eq=False)
class _Rays:
    """Directions in which the limbus is looked for, each an array; weight: how much each one counts."""

    cosine: Floats
    sine: Floats
    weight: Floats


@cache
def _rays(angles: int) -> _Rays:
    """Sides count most, the lower edge a little, the upper not at all: lids and lashes lie there."""
    cosine, sine = directions(angles)
    sides = np.clip((np.abs(cosine) - 0.7) / 0.15, 0, 1)
    weight = (sides + 0.25 * np.clip((sine - 0.7) / 0.15, 0, 1)).astype(np.float32)
    return _Rays(cosine[weight > 0], sine[weight > 0], weight[weight > 0])


class Gradients:
    """How the grey changes, compressed so that one strong lash does not outvote an even edge."""

    def __init__(self, image: GreyImage) -> None:
        """image: (rows, 320) uint8."""
        low, high = (quantile(image[::4, ::4], share) for share in (0.05, 0.95))
        soft = cv2.GaussianBlur(image, (0, 0), BLUR)
        self._half = np.float32(EVEN * max(high - low, 10.0))
        self._across = cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=1 / 8)
        self._down = cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=1 / 8)

    def evenness(self, x: Floats, y: Floats, r: Floats, pupil: Circle, rays: _Rays) -> Floats:
        """Of each circle, -1..1: how evenly the image brightens outwards across it, the weaker side first.

        What is on the pupil's own edge does not count.
        """
        cosine, sine, weight = rays.cosine, rays.sine, rays.weight
        across, down = x[:, None] + r[:, None] * cosine, y[:, None] + r[:, None] * sine
        columns, rows = np.rint(across).astype(np.intp), np.rint(down).astype(np.intp)
        apart = np.hypot(across - np.float32(pupil.x), down - np.float32(pupil.y))
        first, last = (
            share * pupil.r + width * BLUR for share, width in zip(PUPIL_EDGE, (2, 4), strict=True)
        )
        off_pupil = np.clip((apart - np.float32(first)) / np.float32(last - first), 0, 1)
        inside = (columns >= 0) & (rows >= 0) & (columns < self._down.shape[1]) & (rows < self._down.shape[0])
        columns, rows = columns * inside, rows * inside
        rise = self._across[rows, columns] * cosine + self._down[rows, columns] * sine
        vote = inside * off_pupil * rise / (np.abs(rise) + self._half)
        right = _side(vote, inside, weight * (cosine > 0))
        left = _side(vote, inside, weight * (cosine <= 0))
        return (0.6 * np.minimum(right, left) + 0.4 * (right + left) / 2).astype(np.float32)


def _side(vote: Floats, inside: Mask, weight: Floats) -> Floats:
    """Weighted mean of the votes of one side; of a side half out of the picture, of what is to be seen."""
    return (vote @ weight / np.maximum(inside @ weight, weight.sum() / 2)).astype(np.float32)


def find_limbus(gradients: Gradients, image: GreyImage, pupil_shape: Ellipse) -> Limbus | None:
    """The outer edge of the iris around a pupil; None when there is none within reason."""
    pupil = pupil_shape.circle
    first = max(RADII[0], NEAREST_TO_PUPIL * pupil.r)
    last = min(RADII[1], FARTHEST_FROM_PUPIL * pupil.r)
    if first * RADIUS_RATIO >= last:
        return None
    count = int(np.log(last / first) / np.log(RADIUS_RATIO)) + 1
    radii = (first * RADIUS_RATIO ** np.arange(count)).astype(np.float32)
    best, evenness = _best(gradients, pupil, pupil, radii, np.array(OFFSETS, np.float32), _rays(ANGLES // 2))
    for spread in (0.035, 0.018):
        near = (best.r * np.array((1 - 0.7 * spread, 1, 1 + 0.7 * spread))).astype(np.float32)
        best, evenness = _best(
            gradients, pupil, best, near, np.array((-spread, 0, spread), np.float32), _rays(ANGLES)
        )
    fitted, share = _fitted(image, best, pupil_shape)
    return Limbus(fitted, evenness, share)


def _best(
    gradients: Gradients, pupil: Circle, about: Circle, radii: Floats, offsets: Floats, rays: _Rays
) -> tuple[Circle, float]:
    """The most even of the circles with these radii, centred within these offsets (in radii) of a centre."""
    r, dx, dy = (axis.ravel() for axis in np.meshgrid(radii, offsets, offsets, indexing="ij"))
    x, y = np.float32(about.x) + dx * r, np.float32(about.y) + dy * r
    apart = np.hypot(x - np.float32(pupil.x), y - np.float32(pupil.y)) / r
    score = gradients.evenness(x, y, r, pupil, rays) - np.float32(0.6) * apart**2
    best = int(np.argmax(score))
    return Circle(float(x[best]), float(y[best]), float(r[best])), float(score[best])


def _fitted(image: GreyImage, near: Circle, pupil: Ellipse) -> tuple[Ellipse, float]:
    """The ellipse through the strongest rise along each lateral ray, and the share of rays that agree.

    Its bend is seen badly between the lids; a pupil that is turned away hints at it.
    """
    edge = find_edge(image, near, SEARCH, ANGLES * 2)
    cosine, sine = directions(ANGLES * 2)
    in_picture = (edge.x >= 0) & (edge.y >= 0) & (edge.x < image.shape[1]) & (edge.y < image.shape[0])
    rays = (np.abs(cosine) > 0.6) & (sine > -0.7) & in_picture
    if np.count_nonzero(rays) < LEAST_RAYS:
        return _round(near), 0.0
    lateral = edge.on(rays)
    expected = Expected(bend_of(pupil), TRUST, (pupil.x, pupil.y + BELOW * near.r), CENTRE_TRUST)
    circle, agree = agreed_circle(lateral)
    if circle is None or not _is_near(circle, near):
        return _round(near), float(agree.mean()) / 2
    below = edge.on((sine > 0.75) & in_picture)
    shape, agree = agreed_ellipse(joined(lateral, replace(below, rise=below.rise / 2)), circle, expected)
    return shape, float(agree[: lateral.x.size].mean())


def _round(circle: Circle) -> Ellipse:
    return Ellipse(circle.x, circle.y, circle.r, circle.r, 0.0)


def _is_near(circle: Circle, other: Circle) -> bool:
    """Whether the circles differ by less than the search reaches."""
    apart = np.hypot(circle.x - other.x, circle.y - other.y)
    return bool(max(abs(circle.r - other.r), apart) <= 0.1 * other.r)
