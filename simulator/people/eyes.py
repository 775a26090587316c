"""Invented eyes in near infrared with their exact geometry: drawn once, then only warped.

Lengths are in radii of the iris from its centre when the eye looks straight, x to the right, y down.
Limits: the limbus is a circle, light comes from everywhere, and skin is smooth.
"""

from dataclasses import dataclass, field
from functools import cached_property

import cv2
import numpy as np

from firmware.records.samples import EyeSide
from simulator.people.iris_texture import ANGLES, DEPTHS, Floats, iris_texture

RADIUS_PX = 128  # of the iris on the canvas
IRIS_PX = 118.0  # radius of an iris of 11.7 mm in a frame from the best distance
CANVAS = (768, 1024)  # rows, columns
CENTRE = (512.0, 384.0)  # of the iris on the canvas: x, y
EYEBALL = 2.05  # radius of the eyeball: 12 mm to the iris' 5.85
CANTHUS = 2.5  # how far out the lids meet


@dataclass(frozen=True, slots=True)
class Lids:
    """How the lids lie when the eye is open: heights at the middle, how they bend, and their tilt."""

    upper: float
    lower: float
    tilt: float

    def curves(self, openness: float) -> tuple[tuple[float, float], tuple[float, float]]:
        """Height and bend of the upper and of the lower lid; at openness 0 they are one line."""
        lower_bend = 0.35 * (self.lower - self.upper) / CANTHUS**2
        upper_bend = (self.lower - self.upper) / CANTHUS**2 - lower_bend
        height = self.lower + openness * (self.upper - self.lower)
        bend = -lower_bend + openness * (upper_bend + lower_bend)
        return (height, bend), (self.lower, -lower_bend)


@dataclass(frozen=True, slots=True)
class Greys:
    """Brightness of the parts, 0..255, and how strong the iris' pattern is."""

    pupil: float
    iris: float
    contrast: float
    sclera: float
    skin: float


@dataclass(frozen=True, slots=True)
class Lash:
    """One lash: where it is rooted along the lid, where its tip points, its width in pixels, its lid."""

    root: float
    reach: tuple[float, float]
    width: int
    is_upper: bool


@dataclass(frozen=True, eq=False)
class EyeMaster:
    """Everything that stays the same of one eye.

    texture: (DEPTHS, ANGLES) float32. pupil: x, y, radius. glints: x, y, radius each.
    """

    side: EyeSide
    texture: Floats = field(repr=False)
    pupil: tuple[float, float, float]
    lids: Lids
    greys: Greys
    lashes: tuple[Lash, ...] = field(repr=False)
    glints: tuple[tuple[float, float, float], ...]
    skin: Floats = field(repr=False)

    @cached_property
    def eyeball(self) -> Floats:
        """Pupil, iris and sclera as if there were no lids: CANVAS float32, 0..255, read-only."""
        ball = draw_eyeball(self)
        ball.flags.writeable = False
        return ball


def eye_master(rng: np.random.Generator, side: EyeSide) -> EyeMaster:
    """An eye that has never been: anatomy as measured on 2,655 real ones (ratio, nasal shift)."""
    ratio = float(np.clip(rng.normal(0.40, 0.065), 0.27, 0.56))
    nasal = -1 if side is EyeSide.LEFT else 1  # the person's left eye has its nose at the picture's left
    pupil = nasal * float(rng.normal(0.021, 0.02)), float(rng.normal(-0.018, 0.02)), ratio
    lids = Lids(
        float(rng.uniform(-1.0, -0.78)), float(rng.uniform(0.9, 1.08)), float(rng.uniform(-0.08, 0.08))
    )
    greys = Greys(
        pupil=float(rng.uniform(18, 34)),
        iris=float(rng.uniform(92, 118)),
        contrast=float(rng.uniform(6, 12)),
        sclera=float(rng.uniform(165, 200)),
        skin=float(rng.uniform(170, 215)),
    )
    texture = iris_texture(rng)
    return EyeMaster(side, texture, pupil, lids, greys, _lashes(rng), _glints(rng, pupil), _skin(rng))


def _lashes(rng: np.random.Generator) -> tuple[Lash, ...]:
    """Upper lashes fan out and hang over the eye's edge; lower ones are few and fine."""
    upper = [_lash(rng, is_upper=True) for _ in range(int(rng.integers(60, 130)))]
    lower = [_lash(rng, is_upper=False) for _ in range(int(rng.integers(15, 40)))]
    return tuple(upper + lower)


