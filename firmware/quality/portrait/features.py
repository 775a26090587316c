"""Named points and lengths of a face, from its 478 landmarks."""

from dataclasses import dataclass, field

import numpy as np

from firmware.quality.portrait.detector import Floats

# Numbers of landmarks; "right" is the person's own right.
_RIGHT_EYE_CORNERS = [33, 133]
_LEFT_EYE_CORNERS = [362, 263]
_MOUTH_CORNERS = [61, 291]
_CHIN = 152
_UPPER_LIDS = [[160, 159, 158], [385, 386, 387]]
_LOWER_LIDS = [[144, 145, 153], [380, 374, 373]]
_INNER_UPPER_LIP = [81, 13, 311]
_INNER_LOWER_LIP = [178, 14, 402]
_MESH = 468  # the landmarks of the skin; the irises follow


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """Points are (2,) and lengths are pixels of the frame; openings are shares of the face's length.

    eyes, mouth: (2, 2), the right one first: middles of the eyes, corners of the mouth.
    face_length: eyes to chin, "T" of ISO/IEC 29794-5. skin: (468, 2).
    """

    eyes: Floats = field(repr=False)
    mouth: Floats = field(repr=False)
    middle: Floats = field(repr=False)
    skin: Floats = field(repr=False)
    eye_distance: float
    face_length: float
    eye_opening: float
    lips_opening: float


def features_of(landmarks: Floats) -> Features:
    """From (478, 3) landmarks in pixels of the frame; of two eyes the more closed counts."""
    points = landmarks[:, :2]
    eyes = np.stack([points[_RIGHT_EYE_CORNERS].mean(axis=0), points[_LEFT_EYE_CORNERS].mean(axis=0)])
    middle = eyes.mean(axis=0)
    face_length = max(_length(points[_CHIN] - middle), 1.0)
    lids = np.linalg.norm(points[_UPPER_LIDS] - points[_LOWER_LIDS], axis=-1)
    lips = np.linalg.norm(points[_INNER_UPPER_LIP] - points[_INNER_LOWER_LIP], axis=-1)
    return Features(
        eyes=eyes,
        mouth=points[_MOUTH_CORNERS],
        middle=middle,
        skin=points[:_MESH],
        eye_distance=max(_length(eyes[1] - eyes[0]), 1.0),
        face_length=face_length,
        eye_opening=float(lids.max(axis=1).min()) / face_length,
        lips_opening=float(lips.max()) / face_length,
    )


def _length(vector: Floats) -> float:
    return float(np.hypot(vector[0], vector[1]))
