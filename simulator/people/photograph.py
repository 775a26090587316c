"""A real person's photograph put before the portrait camera."""

import functools
import math
from collections.abc import Callable

import cv2
import numpy as np
from numpy.typing import NDArray

from simulator.people.master import PortraitMaster
from simulator.people.pose import Pose

EYE_DISTANCE_M = 0.063  # adults' mean; children's faces come out a little large
FINEST_PX_PER_M = 2560.0  # what the camera shows at 0.6 m; finer pictures would only alias
OPAQUE = 255

Eyes = tuple[tuple[float, float], tuple[float, float]]


def photographed(picture: NDArray[np.uint8], eyes: Eyes) -> Callable[[Pose], PortraitMaster]:
    """The person of a photograph in a pose, as far as a warp can turn a flat picture.

    picture: (rows, columns, 3) uint8 RGB. eyes: column and row of both, in its pixels. Turns only narrow
    and shorten the picture; eyes, mouth and smile stay as they are; its own backdrop comes with it.
    """
    px_per_m = math.dist(*eyes) / EYE_DISTANCE_M
    shrink = min(1.0, FINEST_PX_PER_M / px_per_m)
    between = tuple(shrink * 0.5 * (one + other) for one, other in zip(*eyes, strict=True))
    small = cv2.resize(picture, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    opaque = np.asarray(cv2.cvtColor(small, cv2.COLOR_RGB2RGBA), np.uint8)

    @functools.lru_cache(4)
    def turned(across: float, down: float) -> PortraitMaster:
        warped = cv2.resize(opaque, None, fx=across, fy=down, interpolation=cv2.INTER_LINEAR).astype(np.uint8)
        warped.flags.writeable = False
        return PortraitMaster(warped, (across * between[0], down * between[1]), shrink * px_per_m)

    return lambda pose: turned(*(math.cos(math.radians(angle)) for angle in (pose.yaw_deg, pose.pitch_deg)))
