"""The face model: from a frame to landmarks, expression, pose and distance.

Networks run with OpenCV, and every thread gets networks of its own: a model may be shared by all workers
without a lock.
"""

import threading
from dataclasses import dataclass, field
from typing import cast

from firmware.quality.portrait.canonical import CanonicalFace, parse_canonical_face
from firmware.quality.portrait.detector import Detection, Floats, Pixels
from firmware.quality.portrait.expression import Expression
from firmware.quality.portrait.networks import GEOMETRY, Networks, unpacked
from firmware.quality.portrait.pose import Pose, head_pose
from firmware.quality.portrait.region import region_of
from firmware.quality.portrait.tracking import Hold

_FOCAL_OF_SIDE = 1.2  # of the longer side: a lens of 45 degrees, until the camera is calibrated


@dataclass(frozen=True, slots=True, eq=False)
class Face:
    """The largest face of a frame.

    landmarks: (478, 3) float32, x and y in pixels of the frame, z alike with the nose nearest.
    faces: how many the detector last found. rival: area of the second largest as a share of this one's.
    hold: where the next frame's face is looked for. followed: frames since the detector ran.
    """

    landmarks: Floats = field(repr=False)
    expression: Expression
    pose: Pose
    faces: int
    rival: float
    hold: Hold = field(repr=False)
    followed: int = 0


class FaceModel:
    """Reads faces; made from the bytes of `face_landmarker.task` and of the segmentation of people."""

    def __init__(self, task: bytes, person: bytes | None = None) -> None:
        self._files = unpacked(task, person)
        self._canonical: CanonicalFace = parse_canonical_face(self._files.face[GEOMETRY])
        self._of_thread = threading.local()
        self._networks()

    def read(self, pixels: Pixels, focal_px: float | None = None) -> Face | None:
        """The largest face in (rows, columns, 3) uint8 RGB, or None; focal_px makes the distance true."""
        networks = self._networks()
        found = networks.detect(pixels)
        region = region_of(found[0]) if found else None
        landmarks = networks.landmarks(pixels, region) if region else None
        if region is None or landmarks is None:
            return None
        return Face(
            landmarks,
            networks.expression(landmarks),
            self._pose(landmarks, pixels, focal_px),
            len(found),
            _rival(found),
            Hold.of(region, landmarks),
        )

    def follow(
        self, pixels: Pixels, before: Face, *, expression_too: bool, focal_px: float | None = None
    ) -> Face | None:
        """The face of the frame before in this one, without the detector; None where it is no more.

        expression_too: else the expression of the frame before is taken over.
        """
        networks = self._networks()
        landmarks = networks.landmarks(pixels, before.hold.region(before.landmarks))
        if landmarks is None:
            return None
        return Face(
            landmarks,
            networks.expression(landmarks) if expression_too else before.expression,
            self._pose(landmarks, pixels, focal_px),
            before.faces,
            before.rival,
            before.hold,
            before.followed + 1,
        )

    def person(self, pixels: Pixels) -> Floats | None:
        """(256, 256) how surely each part of the frame is a person, 0..1; None without that network."""
        return self._networks().person(pixels)

    def _pose(self, landmarks: Floats, pixels: Pixels, focal_px: float | None) -> Pose:
        focal = focal_px or _FOCAL_OF_SIDE * max(pixels.shape[:2])
        return head_pose(landmarks, self._canonical, pixels.shape, focal)

    def _networks(self) -> Networks:
        networks = cast("Networks | None", getattr(self._of_thread, "networks", None))
        if networks is None:
            networks = self._of_thread.networks = Networks(self._files)
        return networks


def _rival(found: list[Detection]) -> float:
    return found[1].area / found[0].area if len(found) > 1 else 0.0
