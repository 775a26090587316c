"""What an acceptable fingerprint is; the numbers live in firmware/capture/policy/fingerprint.toml."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FingerLimits:
    """Gates and the score that is asked for; lengths at 500 pixels per inch.

    accept_score: 0 to 100. grey_range_levels: 1st to 99th percentile, of 255.
    foreground_mm2, foreground_share: ridges wanted, the smaller of an area and a share of the image.
    trace_mm2: less is no finger at all.
    ridge_concentration: share of a window's energy at one ridge frequency, 0 to 1.
    ridge_certainty: orientation certainty, 0 to 1. ridge_period_px, ridge_share: lowest and highest.
    ridge_period_spread: of the periods' quartiles. crossing: of a second wave. polarity, sharpness: lowest.
    centre_offset_share: of the centroid, in halves of the image's side.
    repeated: correlation with the print before, from which it is the same one still.
    latent_levels, latent_certainty: a fainter print is never a finger; a vaguer one is an empty plate.
    wet_ridge_share, wet_darkness: a poor print is called wet from here up; wet_holes: from here down.
    soaked_ridge_share, soaked_period_px: from here up two fingers cannot be told from a flood.
    dry_ridge_share: dry from here down; dry_holes: from here up.
    clear_share: of the foreground, to be called inverted.
    worn_certainty: below it a poor print of good size is called worn.
    """

    accept_score: int
    grey_range_levels: float
    foreground_mm2: float
    foreground_share: float
    trace_mm2: float
    ridge_concentration: float
    ridge_certainty: float
    ridge_period_px: tuple[float, float]
    ridge_period_spread: float
    ridge_share: tuple[float, float]
    crossing: float
    polarity: float
    sharpness: float
    centre_offset_share: float
    repeated: float
    clear_share: float
    latent_levels: float
    latent_certainty: float
    wet_ridge_share: float
    soaked_ridge_share: float
    soaked_period_px: float
    wet_holes: float
    wet_darkness: float
    dry_ridge_share: float
    dry_holes: float
    worn_certainty: float
