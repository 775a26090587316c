"""Why a print is poor, and what the person can do about it."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from types import MappingProxyType

from firmware.quality.advice import Advice
from firmware.quality.fingerprint.limits import FingerLimits
from firmware.quality.fingerprint.measures import FingerMeasures


class Cause(IntEnum):
    """The likeliest reason; its number is the value of the component `cause`, and never changes."""

    NONE = 0
    NOTHING_THERE = 1
    LEFT_BEHIND = 2  # a latent print on the glass
    NOT_LIFTED = 3  # the presentation before, still there
    NOISE = 4
    INVERTED = 5
    TWO_FINGERS = 6
    WET = 7
    DRY = 8
    TOO_LIGHT = 9
    TOO_FAR_LEFT = 10
    TOO_FAR_RIGHT = 11
    TOO_FAR_UP = 12
    TOO_FAR_DOWN = 13
    MOVED = 14
    WORN = 15
    UNKNOWN = 16


ADVICE_FOR: Mapping[Cause, Advice] = MappingProxyType(
    {
        Cause.NOTHING_THERE: Advice.FINGER_PLACE,
        Cause.LEFT_BEHIND: Advice.FINGER_GLASS,
        Cause.NOT_LIFTED: Advice.FINGER_AGAIN,
        Cause.NOISE: Advice.FINGER_AGAIN,
        Cause.INVERTED: Advice.FINGER_AGAIN,
        Cause.TWO_FINGERS: Advice.FINGER_ALONE,
        Cause.WET: Advice.FINGER_WIPE,
        Cause.DRY: Advice.FINGER_BREATHE,
        Cause.TOO_LIGHT: Advice.FINGER_PRESS,
        Cause.TOO_FAR_LEFT: Advice.FINGER_RIGHT,
        Cause.TOO_FAR_RIGHT: Advice.FINGER_LEFT,
        Cause.TOO_FAR_UP: Advice.FINGER_DOWN,
        Cause.TOO_FAR_DOWN: Advice.FINGER_UP,
        Cause.MOVED: Advice.FINGER_HOLD,
        Cause.WORN: Advice.FINGER_AGAIN,
        Cause.UNKNOWN: Advice.FINGER_AGAIN,
    }
)


def cause_of(measures: FingerMeasures, limits: FingerLimits) -> Cause:
    """The likeliest reason why a rejected print is poor: what hides the others is asked first.

    What could be either of two is UNKNOWN: a wrong advice costs more than none.
    """
    found = (_traces(measures, limits), _textures(measures, limits), _places(measures, limits))
    return next((cause for group in found for cause, applies in group if applies), Cause.UNKNOWN)


Candidates = Iterator[tuple[Cause, bool]]


def _traces(seen: FingerMeasures, limits: FingerLimits) -> Candidates:
    """Nothing, hardly anything, or only a part of a finger at the plate's edge."""
    told = limits.causes
    is_latent = seen.grey_range_levels < told.latent_levels
    is_faint = seen.grey_range_levels < limits.grey_range_levels
    is_print = seen.ridge_certainty > told.latent_certainty
    is_thin = seen.ridge_share < told.thin_ridge_share and seen.holes > told.thin_holes
    is_crisp = seen.sharpness > told.crisp and seen.ridge_share < told.wet_ridge_share
    yield Cause.NOTHING_THERE, seen.foreground_mm2 < told.trace_mm2 or (is_latent and not is_print)
    yield Cause.UNKNOWN, is_faint and is_thin
    yield Cause.LEFT_BEHIND, is_latent or (is_faint and is_print and is_crisp)
    is_beside = _is_small(seen, limits) and seen.centre_offset_share > told.side_share
    yield Cause.UNKNOWN, is_faint or (is_beside and is_thin)
    yield _side(seen), is_beside
    yield Cause.DRY, is_thin


def _textures(seen: FingerMeasures, limits: FingerLimits) -> Candidates:
    """What has become of the ridges."""
    told = limits.causes
    is_noise = (
        seen.ridge_certainty < limits.ridge_certainty or seen.ridge_concentration < limits.ridge_concentration
    )
    is_broken = seen.holes > told.dry_holes and seen.ridge_share < told.dry_ridge_share
    is_buried = seen.ridge_certainty < told.buried_certainty and seen.holes > told.buried_holes
    is_melted = not 0.0 < seen.ridge_period_px <= told.wet_period_px
    is_crisp = seen.sharpness > told.crisp
    is_broad = seen.ridge_share > told.wet_ridge_share and seen.grey_range_levels > told.wet_levels
    is_wet = is_melted and is_broad and not is_crisp
    is_flooded = seen.holes < told.wet_holes or seen.darkness > told.wet_darkness
    yield Cause.WET, is_wet and is_flooded and seen.ridge_concentration > told.wet_concentration
    yield Cause.DRY, is_broken and (is_noise or seen.ridge_concentration < told.dry_concentration)
    yield Cause.DRY, is_buried
    yield Cause.NOISE, is_noise
    is_soft = seen.sharpness < limits.sharpness
    is_even = seen.holes > told.moved_holes and seen.ridge_share > told.moved_ridge_share
    yield Cause.MOVED, is_soft and is_melted and is_even
    yield Cause.UNKNOWN, is_soft
    has_gaps = seen.ridge_period_px > told.gaps_period_px and seen.holes > told.gaps_holes
    yield Cause.DRY, has_gaps and seen.ridge_share < told.dry_ridge_share
    is_clear = seen.ridge_certainty > told.doubled_certainty and seen.sharpness > told.sharp
    is_split = told.inverted_polarity < seen.polarity < limits.doubled_polarity
    is_doubled = is_split and seen.crossing > limits.doubled_crossing
    yield Cause.TWO_FINGERS, is_doubled and is_clear and not is_melted
    yield Cause.INVERTED, seen.polarity < limits.polarity and is_crisp
    yield Cause.WET, is_wet and seen.holes < told.drained_holes


def _places(seen: FingerMeasures, limits: FingerLimits) -> Candidates:
    """How the finger was laid on."""
    told = limits.causes
    is_small, is_crisp = _is_small(seen, limits), seen.sharpness > told.crisp
    is_clear = seen.ridge_share < told.wet_ridge_share and seen.holes < told.dry_holes
    is_sure = is_clear and seen.ridge_certainty > told.sure_certainty
    is_central = seen.centre_offset_share < told.light_offset_share
    yield Cause.TWO_FINGERS, is_sure and not is_small and is_crisp and seen.crossing > limits.crossing
    yield Cause.TOO_LIGHT, is_small and is_central and seen.sharpness > told.sharp
    yield Cause.WORN, seen.ridge_certainty < told.worn_certainty


def _is_small(seen: FingerMeasures, limits: FingerLimits) -> bool:
    return seen.placed_mm2 < limits.wanted_mm2(seen.image_mm2)


def _side(seen: FingerMeasures) -> Cause:
    """Where the print lies, by its greater distance from the middle."""
    if abs(seen.right_share) > abs(seen.down_share):
        return Cause.TOO_FAR_RIGHT if seen.right_share > 0 else Cause.TOO_FAR_LEFT
    return Cause.TOO_FAR_DOWN if seen.down_share > 0 else Cause.TOO_FAR_UP
