"""Where hair, brows and cloth lie, as functions of the place on the resting base mesh.

Places are (n, 3) metres from between the eyes: to the picture's right, up, to the camera. So brows and
hair stay on the face whatever its shape and pose. Covers run from 0 to 1.
"""

import numpy as np

from simulator.people.heads.mesh import Floats
from simulator.people.heads.styles import CUTS, HairStyle
from simulator.people.pose import Scarf

HEAD_AXIS_Z = -0.075  # the hairline is drawn around this upright axis
HAIRLINE_DEGREES = (0.0, 25.0, 48.0, 62.0, 74.0, 86.0, 100.0, 118.0, 140.0, 180.0)
HAIRLINE_M = (-0.005, 0.020, 0.018, -0.035, -0.080, -0.090)  # behind the first four degrees
BALD_ABOVE_M = 0.062
OVER_EARS_M = (0.060, -0.125, -0.012)  # hair over the ears: least width, lowest, foremost
BROW_X_M = (0.010, 0.016, 0.026, 0.036, 0.046, 0.054)
BROW_Y_M = (0.0205, 0.0215, 0.0225, 0.0228, 0.0208, 0.0170)
BROW_HALF_HEIGHT_M = (0.0026, 0.0034, 0.0032, 0.0027, 0.0019, 0.0008)
NECK_Z = -0.105
NECKLINE_RADIUS_M = 0.078  # around the neck, seen from above
NECKLINE_Y, NECKLINE_SLOPE = -0.150, 0.42  # lower in front
EYE_CORNER_X = 0.044
FACE_OVAL_M, FACE_OVAL_Y, SIDE_Z = (0.066, 0.094), -0.034, -0.020  # what a scarf leaves free
LOWEST_CAP_M = -0.035
CHIN_Y, CHIN_Z, CHEST_Y = -0.11, -0.04, -0.15


def soft_step(value: Floats, width: float) -> Floats:
    """0 well below zero, 1 well above, straight over `width` on both sides."""
    return np.clip(value * np.float32(0.5 / width) + np.float32(0.5), 0.0, 1.0)


def hair_cover(places: Floats, roughness: Floats | float = 0.0, style: HairStyle = HairStyle.SHORT) -> Floats:
    """Hair of the head, with a soft line."""
    cut = CUTS[style]
    degrees = np.degrees(np.arctan2(np.abs(places[:, 0]), places[:, 2] - np.float32(HEAD_AXIS_Z)))
    line = np.interp(degrees, HAIRLINE_DEGREES, (*cut.front, *HAIRLINE_M)).astype(np.float32)
    cover = soft_step(places[:, 1] - line + roughness, 0.004)
    if not cut.crown:
        cover *= soft_step(np.float32(BALD_ABOVE_M) - places[:, 1] + roughness, 0.006)
    if style is HairStyle.OVER_EARS:
        cover = np.maximum(cover, _curtain(places, roughness))
    return cover


def _curtain(places: Floats, roughness: Floats | float) -> Floats:
    """Hair that falls over both sides of the head."""
    width, lowest, foremost = (np.float32(limit) for limit in OVER_EARS_M)
    aside = soft_step(np.abs(places[:, 0]) - width + roughness, 0.003)
    behind = soft_step(foremost - places[:, 2] + roughness, 0.004)
    return aside * behind * soft_step(places[:, 1] - lowest, 0.01)


def scarf_cover(places: Floats, scarf: Scarf) -> Floats:
    """The cloth of a head scarf: around the whole face, or over the hair alone."""
    if scarf is Scarf.EARS_FREE:
        return hair_cover(places, 0.004, HairStyle.TIED) * (places[:, 1] > np.float32(LOWEST_CAP_M))
    across, down = FACE_OVAL_M
    outside = np.hypot(places[:, 0] / across, (places[:, 1] - np.float32(FACE_OVAL_Y)) / down) - 1.0
    is_cloth = np.maximum(outside.astype(np.float32) * down, np.float32(SIDE_Z) - places[:, 2])
    return soft_step(is_cloth, 0.0015)


