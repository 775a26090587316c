"""What is measured on a segmented eye: the quantities of ISO/IEC 29794-6:2015, each by itself."""

from dataclasses import dataclass

import cv2
import numpy as np

from firmware.quality.iris.geometry import Circle, Floats, GreyImage, Mask
from firmware.quality.iris.segmentation import Segmentation
from firmware.quality.iris.sharpness import noise_level, pupil_edge_px, sharpness

SATURATED = 250  # grey; what JPEG leaves of 255
EDGE = 4  # px kept away from edges by the 9 x 9 filter
FOREIGN = 4.0  # spreads from the iris' median grey: lash, glint, skin
LEAST_FOREIGN = 35.0  # grey levels


@dataclass(frozen=True, slots=True, eq=False)
class Zones:
    """The eye cut out of its image, and which pixel belongs to what.

    grey: (rows, columns) uint8. The masks have its shape. iris: the whole ring, seen or not;
    usable: the part of the ring that shows iris; sclera: beside the limbus, between the lids.
    """

    grey: GreyImage
    pupil: Mask
    iris: Mask
    usable: Mask
    sclera: Mask


def zones(image: GreyImage, eye: Segmentation) -> Zones:
    """Cut the eye with 1.25 iris radii around its centre out of the image."""
    grey, left, top = _cut(image, eye.iris)
    x = np.arange(left, left + grey.shape[1], dtype=np.float32)[None, :]
    y = np.arange(top, top + grey.shape[0], dtype=np.float32)[:, None]
    out = np.hypot(x - np.float32(eye.iris.x), y - np.float32(eye.iris.y)) / np.float32(eye.iris.r)
    core = np.hypot(x - np.float32(eye.pupil.x), y - np.float32(eye.pupil.y)) / np.float32(eye.pupil.r)
    iris = (out <= 1) & (core > 1)
    between = _between_lids(eye, x, y) & np.ones_like(iris)
    lateral = np.abs(y - eye.iris.y) < 0.5 * np.abs(x - eye.iris.x)
    sclera = (out > 1.1) & (out < 1.2) & lateral & between
    return Zones(grey, core < 0.8, iris, iris & between & ~_foreign(grey, iris & between & lateral), sclera)


def _cut(image: GreyImage, iris: Circle) -> tuple[GreyImage, int, int]:
    rows, columns = image.shape
    left, right = (int(np.clip(iris.x + side * 1.25 * iris.r, 0, columns)) for side in (-1, 1))
    top, bottom = (int(np.clip(iris.y + side * 1.25 * iris.r, 0, rows)) for side in (-1, 1))
    return image[top:bottom, left:right], left, top


def _between_lids(eye: Segmentation, x: Floats, y: Floats) -> Mask:
    inside = np.ones((y.size, x.size), np.bool_)
    if eye.upper_lid is not None:
        inside &= y > eye.upper_lid.y(x)
    if eye.lower_lid is not None:
        inside &= y < eye.lower_lid.y(x)
    return inside


def _foreign(grey: GreyImage, sample: Mask) -> Mask:
    """Pixels far from the grey of the iris' sides: lashes, glints, glare."""
    if not sample.any():
        return np.ones_like(sample)
    middle = float(np.median(grey[sample]))
    spread = 1.48 * float(np.median(np.abs(grey[sample] - middle)))
    return np.abs(grey - np.float32(middle)) > max(FOREIGN * spread, LEAST_FOREIGN)


@dataclass(frozen=True, slots=True)
class Measures:
    """All that is measured on one eye; shares in percent, lengths in pixels, greys 0..255."""

    confidence: float
    iris_diameter_px: float
    margin_percent: float
    saturated_percent: float
    usable_percent: float
    concentricity_percent: float
    gaze_deg: float
    pupil_percent: float
    mean_grey: float
    iris_sclera_percent: float
    iris_pupil_percent: float
    sharpness: float
    pupil_edge_px: float
    grey_entropy_bits: float
    noise_grey: float


def measure(image: GreyImage, eye: Segmentation) -> Measures:
    """Measure a segmented eye. image: (rows, columns) uint8."""
    zone = zones(image, eye)
    fine = _texture(zone)
    noise_grey = noise_level(zone.grey, fine)
    apart = float(np.hypot(eye.pupil.x - eye.iris.x, eye.pupil.y - eye.iris.y))
    return Measures(
        confidence=eye.confidence,
        iris_diameter_px=2 * eye.iris.r,
        margin_percent=margin_percent(eye.iris, image.shape),
        saturated_percent=_percent(zone.iris & (zone.grey >= SATURATED), zone.iris),
        usable_percent=_percent(zone.usable, zone.iris),
        concentricity_percent=100 * max(0.0, 1 - apart / eye.iris.r),
        gaze_deg=float(np.degrees(np.arccos(np.clip(eye.pupil_roundness, 0, 1)))),
        pupil_percent=100 * eye.pupil.r / eye.iris.r,
        mean_grey=_mean(zone.grey[zone.usable]),
        iris_sclera_percent=_iris_sclera_percent(zone),
        iris_pupil_percent=_iris_pupil_percent(zone),
        sharpness=sharpness(zone.grey, fine, noise_grey),
        pupil_edge_px=pupil_edge_px(image, eye.pupil),
        grey_entropy_bits=_entropy_bits(zone.grey[zone.usable]),
        noise_grey=noise_grey,
    )


def _texture(zone: Zones) -> Mask:
    """Usable iris away from every edge, without its upper quarter, where single lashes pass for texture."""
    inner = cv2.erode(zone.usable.astype(np.uint8), np.ones((2 * EDGE + 1, 2 * EDGE + 1), np.uint8)) > 0
    inner[: int(0.4 * inner.shape[0])] = False
    return inner


def margin_percent(iris: Circle, shape: tuple[int, ...]) -> float:
    """Room around the iris: 100 from 0.6 radii on at the sides and 0.2 above and below (6.2.9)."""
    rows, columns = shape[:2]
    beside = min(iris.x - iris.r, columns - iris.x - iris.r) / (0.6 * iris.r)
    above = min(iris.y - iris.r, rows - iris.y - iris.r) / (0.2 * iris.r)
    return float(100 * np.clip(min(beside, above), 0, 1))


def _iris_sclera_percent(zone: Zones) -> float:
    """6.2.2: of the way from pupil to sclera, how far the sclera is from the iris."""
    iris, sclera, pupil = (_median(zone.grey[mask]) for mask in (zone.usable, zone.sclera, zone.pupil))
    span = sclera + iris - 2 * pupil
    return max(0.0, 100 * (sclera - iris) / span) if span > 0 else 0.0


def _iris_pupil_percent(zone: Zones) -> float:
    """6.2.3: Weber contrast of iris and pupil, saturating."""
    iris, pupil = _median(zone.grey[zone.usable]), _median(zone.grey[zone.pupil])
    weber = abs(iris - pupil) / (20 + pupil)
    return 100 * weber / (0.75 + weber)


def _entropy_bits(greys: GreyImage) -> float:
    counts = np.bincount(greys, minlength=256)
    shares = counts[counts > 0] / max(greys.size, 1)
    return float(-(shares * np.log2(shares)).sum())


def _percent(part: Mask, whole: Mask) -> float:
    return 100.0 * int(np.count_nonzero(part)) / max(int(np.count_nonzero(whole)), 1)


def _median(greys: GreyImage) -> float:
    return float(np.median(greys)) if greys.size else 0.0


def _mean(greys: GreyImage) -> float:
    return float(greys.mean()) if greys.size else 0.0
