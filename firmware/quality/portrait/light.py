"""How evenly a face is lit, and whether the camera could still tell its shades apart."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.portrait.colour import brightest_colour, luminance_of
from firmware.quality.portrait.detector import Floats, Pixels
from firmware.quality.portrait.features import Features
from firmware.quality.portrait.patch import Patch, cut_patch

_EYE_DISTANCE_PX = 40.0
_PATCH_OF_EYE_DISTANCE = 3.2, 4.2
_CHEEK_OF_EYE_DISTANCE = 0.3  # side of the square, ISO/IEC 29794-5 7.3.3
_CLIPPED_FROM = 250
_WHITE_PERCENTILE = 98.0
_SCENE_STEP = 8  # every eighth pixel of a frame is enough for its brightest parts


@dataclass(frozen=True, slots=True)
class Light:
    """Light on a face.

    cheek_difference: of the mean linear luminance of both cheeks, as a share of the brighter one's.
    clipped: share of the face where a colour is at the camera's end of scale.
    luminance: linear, 0..1, mean of the face. It follows the colour of the skin: recorded, never judged.
    """

    cheek_difference: float
    clipped: float
    luminance: float


def light_on(pixels: Pixels, features: Features) -> Light | None:
    """Light on the face, or None when it lies outside the frame."""
    scale = _EYE_DISTANCE_PX / features.eye_distance
    width, height = (share * features.eye_distance for share in _PATCH_OF_EYE_DISTANCE)
    centre = features.skin.mean(axis=0)
    patch = cut_patch(pixels, centre, (width, height), scale, cv2.INTER_LINEAR)
    if patch is None:
        return None
    face = _face_mask(patch, features)
    luminance = luminance_of(patch.pixels)
    right, left = (_cheek(luminance, patch, features, side) for side in (0, 1))
    return Light(
        cheek_difference=abs(right - left) / max(right, left, 1e-6),
        clipped=_mean(brightest_colour(patch.pixels)[face] >= _CLIPPED_FROM),
        luminance=_mean(luminance[face]),
    )


def white_of_scene(pixels: Pixels) -> float:
    """Linear luminance 0..1 of the brightest parts of a frame: tells a dark lamp from a dark skin."""
    sampled = pixels[::_SCENE_STEP, ::_SCENE_STEP]
    return float(np.percentile(luminance_of(sampled), _WHITE_PERCENTILE))


def _mean(values: NDArray[np.float32] | NDArray[np.bool_]) -> float:
    return float(values.mean()) if values.size else 0.0


def _face_mask(patch: Patch, features: Features) -> NDArray[np.bool_]:
    mask = np.zeros(patch.pixels.shape[:2], np.uint8)
    outline = cv2.convexHull(np.rint(patch.place(features.skin)).astype(np.int32))
    return cv2.fillConvexPoly(mask, outline, (1,)).astype(bool)


def _cheek(luminance: Floats, patch: Patch, features: Features, side: int) -> float:
    """Mean of the square half way between an eye and the same corner of the mouth."""
    centre = patch.place((features.eyes[side] + features.mouth[side]) / 2)
    half = _CHEEK_OF_EYE_DISTANCE * _EYE_DISTANCE_PX / 2
    left, top = np.maximum(np.rint(centre - half), 0).astype(int)
    right, bottom = np.maximum(np.rint(centre + half), 0).astype(int)
    return _mean(luminance[top:bottom, left:right])
