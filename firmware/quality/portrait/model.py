"""The face model: from a frame to landmarks, expression, pose and distance.

Runs the three networks of the model file with OpenCV. A network of OpenCV must not run in two threads at
once, so every thread gets networks of its own: a model may be shared by all workers without a lock.
"""

import io
import threading
import zipfile
from dataclasses import dataclass, field
from typing import cast

import cv2
import numpy as np

from firmware.quality.portrait.canonical import CanonicalFace, ModelInvalid, parse_canonical_face
from firmware.quality.portrait.detector import Detection, Floats, Pixels, decoded, letterboxed
from firmware.quality.portrait.expression import BLENDSHAPE_LANDMARKS, Expression
from firmware.quality.portrait.pose import Pose, head_pose
from firmware.quality.portrait.region import region_of

_FOCAL_OF_SIDE = 1.2  # of the longer side: a lens of 45 degrees, until the camera is calibrated
_PRESENCE_FLOOR = 0.5
_DETECTOR = "face_detector.tflite"
_LANDMARKS = "face_landmarks_detector.tflite"
_BLENDSHAPES = "face_blendshapes.tflite"
_GEOMETRY = "geometry_pipeline_metadata_landmarks.binarypb"


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """The largest face of a frame.

    landmarks: (478, 3) float32, x and y in pixels of the frame, z alike with the nose nearest.
    faces: how many were found. rival: area of the second largest as a share of this one's.
    """

    landmarks: Floats = field(repr=False)
    expression: Expression
    pose: Pose
    faces: int
    rival: float


class FaceModel:
    """Reads faces; made from the bytes of `face_landmarker.task`."""

    def __init__(self, task: bytes) -> None:
        self._files = _unpacked(task)
        self._canonical: CanonicalFace = parse_canonical_face(self._files[_GEOMETRY])
        self._of_thread = threading.local()
        self._networks()

    def read(self, pixels: Pixels, focal_px: float | None = None) -> Face | None:
        """The largest face in (rows, columns, 3) uint8 RGB, or None; focal_px makes the distance true."""
        networks = self._networks()
        found = networks.detect(pixels)
        landmarks = networks.landmarks(pixels, found[0]) if found else None
        if landmarks is None:
            return None
        focal = focal_px or _FOCAL_OF_SIDE * max(pixels.shape[:2])
        pose = head_pose(landmarks, self._canonical, pixels.shape, focal)
        rival = found[1].area / found[0].area if len(found) > 1 else 0.0
        return Face(landmarks, networks.expression(landmarks), pose, len(found), rival)

    def _networks(self) -> "_Networks":
        networks = cast("_Networks | None", getattr(self._of_thread, "networks", None))
        if networks is None:
            networks = self._of_thread.networks = _Networks(self._files)
        return networks


class _Networks:
    """The three networks of one thread."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._detector, self._landmarks, self._blendshapes = (
            cv2.dnn.readNetFromTFLite(np.frombuffer(files[name], np.uint8))
            for name in (_DETECTOR, _LANDMARKS, _BLENDSHAPES)
        )

    def detect(self, pixels: Pixels) -> list[Detection]:
        """Faces, largest first."""
        blob = cv2.dnn.blobFromImage(letterboxed(pixels), 1 / 127.5, mean=(127.5, 127.5, 127.5))
        self._detector.setInput(blob)
        logits, offsets = self._detector.forward(["classificators", "regressors"])
        return decoded(_flat(logits), _flat(offsets).reshape(-1, 16), pixels.shape)

    def landmarks(self, pixels: Pixels, face: Detection) -> Floats | None:
        """(478, 3) in pixels of the frame; None when the network denies that this is a face."""
        region = region_of(face)
        self._landmarks.setInput(cv2.dnn.blobFromImage(region.cut(pixels), 1 / 255.0))
        points, presence = self._landmarks.forward(["Identity", "Identity_1"])
        if _flat(presence)[0] < np.log(_PRESENCE_FLOOR / (1 - _PRESENCE_FLOOR)):
            return None
        return region.points_in_frame(_flat(points).reshape(-1, 3))

    def expression(self, landmarks: Floats) -> Expression:
        """The blendshapes that matter to a portrait."""
        self._blendshapes.setInput(landmarks[None, BLENDSHAPE_LANDMARKS, :2])
        return Expression.of_blendshapes(_flat(self._blendshapes.forward()))


def _flat(output: object) -> Floats:
    return np.asarray(output, np.float32).ravel()


def _unpacked(task: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(task)) as archive:
            return {name: archive.read(name) for name in (_DETECTOR, _LANDMARKS, _BLENDSHAPES, _GEOMETRY)}
    except (zipfile.BadZipFile, KeyError) as error:
        raise ModelInvalid("the face model file is not the one expected") from error
