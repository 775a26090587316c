"""The distance as a focus aid: nearer, further, or hold. Pure.

Depth of field is about 12 mm either way, so what the distance sensor says is what guides a person.
"""

from dataclasses import dataclass
from enum import Enum


class Focus(Enum):
    """What a person should do."""

    NEARER = "nearer"
    FURTHER = "further"
    HOLD = "hold"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FocusWindow:
    """Who is outside enters it between the inner bounds, and leaves it beyond the outer ones; millimetres."""

    enter_nearest_mm: int
    enter_farthest_mm: int
    stay_nearest_mm: int
    stay_farthest_mm: int


def focus_at(distance_mm: int | None, window: FocusWindow, before: Focus) -> Focus:
    """What to do at that distance; None: nobody is seen. before: what was said last, which holds on."""
    if distance_mm is None:
        return Focus.UNKNOWN
    is_inside = before is Focus.HOLD
    nearest_mm = window.stay_nearest_mm if is_inside else window.enter_nearest_mm
    farthest_mm = window.stay_farthest_mm if is_inside else window.enter_farthest_mm
    if distance_mm < nearest_mm:
        return Focus.FURTHER
    return Focus.NEARER if distance_mm > farthest_mm else Focus.HOLD
