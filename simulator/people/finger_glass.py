"""What water, dryness, pressure and haste do to the print on the glass."""

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.finger_placing import INK_BELOW, centre_of
from simulator.people.smooth_noise import smooth_noise

GreyImage = NDArray[np.uint8]

_THREE = np.ones((3, 3), np.uint8)


def wetted(seen: GreyImage, wetness: float, rng: np.random.Generator) -> GreyImage:
    """Water fills the valleys in patches: first here and there, at last everywhere."""
    ridges_px = 1 + 2 * round(1.0 + 2.0 * wetness)
    flooded = cv2.GaussianBlur(cv2.erode(seen, np.ones((ridges_px, ridges_px))), (0, 0), 1.2)
    share = np.clip(2.0 * wetness - 0.4 + 0.35 * smooth_noise(seen.shape, 50.0, rng), 0.0, 1.0)
    return (seen + share * (flooded.astype(np.float32) - seen)).astype(np.uint8)


def dried(seen: GreyImage, dryness: float, rng: np.random.Generator) -> GreyImage:
    """Ridges thin out, and break where dry skin does not reach the glass."""
    thin = cv2.dilate(seen, _THREE).astype(np.float32)
    thinner = seen + dryness * (thin - seen)
    skin = smooth_noise(seen.shape, 3.0, rng) + 0.4 * smooth_noise(seen.shape, 40.0, rng)
    missing = np.clip((skin - 2.0 + 2.2 * dryness) * 3.0, 0.0, 1.0)
    return (thinner + missing * (255.0 - thinner)).astype(np.uint8)


def lightened(seen: GreyImage, lightness: float, rng: np.random.Generator) -> GreyImage:
    """Only the middle of the pad touches."""
    across, down = centre_of(seen)
    half_width, half_height = _halves(seen)
    y, x = np.mgrid[: seen.shape[0], : seen.shape[1]].astype(np.float32)
    reach = 1.3 - lightness
    distance = np.hypot((x - across) / half_width, (y - down) / half_height)
    lost = np.clip((distance + 0.05 * smooth_noise(seen.shape, 8.0, rng) - reach) * 12.0, 0.0, 1.0)
    return (seen + lost * (255.0 - seen)).astype(np.uint8)


def _halves(seen: GreyImage) -> tuple[float, float]:
    """Half of the print's width and height: what an evenly inked rectangle of the same spread has."""
    ink = cv2.moments((seen < INK_BELOW).astype(np.uint8), binaryImage=True)
    area = max(ink["m00"], 1.0)
    return max(1.0, (3.0 * ink["mu20"] / area) ** 0.5), max(1.0, (3.0 * ink["mu02"] / area) ** 0.5)


def uneven(seen: GreyImage, amount: float, rng: np.random.Generator) -> GreyImage:
    """Ridges are wider where the skin is pressed or moist, and thinner and grainier elsewhere."""
    patches = amount * smooth_noise(seen.shape, 60.0, rng)
    wider, thinner = cv2.erode(seen, _THREE).astype(np.float32), cv2.dilate(seen, _THREE).astype(np.float32)
    mixed = (
        seen + np.clip(patches, 0.0, 1.0) * (wider - seen) + np.clip(-patches, 0.0, 1.0) * (thinner - seen)
    )
    grain = np.clip(amount * (smooth_noise(seen.shape, 3.0, rng) - 0.8), 0.0, 1.0)
    return (mixed + grain * (255.0 - mixed)).astype(np.uint8)


def lifted(seen: GreyImage, share: float, rng: np.random.Generator) -> GreyImage:
    """The finger rolls off over one side, drawn at random; that share of the print's length is gone."""
    angle = float(rng.uniform(0.0, 2.0 * np.pi))
    y, x = np.mgrid[: seen.shape[0], : seen.shape[1]].astype(np.float32)
    along = x * np.cos(angle) + y * np.sin(angle) + 4.0 * smooth_noise(seen.shape, 12.0, rng)
    touched = along[cv2.erode(seen, _THREE) < 128]
    if not touched.size:
        return seen
    begin, end = np.percentile(touched, (1.0, 99.0))
    gone = np.clip((along - (end - share * (end - begin))) / 12.0 + 0.5, 0.0, 1.0)
    return (seen + gone * (255.0 - seen)).astype(np.uint8)
