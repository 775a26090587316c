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


def wanted_mm2(measures: FingerMeasures, limits: FingerLimits) -> float:
    """The ridge area that this image must show: small sensors cannot show a whole print."""
    return min(limits.foreground_mm2, limits.foreground_share * measures.image_mm2)


def cause_of(measures: FingerMeasures, limits: FingerLimits) -> Cause:
    """The likeliest reason why a rejected print is poor: what hides the others is asked first."""
    return next(cause for cause, applies in _causes(measures, limits) if applies)


def _causes(seen: FingerMeasures, limits: FingerLimits) -> Iterator[tuple[Cause, bool]]:
    is_faint = seen.grey_range_levels < limits.grey_range_levels
    is_noise = (
        seen.ridge_certainty < limits.ridge_certainty or seen.ridge_concentration < limits.ridge_concentration
    )
    is_broken = seen.holes > limits.dry_holes and seen.ridge_share < limits.dry_ridge_share
    is_soaked = seen.ridge_share > limits.soaked_ridge_share or seen.ridge_period_px > limits.soaked_period_px
    is_flooded = seen.holes < limits.wet_holes or seen.darkness > limits.wet_darkness
    is_inverted = seen.polarity < limits.polarity
    is_print = seen.ridge_certainty > limits.latent_certainty
    yield Cause.NOTHING_THERE, seen.foreground_mm2 < limits.trace_mm2 or (is_faint and not is_print)
    yield Cause.LEFT_BEHIND, seen.grey_range_levels < limits.latent_levels
    yield Cause.DRY, is_broken and (is_noise or (is_faint and seen.holes > 2.0 * limits.dry_holes))
    yield Cause.LEFT_BEHIND, is_faint and is_print
    yield Cause.NOISE, is_noise
    yield Cause.INVERTED, is_inverted and seen.clear_mm2 > limits.clear_share * seen.foreground_mm2
    yield Cause.MOVED, seen.sharpness < limits.sharpness and not is_flooded
    yield Cause.WET, seen.ridge_share > limits.ridge_share[1]
    yield _side(seen), seen.centre_offset_share > limits.centre_offset_share
    yield Cause.DRY, is_broken and seen.foreground_mm2 >= wanted_mm2(seen, limits)
    yield Cause.TWO_FINGERS, seen.crossing > limits.crossing and not is_soaked
    yield Cause.WET, seen.ridge_share > limits.wet_ridge_share
    yield Cause.INVERTED, is_inverted
    yield Cause.TOO_LIGHT, seen.foreground_mm2 < wanted_mm2(seen, limits)
    yield Cause.DRY, is_broken
    yield Cause.WORN, seen.ridge_certainty < limits.worn_certainty
    yield Cause.UNKNOWN, True


def _side(seen: FingerMeasures) -> Cause:
    """Where the print lies, by its greater distance from the middle."""
    if abs(seen.right_share) > abs(seen.down_share):
        return Cause.TOO_FAR_RIGHT if seen.right_share > 0 else Cause.TOO_FAR_LEFT
    return Cause.TOO_FAR_DOWN if seen.down_share > 0 else Cause.TOO_FAR_UP
