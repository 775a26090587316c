"""The 65 features of NFIQ 2 that need no minutiae."""

from dataclasses import dataclass

from firmware.quality.fingerprint.nfiq2.blocks import Gradients, Greys, Grid, Mask, inner, ridge_blocks
from firmware.quality.fingerprint.nfiq2.certainty import certainty_features
from firmware.quality.fingerprint.nfiq2.clarity import clarity_features
from firmware.quality.fingerprint.nfiq2.coherence import coherence_features
from firmware.quality.fingerprint.nfiq2.contrast import contrast_features
from firmware.quality.fingerprint.nfiq2.flow import flow_features
from firmware.quality.fingerprint.nfiq2.frame import GreyImage
from firmware.quality.fingerprint.nfiq2.frequency import frequency_features
from firmware.quality.fingerprint.nfiq2.region import region_features, region_of
from firmware.quality.fingerprint.nfiq2.slanted import RidgeBlocks
from firmware.quality.fingerprint.nfiq2.uniformity import uniformity_features


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class BlockView:
    """An image without its frame, and what several features ask of its blocks.

    greys, gradients: of the blocks from the corner on. angles, shows_ridges: of the inner blocks.
    region: which pixels are the finger's, (rows, columns).
    """

    image: GreyImage
    greys: Greys
    gradients: Gradients
    angles: Grid
    shows_ridges: Mask
    region: Mask

    @classmethod
    def of(cls, image: GreyImage, greys: Greys) -> "BlockView":
        """Of `image`, (rows, columns) uint8 of at least 36 pixels a side, and its grey levels."""
        angles = Gradients.of(inner(image)).angles()
        return cls(image, greys, Gradients.of(image), angles, ridge_blocks(image, greys), region_of(image))


def block_features(view: BlockView) -> dict[str, float]:
    """By NFIQ 2's names; exact but for the last bits of the means and deviations."""
    blocks = RidgeBlocks.of(view.image, view.shows_ridges, view.angles)
    return {
        **frequency_features(blocks.flat_off_centre()),
        **clarity_features(blocks.upright()),
        **uniformity_features(blocks.upright_off_centre()),
        **certainty_features(view.gradients, view.image.shape),
        **flow_features(view.angles, view.shows_ridges),
        **contrast_features(view.greys),
        **region_features(view.image, view.region),
        **coherence_features(view.gradients, view.region),
    }
