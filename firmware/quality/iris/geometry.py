"""The shapes that an eye is described with, in pixels of the image: x right, y down."""

from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

GreyImage: TypeAlias = NDArray[np.uint8]
Floats: TypeAlias = NDArray[np.float32]
Mask: TypeAlias = NDArray[np.bool_]

LEAST_SPREAD = 1e-6  # across, of the spread along, squared: points along a line have less
LONGEST = 8  # times the shorter side; pictures of eyes have up to 1.6


@dataclass(frozen=True, slots=True)
class Circle:
    """A circle."""

    x: float
    y: float
    r: float

    def scaled(self, factor: float) -> "Circle":
        """The same circle after its image was resized by `factor`; pixel centres stay pixel centres."""
        return Circle((self.x + 0.5) * factor - 0.5, (self.y + 0.5) * factor - 0.5, self.r * factor)


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse: centre, semi-axes, the longer first, and its direction in degrees from +x to +y."""

    x: float
    y: float
    along: float
    across: float
    tilt_deg: float

    @property
    def r(self) -> float:
        """Radius of the circle of the same area."""
        return float(np.sqrt(self.along * self.across))

    @property
    def roundness(self) -> float:
        """Of the shorter axis to the longer one, up to 1."""
        return self.across / self.along

    @property
    def circle(self) -> Circle:
        """The circle of the same area around the same centre."""
        return Circle(self.x, self.y, self.r)

    def scaled(self, factor: float) -> "Ellipse":
        """The same ellipse after its image was resized by `factor`."""
        x, y = (self.x + 0.5) * factor - 0.5, (self.y + 0.5) * factor - 0.5
        return Ellipse(x, y, self.along * factor, self.across * factor, self.tilt_deg)

    def reach(self, x: Floats, y: Floats) -> Floats:
        """How far out each point lies from the centre, 1 on the ellipse."""
        cosine, sine = _direction(self.tilt_deg)
        right, down = x - np.float32(self.x), y - np.float32(self.y)
        along, across = np.float32(1 / self.along), np.float32(1 / self.across)
        square = np.square(right * (cosine * along) + down * (sine * along))
        square += np.square(down * (cosine * across) - right * (sine * across))
        return np.sqrt(square, out=square)  # numpy's hypot is many times slower

    def edge(self, cosine: Floats, sine: Floats) -> Floats:
        """The radius in directions from +x to +y."""
        tilt_cosine, tilt_sine = _direction(self.tilt_deg)
        along = (cosine * tilt_cosine + sine * tilt_sine) / np.float32(self.along)
        across = (sine * tilt_cosine - cosine * tilt_sine) / np.float32(self.across)
        return (1 / np.sqrt(along * along + across * across)).astype(np.float32)


def _direction(degrees: float) -> tuple[np.float32, np.float32]:
    angle = np.radians(degrees)
    return np.float32(np.cos(angle)), np.float32(np.sin(angle))


@dataclass(frozen=True, slots=True)
class Lid:
    """The edge of a lid: y = y0 + slope (x - x0) + bend (x - x0)^2."""

    x0: float
    y0: float
    slope: float
    bend: float

    def y(self, x: Floats) -> Floats:
        """The edge's y at each `x`."""
        beside = x - self.x0
        return (self.y0 + self.slope * beside + self.bend * beside**2).astype(np.float32)

    def scaled(self, factor: float) -> "Lid":
        """The same edge after its image was resized by `factor`."""
        x0, y0 = (self.x0 + 0.5) * factor - 0.5, (self.y0 + 0.5) * factor - 0.5
        return Lid(x0, y0, self.slope, self.bend / factor)


def is_strip(image: GreyImage) -> bool:
    """Whether an image is so long and thin that it shows no eye; scaled like one it would fill the memory."""
    return max(image.shape) > LONGEST * min(image.shape)


def resized(image: GreyImage, factor: float) -> GreyImage:
    """The image with its sides times `factor`, averaged where it shrinks."""
    small = cv2.resize(image, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return small.astype(np.uint8, copy=False)


@cache
def directions(count: int) -> tuple[Floats, Floats]:
    """Cosine and sine of `count` angles around the circle, from +x towards +y, as two rows."""
    angles = np.arange(count, dtype=np.float32) * np.float32(2 * np.pi / count)
    return np.cos(angles), np.sin(angles)


def unrolled(image: GreyImage, about: Circle, angles: int, step: float) -> Floats:
    """The image around a centre out to a circle: (angles, radii) float32, `step` pixels a column.

    0 outside the image.
    """
    size = (max(2, round(about.r / step)), angles)
    flags = cv2.WARP_POLAR_LINEAR | cv2.INTER_LINEAR | cv2.WARP_FILL_OUTLIERS  # else chance decides
    return cv2.warpPolar(image, size, (about.x, about.y), about.r, flags).astype(np.float32)


def fit_circle(x: Floats, y: Floats, weight: Floats) -> Circle | None:
    """The least-squares circle (Kasa) through weighted points; None where they do not determine one."""
    total = float(weight.sum())
    middle_x, middle_y = float(x @ weight) / total, float(y @ weight) / total
    u, v = x - middle_x, y - middle_y
    square = u * u + v * v
    uu, vv, uv = (float((one * other) @ weight) for one, other in ((u, u), (v, v), (u, v)))
    spread = uu * vv - uv * uv
    if spread <= LEAST_SPREAD * (uu + vv) ** 2:
        return None
    us, vs = float((u * square) @ weight), float((v * square) @ weight)
    a, b = (vv * us - uv * vs) / spread, (uu * vs - uv * us) / spread
    radius = (float(square @ weight) / total + (a * a + b * b) / 4) ** 0.5
    return Circle(middle_x + a / 2, middle_y + b / 2, radius)
