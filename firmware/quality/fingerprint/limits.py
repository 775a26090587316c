"""What an acceptable fingerprint is; the numbers live in firmware/capture/policy/fingerprint.toml."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FingerLimits:
    """Gates and the score that is asked for; lengths at 500 pixels per inch.

    accept_score: 0 to 100. grey_range_levels: 1st to 99th percentile, of 255.
    foreground_mm2, foreground_share: ridges wanted, the smaller of an area and a share of the image.
    ridge_concentration: share of a window's energy at one ridge frequency, 0 to 1.
    ridge_certainty: orientation certainty, 0 to 1. ridge_period_px, ridge_share: lowest and highest.
    centre_offset_share: of the centroid, in halves of the image's side.
    wet_ridge_share, dry_ridge_share: from here a poor print is called wet, or dry.
    """

    accept_score: int
    grey_range_levels: float
    foreground_mm2: float
    foreground_share: float
    ridge_concentration: float
    ridge_certainty: float
    ridge_period_px: tuple[float, float]
    ridge_share: tuple[float, float]
    centre_offset_share: float
    wet_ridge_share: float
    dry_ridge_share: float
