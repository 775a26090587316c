"""The turned square of a frame that the landmark network looks at."""

from dataclasses import dataclass, field

import cv2
import numpy as np

from firmware.quality.portrait.detector import Detection, Floats, Pixels

INPUT_SIDE = 256
_SIDE_OF_BOX = 1.5


@dataclass(frozen=True, slots=True, eq=False)
class Region:
    """to_frame: (2, 3) float64 affine map from pixels of the 256-pixel square to pixels of the frame."""

    to_frame: Floats = field(repr=False)

    @property
    def scale(self) -> float:
        """Pixels of the frame for one of the square."""
        return float(np.hypot(self.to_frame[0, 0], self.to_frame[1, 0]))

    def cut(self, pixels: Pixels) -> Pixels:
        """The square out of the frame, (256, 256, 3); beyond the frame its border repeats."""
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        size = (INPUT_SIDE, INPUT_SIDE)
        cut = cv2.warpAffine(pixels, self.to_frame, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(cut, np.uint8)

    def points_in_frame(self, points: Floats) -> Floats:
        """(n, 3) points of the square, moved into the frame; the depth is scaled alike."""
        flat = points[:, :2] @ self.to_frame[:, :2].T + self.to_frame[:, 2]
        return np.column_stack([flat, points[:, 2] * self.scale]).astype(np.float32)


def region_of(face: Detection) -> Region:
    """Half as large again as the detector's box and turned so that the eyes lie level."""
    eyes = face.points[1] - face.points[0]
    angle = np.arctan2(eyes[1], eyes[0])
    scale = _SIDE_OF_BOX * float(face.size.max()) / INPUT_SIDE
    across, down = scale * np.cos(angle), scale * np.sin(angle)
    turn = np.array([[across, -down], [down, across]])
    corner = face.centre - turn @ np.full(2, INPUT_SIDE / 2)
    return Region(np.column_stack([turn, corner]).astype(np.float32))
