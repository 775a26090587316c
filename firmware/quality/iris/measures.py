"""What is measured on a segmented eye: the quantities of ISO/IEC 29794-6:2015, each by itself."""

from dataclasses import dataclass

import numpy as np

from firmware.quality.iris.circularity import circularity_percent
from firmware.quality.iris.ellipses import bend_of
from firmware.quality.iris.geometry import Circle, GreyImage, Mask
from firmware.quality.iris.ranks import median_grey
from firmware.quality.iris.segmentation import Segmentation
from firmware.quality.iris.sharpness import iso_sharpness, noise_level, pupil_edge_px, sharpness, texture
from firmware.quality.iris.zones import SATURATED, Zones, zones


@dataclass(frozen=True, slots=True)
class Measures:
    """All that is measured on one eye; shares in percent, lengths in pixels, greys 0..255.

    is_sideways: narrower than high, as of who looks aside; half of a pupil under a lid is wider.
    """

    confidence: float
    iris_diameter_px: float
    margin_percent: float
    saturated_percent: float
    usable_percent: float
    concentricity_percent: float
    gaze_deg: float
    is_sideways: bool
    pupil_percent: float
    mean_grey: float
    iris_sclera_percent: float
    iris_pupil_percent: float
    circularity_percent: float
    sharpness: float
    iso_sharpness: float
    pupil_edge_px: float
    grey_entropy_bits: float
    noise_grey: float


def measure(image: GreyImage, eye: Segmentation) -> Measures:
    """Measure a segmented eye. image: (rows, columns) uint8."""
    zone = zones(image, eye)
    fine = texture(zone.usable)
    noise_grey = noise_level(zone.grey, fine)
    apart = float(np.hypot(eye.pupil.x - eye.iris.x, eye.pupil.y - eye.iris.y))
    return Measures(
        confidence=eye.confidence,
        iris_diameter_px=2 * eye.iris.along,
        margin_percent=margin_percent(eye.iris.circle, image.shape),
        saturated_percent=_percent(zone.bare & (zone.grey >= SATURATED), zone.iris),
        usable_percent=_percent(zone.usable, zone.iris),
        concentricity_percent=100 * max(0.0, 1 - apart / eye.iris.r),
        gaze_deg=gaze_deg(eye),
        is_sideways=_bend(eye)[0] < 0,
        pupil_percent=100 * eye.pupil.r / eye.iris.r,
        mean_grey=_mean(zone.grey[zone.usable]),
        iris_sclera_percent=_iris_sclera_percent(zone),
        iris_pupil_percent=_iris_pupil_percent(zone),
        circularity_percent=circularity_percent(image, eye.pupil),
        sharpness=sharpness(zone.grey, fine, noise_grey),
        iso_sharpness=iso_sharpness(image),
        pupil_edge_px=pupil_edge_px(image, eye),
        grey_entropy_bits=_entropy_bits(zone.grey[zone.usable]),
        noise_grey=noise_grey,
    )


def gaze_deg(eye: Segmentation) -> float:
    """How far the eye looks aside, from how narrow pupil and iris appear together.

    Limits: irises and pupils are not quite round, so anything up to 15 degrees reads 3 to 16; 25 degrees
    read 15 to 21 and 30 read 20 to 25, through the cornea.
    """
    bend = float(np.hypot(*_bend(eye)))
    return float(np.degrees(np.arccos((1 - bend) / (1 + bend))))


def _bend(eye: Segmentation) -> tuple[float, float]:
    """What bends a circle into the mean of pupil and iris; the first below 0: it is higher than wide."""
    (x, y), (other_x, other_y) = bend_of(eye.pupil), bend_of(eye.iris)
    return (x + other_x) / 2, (y + other_y) / 2


def margin_percent(iris: Circle, shape: tuple[int, ...]) -> float:
    """Room around the iris: 100 from 0.6 radii on at the sides and 0.2 above and below (6.2.9)."""
    rows, columns = shape[:2]
    beside = min(iris.x - iris.r, columns - iris.x - iris.r) / (0.6 * iris.r)
    above = min(iris.y - iris.r, rows - iris.y - iris.r) / (0.2 * iris.r)
    return float(100 * np.clip(min(beside, above), 0, 1))


def _iris_sclera_percent(zone: Zones) -> float:
    """6.2.2: of the way from pupil to sclera, how far the sclera is from the iris' outer half."""
    iris, sclera, pupil = (median_grey(zone.grey[mask]) for mask in (zone.outer, zone.sclera, zone.pupil))
    span = sclera + iris - 2 * pupil
    return max(0.0, 100 * (sclera - iris) / span) if span > 0 else 0.0


def _iris_pupil_percent(zone: Zones) -> float:
    """6.2.3: Weber contrast of the iris' inner half and the pupil, saturating."""
    iris, pupil = median_grey(zone.grey[zone.inner]), median_grey(zone.grey[zone.pupil])
    weber = abs(iris - pupil) / (20 + pupil)
    return 100 * weber / (0.75 + weber)


def _entropy_bits(greys: GreyImage) -> float:
    counts = np.bincount(greys, minlength=256)
    shares = counts[counts > 0] / max(greys.size, 1)
    return float(-(shares * np.log2(shares)).sum())


def _percent(part: Mask, whole: Mask) -> float:
    return 100.0 * int(np.count_nonzero(part)) / max(int(np.count_nonzero(whole)), 1)


def _mean(greys: GreyImage) -> float:
    return float(greys.mean()) if greys.size else 0.0
