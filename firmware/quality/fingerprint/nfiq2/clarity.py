"""Local clarity (LCS): how cleanly grey levels part into ridge and valley across the ridges."""

import numpy as np

from firmware.quality.fingerprint.nfiq2.blocks import Grid, Mask
from firmware.quality.fingerprint.nfiq2.histogram import histogram_features
from firmware.quality.fingerprint.nfiq2.profiles import Changes, Profiles
from firmware.quality.fingerprint.nfiq2.slanted import Slanted

MEASURE = "LCS"
_LIMITS = (0.0, 0.70, 0.74, 0.77, 0.79, 0.81, 0.83, 0.85, 0.87)

_WIDTH_SCALE_PX = 20.0  # widest ridge of a 125 pixels per inch scanner (5 pixels), at 500
_RIDGE_PX = (3.0, 10.0)
_VALLEY_PX = (2.0, 10.0)
_MOST_WIDTHS = 16  # of one kind among 31 changes


def clarity_features(slanted: Slanted) -> dict[str, float]:
    """Of blocks (blocks, 16, 32) uint8, turned about their middle."""
    return histogram_features(MEASURE, _LIMITS, clarity(slanted))


def clarity(slanted: Slanted) -> Grid:
    """(blocks,): 1 where no pixel is on the wrong side of the level; 0 where widths are no finger's."""
    profiles = Profiles.of(slanted)
    is_dark = slanted < profiles.levels[:, None, :]
    dark_share = is_dark.mean(axis=1)
    ridge, valley = profiles.is_ridge, ~profiles.is_ridge
    with np.errstate(invalid="ignore"):
        alpha = (dark_share * valley).sum(axis=1) / valley.sum(axis=1)
        beta = ((1.0 - dark_share) * ridge).sum(axis=1) / ridge.sum(axis=1)
    return np.where(_has_finger_widths(profiles), 1.0 - (alpha + beta) / 2.0, 0.0)


def _has_finger_widths(profiles: Profiles) -> Mask:
    """Mean width of ridges and of valleys within what a finger has; a block without changes has neither."""
    changes = profiles.changes()
    ends_ridge = (changes.number % 2 == 0) == profiles.is_ridge[changes.block, 0]
    ridge, valley = (_mean_widths(changes, wanted) for wanted in (ends_ridge, ~ends_ridge))
    return _within(ridge, _RIDGE_PX) & _within(valley, _VALLEY_PX)


def _within(means: Grid, limits_px: tuple[float, float]) -> Mask:
    return (means >= limits_px[0] / _WIDTH_SCALE_PX) & (means <= limits_px[1] / _WIDTH_SCALE_PX)


def _mean_widths(changes: Changes, wanted: Mask) -> Grid:
    """Mean of the wanted widths of each block, in parts of the scale; 0 where there is none.

    Summed in fours and multiplied by the inverse count as OpenCV does: means on a limit are common, and
    the last bit decides about them.
    """
    block, place = changes.block[wanted], changes.number[wanted] // 2
    count = np.bincount(block, minlength=changes.count.size)
    scaled = np.zeros((count.size, _MOST_WIDTHS))
    scaled[block, place] = changes.width[wanted] / _WIDTH_SCALE_PX
    total: Grid = np.zeros(count.size)
    for four in range(_MOST_WIDTHS // 4):
        total = _with_next(total, scaled[:, 4 * four : 4 * four + 4], four < count // 4)
    return total * (1.0 / np.maximum(count, 1))


def _with_next(total: Grid, four: Grid, is_whole: Mask) -> Grid:
    first, second, third, last = (four[:, part] for part in range(4))
    return np.where(is_whole, total + (first + second + third + last), total + first + second + third)
