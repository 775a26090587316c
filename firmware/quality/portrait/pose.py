"""Where a head is and where it looks."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.portrait.canonical import CanonicalFace

# The landmarks follow a nod less than it goes: 0.70 of the angle over six rendered heads at -15, -8, 8 and 15
# degrees (0.56-0.90); a turn is read as it is (0.87-1.17).
_PITCH_READ = 0.70


@dataclass(frozen=True, slots=True)
class Pose:
    """A head as the camera sees it; 0, 0, 0 looks into the lens from wherever the head is.

    yaw_deg: positive when the person looks to the own left (the picture's right).
    pitch_deg: positive when the person looks down.
    roll_deg: positive when the head tilts clockwise in the picture.
    distance_cm: from lens to face; as good as the focal length that was given.
    """

    yaw_deg: float
    pitch_deg: float
    roll_deg: float
    distance_cm: float


def head_pose(
    landmarks: NDArray[np.float32], canonical: CanonicalFace, shape: tuple[int, ...], focal_px: float
) -> Pose:
    """Pose of a face from its landmarks, (478, 3) in pixels of a frame of `shape`."""
    rows, columns = shape[:2]
    camera = np.array([[focal_px, 0, columns / 2], [0, focal_px, rows / 2], [0, 0, 1]], np.float64)
    seen = landmarks[canonical.indices, :2].astype(np.float64)
    _, turn, place = cv2.solvePnP(canonical.points, seen, camera, None, flags=cv2.SOLVEPNP_SQPNP)
    return _pose(np.asarray(cv2.Rodrigues(turn)[0], np.float64), np.asarray(place, np.float64).ravel())


def _pose(rotation: NDArray[np.float64], place: NDArray[np.float64]) -> Pose:
    sideways, look = rotation[:, 0], -rotation[:, 2]
    yaw = np.arctan2(look[0], -look[2]) + np.arctan2(place[0], place[2])
    pitch = (_elevation(look) + _elevation(place)) / _PITCH_READ
    roll = np.arctan2(sideways[1], sideways[0])
    yaw_deg, pitch_deg, roll_deg = np.degrees([yaw, pitch, roll])
    return Pose(float(yaw_deg), float(pitch_deg), float(roll_deg), float(np.linalg.norm(place)))


def _elevation(direction: NDArray[np.float64]) -> np.float64:
    return np.arctan2(direction[1], np.hypot(direction[0], direction[2]))
