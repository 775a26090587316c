"""What a print must be whatever its score: each gate is a component of its own."""

from firmware.quality.fingerprint.limits import FingerLimits
from firmware.quality.fingerprint.measures import FingerMeasures
from firmware.quality.report import Component, Verdict


def gates(seen: FingerMeasures, limits: FingerLimits) -> tuple[Component, ...]:
    """Every measure with its verdict; a gate that cannot be judged without ridges fails by itself."""
    period, share = limits.ridge_period_px, limits.ridge_share
    passes = {
        "grey_range_levels": seen.grey_range_levels >= limits.grey_range_levels,
        "placed_mm2": seen.placed_mm2 >= limits.wanted_mm2(seen.image_mm2),
        "cut_edge": seen.cut_edge <= limits.cut_edge,
        "ridge_certainty": seen.ridge_certainty >= limits.ridge_certainty,
        "ridge_concentration": seen.ridge_concentration >= limits.ridge_concentration,
        "ridge_period_px": period[0] <= seen.ridge_period_px <= period[1],
        "ridge_period_spread": seen.ridge_period_spread <= limits.ridge_period_spread,
        "ridge_share": share[0] <= seen.ridge_share <= share[1],
        "crossing": not limits.is_doubled(seen.crossing, seen.polarity),
        "polarity": seen.polarity >= limits.polarity,
        "sharpness": seen.sharpness >= limits.sharpness,
    }
    judged = [judge(name, float(getattr(seen, name)), is_met=is_met) for name, is_met in passes.items()]
    told = [
        Component(name, float(getattr(seen, name)), Verdict.INFORM)
        for name in ("foreground_mm2", "clear_mm2", "darkness", "holes", "right_share", "down_share")
    ]
    return (*judged, *told)


def judge(name: str, value: float, *, is_met: bool) -> Component:
    """One gate as a component."""
    return Component(name, value, Verdict.PASS if is_met else Verdict.FAIL)
