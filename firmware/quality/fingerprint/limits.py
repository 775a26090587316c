"""What an acceptable fingerprint is; the numbers live in firmware/capture/policy/fingerprint.toml."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CauseLimits:
    """From where on a rejected print is told a cause; between them it is only asked for once more.

    trace_mm2: less is no finger at all.
    latent_levels, latent_certainty: a fainter print is never a finger; a vaguer one is an empty plate.
    sharp, crisp: as a print that lay still, and without water between its ridges.
    side_share: so far from the middle that the way is sure; light_offset_share: near it.
    wet_ridge_share, wet_period_px, wet_concentration: wet ridges are broader, and melt into each other.
    wet_levels: fainter ones are not soaked. wet_holes, wet_darkness: water is below or above.
    moved_holes, moved_ridge_share: from here up a soft print has moved.
    sure_certainty: below it two fingers cannot be told from noise; doubled_certainty: with broken valleys.
    inverted_polarity: below it ridges are broken, not valleys. drained_holes: up from it ridges are not wet.
    dry_ridge_share, dry_holes, dry_concentration: ridges that dry skin breaks.
    buried_certainty, buried_holes: below the first no flow is seen; mere noise is no rougher in the dark.
    gaps_period_px, gaps_holes: where whole ridges are missing.
    thin_ridge_share, thin_holes: ridges that it thins out.
    worn_certainty: below it a poor print of good size is called worn.
    """

    trace_mm2: float
    latent_levels: float
    latent_certainty: float
    sharp: float
    crisp: float
    side_share: float
    light_offset_share: float
    wet_ridge_share: float
    wet_period_px: float
    wet_concentration: float
    wet_levels: float
    wet_holes: float
    wet_darkness: float
    moved_holes: float
    moved_ridge_share: float
    sure_certainty: float
    doubled_certainty: float
    inverted_polarity: float
    drained_holes: float
    dry_ridge_share: float
    dry_holes: float
    dry_concentration: float
    buried_certainty: float
    buried_holes: float
    gaps_period_px: float
    gaps_holes: float
    thin_ridge_share: float
    thin_holes: float
    worn_certainty: float


@dataclass(frozen=True, slots=True)
class FingerLimits:
    """Gates and the score that is asked for; lengths at 500 pixels per inch.

    accept_score: 0 to 100. grey_range_levels: 1st to 99th percentile, of 255.
    placed_mm2, placed_share: ridges wanted, the smaller of an area and a share of the image; they count the
    less the farther they lie from the middle. cut_edge: of a straight end inside the image.
    ridge_concentration: share of a window's energy at one ridge frequency, 0 to 1.
    ridge_certainty: orientation certainty, 0 to 1. ridge_period_px, ridge_share: lowest and highest.
    ridge_period_spread: of the periods' quartiles. crossing: of a second wave, doubled_crossing where valleys
    are broken too, as doubled_polarity and less say. polarity, sharpness: lowest.
    repeated: correlation with the print before, from which it is the same one still.
    """

    accept_score: int
    grey_range_levels: float
    placed_mm2: float
    placed_share: float
    cut_edge: float
    ridge_concentration: float
    ridge_certainty: float
    ridge_period_px: tuple[float, float]
    ridge_period_spread: float
    ridge_share: tuple[float, float]
    crossing: float
    doubled_crossing: float
    doubled_polarity: float
    polarity: float
    sharpness: float
    repeated: float
    causes: CauseLimits

    def is_doubled(self, crossing: float, polarity: float) -> bool:
        """Whether two prints lie on one another: creases cross ridges too, but leave the valleys whole."""
        has_broken_valleys = polarity < self.doubled_polarity
        return crossing > (self.doubled_crossing if has_broken_valleys else self.crossing)

    def wanted_mm2(self, image_mm2: float) -> float:
        """The ridge area that an image of this size must show: small sensors cannot show a whole print."""
        return min(self.placed_mm2, self.placed_share * image_mm2)