def _lash(rng: np.random.Generator, *, is_upper: bool) -> Lash:
    root = float(rng.uniform(-1.9, 1.9))
    length = float(rng.uniform(0.2, 0.5) if is_upper else rng.uniform(0.12, 0.3))
    lean = 0.5 * root + float(rng.normal(0, 0.3))
    up = -length if is_upper else length
    return Lash(root, (lean * length, up), int(rng.integers(1, 3)) if is_upper else 1, is_upper)


def _glints(
    rng: np.random.Generator, pupil: tuple[float, float, float]
) -> tuple[tuple[float, float, float], ...]:
    """One or two reflections of the lamps, inside the pupil."""
    x, y, radius = pupil
    first = x + float(rng.uniform(-0.3, 0.3)) * radius, y + float(rng.uniform(-0.3, 0.3)) * radius
    glint = (*first, float(rng.uniform(0.03, 0.05)))
    twin = (first[0] + 0.12, first[1], 0.03)
    return (glint, twin) if rng.random() < 0.5 else (glint,)


def _skin(rng: np.random.Generator) -> Floats:
    """Light and shade of the skin around the eye, and its pores: CANVAS float32 around 1."""
    rows, columns = CANVAS
    shade = cv2.resize(
        rng.standard_normal((4, 5), np.float32), (columns, rows), interpolation=cv2.INTER_CUBIC
    )
    pores = cv2.GaussianBlur(rng.standard_normal(CANVAS, np.float32), (0, 0), 2.0)
    return (1 + 0.05 * shade + 0.1 * pores).astype(np.float32)


def grid() -> tuple[Floats, Floats]:
    """x as a row and y as a column, in iris radii, of the canvas' pixels."""
    rows, columns = CANVAS
    x = (np.arange(columns, dtype=np.float32) - np.float32(CENTRE[0])) / np.float32(RADIUS_PX)
    y = (np.arange(rows, dtype=np.float32) - np.float32(CENTRE[1])) / np.float32(RADIUS_PX)
    return x[None, :], y[:, None]


def draw_eyeball(eye: EyeMaster) -> Floats:
    """Pupil, iris and sclera without lids: CANVAS float32, 0..255."""
    x, y = grid()
    out = np.hypot(x, y).astype(np.float32)
    sclera = eye.greys.sclera * (1 - 0.05 * np.clip(out - 1, 0, 3)).astype(np.float32)
    image = _blended(_iris(eye, x, y, out), sclera, _step(out - 1, 0.035))
    core = np.hypot(x - np.float32(eye.pupil[0]), y - np.float32(eye.pupil[1])).astype(np.float32)
    return _blended(np.full_like(image, eye.greys.pupil), image, _step(core - eye.pupil[2], 0.008))


def _iris(eye: EyeMaster, x: Floats, y: Floats, out: Floats) -> Floats:
    """The texture stretched between pupil and limbus (the rubber sheet), darker at both rims."""
    px, py, radius = eye.pupil
    beside_x, beside_y = x - np.float32(px), y - np.float32(py)
    rho = np.hypot(beside_x, beside_y)
    across = np.maximum(rho, 1e-3)
    cosine, sine = beside_x / across, beside_y / across
    along = px * cosine + py * sine
    limbus = -along + np.sqrt(np.maximum(along**2 + 1 - px**2 - py**2, 0))
    depth = np.clip((rho - radius) / (limbus - radius), 0, 1).astype(np.float32)
    turn = (np.arctan2(sine, cosine) % (2 * np.pi) * (ANGLES / (2 * np.pi))).astype(np.float32)
    texture = cv2.remap(eye.texture, turn, depth * (DEPTHS - 1), cv2.INTER_LINEAR, borderMode=cv2.BORDER_WRAP)
    rim = 0.16 * np.exp(-(((out - 0.97) / 0.05) ** 2))
    return ((eye.greys.iris + eye.greys.contrast * texture) * (1 - rim)).astype(np.float32)


def _step(distance: Floats, softness: float) -> Floats:
    """0 inside to 1 outside, over about four times `softness`."""
    return (0.5 + 0.5 * np.tanh(distance / np.float32(softness))).astype(np.float32)


def _blended(inside: Floats, outside: Floats, share: Floats) -> Floats:
    return (inside + (outside - inside) * share).astype(np.float32)
