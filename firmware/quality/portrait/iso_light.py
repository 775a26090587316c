"""Light and colour of an aligned face, as ISO/IEC 29794-5 7.3 defines their raw values.

They depend on the colour of the skin under one and the same lamp: recorded, never judged.
"""

import cv2
import numpy as np
from numpy.typing import NDArray

from firmware.quality.portrait.aligned import Aligned
from firmware.quality.portrait.colour import linear_of
from firmware.quality.portrait.detector import Floats

_LEVELS = 256
_UNDER_MOST, _OVER_LEAST = 25, 247  # of the linear luminance 0..255
_A_OF_SKIN, _B_OF_SKIN = (5.0, 25.0), (5.0, 35.0)
_NEVER_SKIN = 100.0  # raw value where a* or b* is negative
# Linear sRGB to XYZ, adapted to the white of D50 (Bradford).
_XYZ_D50 = np.array(
    [[0.4360747, 0.3850649, 0.1430804], [0.2225045, 0.7168786, 0.0606169], [0.0139322, 0.0971045, 0.7141733]]
)
_WHITE_D50 = np.array([0.96422, 1.0, 0.82521])


def light_values(aligned: Aligned) -> dict[str, float]:
    """Raw values by the name of their component."""
    inside = aligned.luminance[aligned.face]
    counts = _counts(inside)
    return {
        "illumination_uniformity": _overlap(aligned),
        "luminance_mean": float(inside.mean()),
        "luminance_variance": float(inside.var()),
        "under_exposure_prevention": float(counts[: _UNDER_MOST + 1].sum()),
        "over_exposure_prevention": float(counts[_OVER_LEAST:].sum()),
        "dynamic_range": _entropy(counts),
        "natural_colour": _from_skin(*_a_and_b(aligned)),
    }


def _counts(luminance: Floats) -> NDArray[np.float64]:
    """(256,) share of each level of the linear luminance 0..255."""
    levels = np.rint(luminance.ravel() * (_LEVELS - 1)).astype(np.intp)
    return np.bincount(levels, minlength=_LEVELS) / max(levels.size, 1)


def _overlap(aligned: Aligned) -> float:
    """What the histograms of both cheeks have in common, 0..1."""
    right, left = (_counts(aligned.luminance[cheek]) for cheek in aligned.cheeks)
    return float(np.minimum(right, left).sum())


def _entropy(shares: NDArray[np.float64]) -> float:
    some = shares[shares > 0]
    return float(-(some * np.log2(some)).sum())


def _a_and_b(aligned: Aligned) -> tuple[float, float]:
    """Green-red and blue-yellow of the mean colour of both cheeks, CIELAB under D50."""
    both = np.concatenate([aligned.pixels[cheek].reshape(-1, 3) for cheek in aligned.cheeks])
    mean = np.rint(np.asarray(cv2.mean(both[None])[:3])).astype(np.uint8)
    x, y, z = _root(_XYZ_D50 @ linear_of(mean[None, None]).ravel() / _WHITE_D50)
    return float(500 * (x - y)), float(200 * (y - z))


def _root(shares: NDArray[np.float64]) -> NDArray[np.float64]:
    """The cube root of CIELAB with its straight piece near black."""
    return np.where(shares > 216 / 24389, np.cbrt(shares), (24389 / 27 * shares + 16) / 116)


def _from_skin(a: float, b: float) -> float:
    """Distance of a colour from what skin can have."""
    if a < 0 or b < 0:
        return _NEVER_SKIN
    return float(np.hypot(_outside(a, _A_OF_SKIN), _outside(b, _B_OF_SKIN)))


def _outside(value: float, most: tuple[float, float]) -> float:
    return max(most[0] - value, 0.0, value - most[1])
