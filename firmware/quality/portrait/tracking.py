"""Where the face of one frame is looked for in the next, without asking the detector.

The landmark network reads a mouth as more open when its region comes from the landmarks' own outline, up to
0.17 of jawOpen [measured]. So the region is the detector's, carried along with the face.
"""

from dataclasses import dataclass, field

import numpy as np

from firmware.quality.portrait.detector import Floats
from firmware.quality.portrait.region import Region

# Landmarks that an expression hardly moves: corners of the eyes, bridge of the nose, forehead, temples.
_RIGID = [33, 133, 362, 263, 168, 6, 197, 10, 67, 297, 127, 356, 234, 454]


@dataclass(frozen=True, slots=True, eq=False)
class Hold:
    """The region that the detector gave, and (14, 2) the rigid points as they lay then, in pixels."""

    found: Region = field(repr=False)
    points: Floats = field(repr=False)

    @classmethod
    def of(cls, region: Region, landmarks: Floats) -> "Hold":
        """From the detector's region and the (478, 3) landmarks that were read in it."""
        return cls(region, landmarks[_RIGID, :2])

    def region(self, landmarks: Floats) -> Region:
        """The detector's region moved, turned and scaled as the face has been since."""
        turn, shift = _similarity(self.points, landmarks[_RIGID, :2])
        moved = turn @ self.found.to_frame
        moved[:, 2] += shift
        return Region(moved.astype(np.float32))


def _similarity(before: Floats, after: Floats) -> tuple[Floats, Floats]:
    """The (2, 2) turn with scale and the (2,) shift that lead from `before` to `after`, by least squares."""
    centre, new_centre = before.mean(axis=0), after.mean(axis=0)
    old, new = before - centre, after - new_centre
    size = max(float(np.square(old).sum()), 1.0)
    along = float((old * new).sum()) / size
    across = float((old[:, 0] * new[:, 1] - old[:, 1] * new[:, 0]).sum()) / size
    turn = np.array([[along, -across], [across, along]], np.float32)
    return turn, (new_centre - turn @ centre).astype(np.float32)
