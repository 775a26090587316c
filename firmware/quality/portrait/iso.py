"""The 28 components of ISO/IEC 29794-5:2025: identifier, clause, and from raw value to 0..100.

Source: clauses and identifiers of the standard; functions and their parameters of its reference program OFIQ
1.0.3 (MIT), whose published conformance table they reproduce to the last of 784 values
(tests/unit/test_portrait_iso_mappings.py). A raw value of 0..1 for a share is 0 for nothing.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

_WORST, _BEST = 0, 100
ToScore = Callable[[float], float]


@dataclass(frozen=True, slots=True)
class IsoComponent:
    """One quality component: its code in ISO/IEC 29794-5, the clause that defines it, and the mapping."""

    identifier: int
    clause: str
    to_score: ToScore

    def score(self, raw: float) -> int:
        """0 (worst) to 100 (best); halves are rounded up, as the standard's program does."""
        return min(max(math.floor(self.to_score(raw) + 0.5), _WORST), _BEST)


def _sigmoid(x: float, x0: float, w: float) -> float:
    return 1.0 / (1.0 + math.exp((x0 - x) / w))


def _rising(raw: float, x0: float, w: float, h: float = 100.0, a: float = 0.0, s: float = 1.0) -> float:
    return h * (a + s * _sigmoid(raw, x0, w))


def _falling(raw: float, x0: float, w: float, h: float = 100.0, a: float = 1.0) -> float:
    return _rising(raw, x0, w, h, a, -1.0)


def _illumination_uniformity(overlap: float) -> float:
    return 100.0 * max(overlap, 0.0) ** 0.3


def _luminance_mean(mean: float) -> float:
    return 100.0 * _sigmoid(mean, 0.2, 0.05) * (1.0 - _sigmoid(mean, 0.8, 0.05))


def _luminance_variance(variance: float) -> float:
    return 100.0 * math.sin(60.0 * variance / (60.0 * variance + 1.0) * math.pi)


def _over_exposure(share: float) -> float:
    return 1.0 / (share + 0.01)


def _dynamic_range(bits: float) -> float:
    return 12.5 * bits


def _share_left(share: float) -> float:
    return 100.0 * (1.0 - share)


def _head_size(share: float) -> float:
    return _falling(abs(share - 0.45), x0=0.0, w=0.05, h=200.0)


def _pose(angle_deg: float) -> float:
    return 100.0 * max(0.0, math.cos(math.radians(angle_deg))) ** 2


def _head_coverings(share: float, none: float = 0.0, all_: float = 0.95) -> float:
    """A sigmoid between no covering and `all_` of the head, stretched so that both ends are reached."""
    if share <= none:
        return 100.0
    if share >= all_:
        return 0.0
    least, most, here = (_sigmoid(x, 0.02, 0.1) for x in (none, all_, share))
    return 100.0 * (most - here) / (most - least)


_margin = partial(_rising, w=0.1)

COMPONENTS = {
    "unified_quality_score": IsoComponent(0x41, "7.2", partial(_rising, x0=23.0, w=2.6)),
    "background_uniformity": IsoComponent(0x42, "7.3.2", partial(_falling, x0=10.0, w=100.0, h=190.0)),
    "illumination_uniformity": IsoComponent(0x43, "7.3.3", _illumination_uniformity),
    "luminance_mean": IsoComponent(0x44, "7.3.4.2", _luminance_mean),
    "luminance_variance": IsoComponent(0x45, "7.3.4.3", _luminance_variance),
    "under_exposure_prevention": IsoComponent(
        0x46, "7.3.5", partial(_falling, x0=0.92, w=0.05, h=120.0, a=0.832)
    ),
    "over_exposure_prevention": IsoComponent(0x47, "7.3.6", _over_exposure),
    "dynamic_range": IsoComponent(0x48, "7.3.7", _dynamic_range),
    "sharpness": IsoComponent(0x49, "7.3.8", partial(_rising, x0=-20.0, w=15.0, h=1.0, a=-14.0, s=115.0)),
    "compression_artifacts": IsoComponent(
        0x4A, "7.3.9", partial(_rising, x0=0.3308, w=0.092, h=1.0, a=-0.0278, s=103.0)
    ),
    "natural_colour": IsoComponent(0x4B, "7.3.10", partial(_falling, x0=0.0, w=10.0, h=200.0)),
    "single_face_present": IsoComponent(0x4C, "7.4.2", _share_left),
    "eyes_open": IsoComponent(0x4D, "7.4.3", partial(_rising, x0=0.02, w=0.01)),
    "mouth_closed": IsoComponent(0x4E, "7.4.4", partial(_falling, x0=0.2, w=0.06)),
    "eyes_visible": IsoComponent(0x4F, "7.4.5", _share_left),
    "mouth_occlusion_prevention": IsoComponent(0x50, "7.4.6", _share_left),
    "face_occlusion_prevention": IsoComponent(0x51, "7.4.7", _share_left),
    "inter_eye_distance": IsoComponent(0x52, "7.4.8", partial(_rising, x0=70.0, w=20.0)),
    "head_size": IsoComponent(0x53, "7.4.9", _head_size),
    "leftward_crop": IsoComponent(0x54, "7.4.10", partial(_margin, x0=0.9)),
    "rightward_crop": IsoComponent(0x55, "7.4.10", partial(_margin, x0=0.9)),
    "margin_above": IsoComponent(0x56, "7.4.10", partial(_margin, x0=1.4)),
    "margin_below": IsoComponent(0x57, "7.4.10", partial(_margin, x0=1.8)),
    "head_pose_yaw": IsoComponent(0x58, "7.4.11", _pose),
    "head_pose_pitch": IsoComponent(0x59, "7.4.11", _pose),
    "head_pose_roll": IsoComponent(0x5A, "7.4.11", _pose),
    "expression_neutrality": IsoComponent(0x5B, "7.4.12", partial(_rising, x0=-5000.0, w=5000.0)),
    "no_head_coverings": IsoComponent(0x5C, "7.4.13", _head_coverings),
}
