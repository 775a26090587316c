"""How sharp the iris is: the band-pass filter of ISO/IEC 29794-6, freed of exposure and noise."""

import cv2
import numpy as np

from firmware.quality.iris.geometry import Circle, Floats, GreyImage, Mask, directions, unrolled
from firmware.quality.iris.segmentation import Segmentation

_UPPER_HALF = (  # ISO/IEC 29794-6:2015, 6.2.10; mirrored below its fifth row
    (0, 1, 1, 2, 2, 2, 1, 1, 0),
    (1, 2, 4, 5, 5, 5, 4, 2, 1),
    (1, 4, 5, 3, 0, 3, 5, 4, 1),
    (2, 5, 3, -12, -24, -12, 3, 5, 2),
    (2, 5, 0, -24, -40, -24, 0, 5, 2),
)
KERNEL = np.array(_UPPER_HALF + _UPPER_HALF[3::-1], np.float32)
NOISE_GAIN = float(np.square(KERNEL).sum())  # power that white noise of one grey level leaves
REFERENCE_GREY = 100.0  # powers are told as if the iris had this mean
HALF_POWER = (
    437500.0  # half of 100; set so that real eyes read 6 to 70 and blur of 7 px on soft texture 2 or less
)
ISO_HALF_POWER = 180000.0
ISO_STEP = 4  # px from one sample to the next
EDGE = 4  # px that the filter looks around
LEAST_DEPTH = 0.4  # of the cut: above it single lashes pass for texture
EDGE_RAYS = 96
EDGE_SECTORS = 12
LEAST_SECTORS = 5
FREE_FROM = 1.25  # pupil radii
_DIAGONALS = np.array(
    ((1, -2, 1), (-2, 4, -2), (1, -2, 1)), np.float32
)  # Immerkaer 1996; blind to edges and ramps


def noise_level(image: GreyImage, mask: Mask) -> float:
    """Standard deviation of the white noise under `mask`, in grey levels; 0 for an empty mask.

    Fine texture counts as noise a little, so sharp images are told slightly noisier than they are.
    """
    residue = np.abs(cv2.filter2D(image, cv2.CV_16S, _DIAGONALS)[mask])
    return float(np.sqrt(np.pi / 2) / 6 * residue.mean()) if residue.size else 0.0


def sharpness(image: GreyImage, mask: Mask, noise_grey: float) -> float:
    """0 (blurred) to 100: power of the standard's filter under `mask`, less what noise alone would leave.

    image: (rows, columns) uint8. mask: the same shape, True on iris at least 4 px from any edge.
    noise_grey: standard deviation of the image's noise.
    The standard's own figure grows with gain to the fourth and with noise; this one does not.
    """
    if not mask.any():
        return 0.0
    response = _answers(image)[mask]
    gain = REFERENCE_GREY / max(float(image[mask].mean()), 1.0)
    power = max(float(np.square(response).mean()) - noise_grey**2 * NOISE_GAIN, 0.0) * gain**2
    return 100 * power**2 / (power**2 + HALF_POWER**2)


def _answers(image: GreyImage) -> Floats:
    """The standard's filter at each pixel; whole numbers, which float32 holds exactly."""
    # OpenCV 4.14 filters float32 four times as fast as uint8, which it sends through a Fourier transform
    return cv2.filter2D(image.astype(np.float32), cv2.CV_32F, KERNEL).astype(np.float32, copy=False)


def texture(usable: Mask) -> Mask:
    """Usable iris away from every edge, and below where single lashes pass for texture."""
    inner = cv2.erode(usable.astype(np.uint8), np.ones((2 * EDGE + 1, 2 * EDGE + 1), np.uint8)) > 0
    inner[: int(LEAST_DEPTH * inner.shape[0])] = False
    return inner


def iso_sharpness(image: GreyImage) -> float:
    """6.2.10 to the letter: 0 to 100, of the whole picture; grows with gain to the fourth, and with noise.

    For the record alone. image: (rows, columns) uint8.
    """
    if min(image.shape) <= 2 * EDGE:
        return 0.0
    response = _answers(image)[EDGE:-EDGE:ISO_STEP, EDGE:-EDGE:ISO_STEP]
    power = float(np.square(response).sum(dtype=np.float64)) / image.size
    return 100 * power**2 / (power**2 + ISO_HALF_POWER**2)


def pupil_edge_px(image: GreyImage, eye: Segmentation) -> float:
    """How many pixels the rise from pupil to iris takes, in the widest directions but the two widest sectors.

    Unlike texture, this edge is equally sharp in everyone: 4 to 6 px in focus at 18 px/mm, whatever the eye.
    Sectors that a lid covers do not count, unless hardly another is left.
    """
    pupil = eye.pupil.circle
    polar = unrolled(image, Circle(pupil.x, pupil.y, 1.5 * pupil.r), EDGE_RAYS, 0.5)
    polar = cv2.GaussianBlur(polar, (5, 5), 0)
    out = np.linspace(0, 1.5, polar.shape[1])
    if polar.shape[1] < 12:
        return float(polar.shape[1])
    inside = np.median(polar[:, (out > 0.5) & (out < 0.8)], axis=1)
    outside = np.median(polar[:, out > 1.2], axis=1)
    slope = 2 * np.diff(polar[:, (out > 0.75) & (out < 1.3)], axis=1).max(axis=1)
    widths = np.maximum(outside - inside, 0) / np.maximum(slope, 1e-3)
    sectors = np.median(widths.reshape(EDGE_SECTORS, -1), axis=1)
    free = _free_sectors(eye)
    return float(np.sort(sectors[free] if np.count_nonzero(free) >= LEAST_SECTORS else sectors)[-3])


def _free_sectors(eye: Segmentation) -> Mask:
    """In which sectors iris beside the pupil is to be seen."""
    cosine, sine = directions(EDGE_RAYS)
    reach = np.float32(FREE_FROM * eye.pupil.r)
    x, y = np.float32(eye.pupil.x) + reach * cosine, np.float32(eye.pupil.y) + reach * sine
    covered = ~eye.between_lids(x, y).reshape(EDGE_SECTORS, -1)
    return np.count_nonzero(covered, axis=1) == 0
