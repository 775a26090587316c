"""How strong the light is at a distance; whole numbers below 2**30, rounded up, with every LED lit."""

from limits import LEDS, RADIANT_MW_SR, UNKNOWN_AS_MM

UNKNOWN_MM = 0xFFFF
FARTHEST_MM = 4000  # beyond it the square would not fit; nearer than true is the safe side


def assumed_mm(distance_mm: int) -> int:
    """The distance that is reckoned with: the nearest that the head rest allows when none is known."""
    if distance_mm == UNKNOWN_MM:
        return UNKNOWN_AS_MM
    return max(1, min(distance_mm, FARTHEST_MM))


def peak_dw(distance_mm: int) -> int:
    """Irradiance during a pulse, in tenths of a watt per square metre: n * I / d**2."""
    square = assumed_mm(distance_mm) ** 2
    return (LEDS * RADIANT_MW_SR * 10000 + square - 1) // square


def pulse_mj(on_us: int, distance_mm: int) -> int:
    """Radiant exposure of one pulse, in millijoules per square metre."""
    if distance_mm != UNKNOWN_MM and distance_mm < 20:
        distance_mm = 20  # irradiance * on_us would not fit; no pulse is ever made there
    return (peak_dw(distance_mm) * on_us + 9999) // 10000
