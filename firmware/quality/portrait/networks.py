"""The networks of the model files on OpenCV, one set for each thread.

A network of OpenCV must not run in two threads at once.
"""

import io
import zipfile
from dataclasses import dataclass, field

import cv2
import numpy as np

from firmware.quality.portrait.canonical import ModelInvalid
from firmware.quality.portrait.detector import Detection, Floats, Pixels, decoded, letterboxed
from firmware.quality.portrait.expression import BLENDSHAPE_LANDMARKS, Expression
from firmware.quality.portrait.region import Region

GEOMETRY = "geometry_pipeline_metadata_landmarks.binarypb"
_DETECTOR = "face_detector.tflite"
_LANDMARKS = "face_landmarks_detector.tflite"
_BLENDSHAPES = "face_blendshapes.tflite"
_PERSON_SIDE = 256
_PRESENCE_FLOOR = 0.5


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """face: the parts of the face model by name. person: the segmentation network, where it is installed."""

    face: dict[str, bytes] = field(repr=False)
    person: bytes | None = field(repr=False)


def unpacked(task: bytes, person: bytes | None) -> ModelFiles:
    """From the bytes of `face_landmarker.task`; ModelInvalid when it holds something else."""
    try:
        with zipfile.ZipFile(io.BytesIO(task)) as archive:
            names = (_DETECTOR, _LANDMARKS, _BLENDSHAPES, GEOMETRY)
            return ModelFiles({name: archive.read(name) for name in names}, person)
    except (zipfile.BadZipFile, KeyError) as error:
        raise ModelInvalid("the face model file is not the one expected") from error


class Networks:
    """The networks of one thread."""

    def __init__(self, files: ModelFiles) -> None:
        self._detector, self._landmarks, self._blendshapes = (
            _network(files.face[name]) for name in (_DETECTOR, _LANDMARKS, _BLENDSHAPES)
        )
        self._landmarks.enableFusion(False)  # measured with OpenCV 4.14: 0.7 ms of 10.3 less, same numbers
        self._person = None if files.person is None else _network(files.person)

    def detect(self, pixels: Pixels) -> list[Detection]:
        """Faces, largest first."""
        blob = cv2.dnn.blobFromImage(letterboxed(pixels), 1 / 127.5, mean=(127.5, 127.5, 127.5))
        self._detector.setInput(blob)
        logits, offsets = self._detector.forward(["classificators", "regressors"])
        return decoded(_flat(logits), _flat(offsets).reshape(-1, 16), pixels.shape)

    def landmarks(self, pixels: Pixels, region: Region) -> Floats | None:
        """(478, 3) in pixels of the frame; None when the network denies that this is a face."""
        self._landmarks.setInput(cv2.dnn.blobFromImage(region.cut(pixels), 1 / 255.0))
        points, presence = self._landmarks.forward(["Identity", "Identity_1"])
        if _flat(presence)[0] < np.log(_PRESENCE_FLOOR / (1 - _PRESENCE_FLOOR)):
            return None
        return region.points_in_frame(_flat(points).reshape(-1, 3))

    def expression(self, landmarks: Floats) -> Expression:
        """The blendshapes that matter to a portrait."""
        self._blendshapes.setInput(landmarks[None, BLENDSHAPE_LANDMARKS, :2])
        return Expression.of_blendshapes(_flat(self._blendshapes.forward()))

    def person(self, pixels: Pixels) -> Floats | None:
        """(256, 256) how surely each part of the frame is a person, 0..1; None without the network."""
        if self._person is None:
            return None
        small = cv2.resize(pixels, (_PERSON_SIDE, _PERSON_SIDE), interpolation=cv2.INTER_LINEAR)
        self._person.setInput(cv2.dnn.blobFromImage(small, 1 / 255.0))
        return _flat(self._person.forward()).reshape(_PERSON_SIDE, _PERSON_SIDE)


def _network(file: bytes) -> cv2.dnn.Net:
    return cv2.dnn.readNetFromTFLite(np.frombuffer(file, np.uint8))


def _flat(output: object) -> Floats:
    return np.asarray(output, np.float32).ravel()