def brow_cover(places: Floats, roughness: Floats | float = 0.0) -> Floats:
    """The brows, thickest in their middle."""
    aside = np.abs(places[:, 0])
    half = np.interp(aside, BROW_X_M, BROW_HALF_HEIGHT_M, 0.0, 0.0).astype(np.float32)
    away = np.abs(places[:, 1] - np.interp(aside, BROW_X_M, BROW_Y_M).astype(np.float32))
    cover = np.clip(1.35 - away / np.maximum(half, np.float32(1e-4)) + roughness, 0.0, 1.0)
    return np.where((half > 0.0) & (places[:, 2] > 0.0), cover, np.float32(0.0))


def below_neckline(places: Floats) -> Floats:
    """Metres below the seam of the shirt; negative on the neck."""
    slope = np.float32(NECKLINE_Y) - np.float32(NECKLINE_SLOPE) * (places[:, 2] - np.float32(NECK_Z))
    below = slope - places[:, 1]
    around = np.hypot(places[:, 0], places[:, 2] - np.float32(NECK_Z)) - np.float32(NECKLINE_RADIUS_M)
    is_chin = (places[:, 1] > CHIN_Y) | ((places[:, 2] > CHIN_Z) & (places[:, 1] > CHEST_Y))
    return np.where(is_chin, np.float32(-1.0), np.maximum(below, around))


def cloth_cover(places: Floats, softness_m: float) -> Floats:
    """The shirt."""
    return soft_step(below_neckline(places), softness_m)


def hair_lift(places: Floats, style: HairStyle = HairStyle.SHORT) -> Floats:
    """How far hair stands off, 1 on top of the head and nothing at its line."""
    on_top = hair_cover(places, -0.004, style) * soft_step(places[:, 1] - np.float32(0.025), 0.03)
    return on_top if style is not HairStyle.OVER_EARS else np.maximum(on_top, 0.6 * _curtain(places, 0.0))


def spot(places: Floats, x: float, y: float, size: float) -> Floats:
    """A soft spot on both sides of the face, 1 in its middle."""
    away = (np.abs(places[:, 0]) - np.float32(x)) ** 2 + (places[:, 1] - np.float32(y)) ** 2
    return np.exp(away * np.float32(-0.5 / size**2)) * (places[:, 2] > -0.03)


def wrinkles(places: Floats, roughness: Floats) -> Floats:
    """Lines of an old face: across the forehead, around the outer corners of the eyes, beside the nose."""
    x, y = np.abs(places[:, 0]), places[:, 1]
    forehead = _line(y * np.float32(1 / 0.0085) + 0.3 * np.cos(x * np.float32(60.0)) + 0.2 * roughness)
    forehead *= spot(places, 0.0, 0.043, 0.013) * (x < 0.035)
    angle = np.arctan2(y, x - np.float32(EYE_CORNER_X))
    crow = _line(angle * np.float32(4.5 / np.pi) + 0.15 * roughness) * spot(places, 0.055, -0.002, 0.0055)
    below_eye = _line(
        (y + 0.3 * (x - np.float32(0.031)) ** 2 / 0.03) * np.float32(1 / 0.0045) + 0.1 * roughness
    )
    below_eye *= spot(places, 0.031, -0.0145, 0.0055)
    fold = np.exp(-(((x - np.float32(0.021) + 0.62 * (y + np.float32(0.04))) / np.float32(0.0013)) ** 2))
    fold *= spot(places, 0.028, -0.050, 0.011)
    return np.clip(forehead + crow + below_eye + fold, 0.0, 1.0)


def _line(phase: Floats) -> Floats:
    """A thin dark line wherever the phase is a whole number."""
    away = np.abs(phase - np.round(phase))
    return np.exp(-((away / np.float32(0.13)) ** 2))
