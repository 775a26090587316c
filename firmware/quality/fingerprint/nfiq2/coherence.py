"""Coherence of the gradients' directions in the blocks of the region of interest."""

import numpy as np

from firmware.quality.fingerprint.nfiq2.blocks import Gradients, Mask, block_areas, block_sums

NAMES = ("OrientationMap_ROIFilter_CoherenceRel", "OrientationMap_ROIFilter_CoherenceSum")
_WHITE = 255.0


def coherence_features(gradients: Gradients, region: Mask) -> dict[str, float]:
    """Mean and sum over the blocks that `region` reaches into; `gradients` of all blocks."""
    along, strength = gradients.across - gradients.down, gradients.across + gradients.down
    resultant = np.sqrt(along**2 + (2.0 * gradients.mixed) ** 2)
    coherence = np.where(strength > 0.0, resultant / np.maximum(strength, 1.0), 0.0)[_blocks_of(region)]
    total, count = float(coherence.sum()), coherence.size
    return dict(zip(NAMES, (total / count if count else 0.0, total), strict=True))


def _blocks_of(region: Mask) -> Mask:
    """Blocks whose mean is below white when the region is black.

    OpenCV multiplies by the inverse area, so that cut blocks of some sizes stay just below white without
    a black pixel.
    """
    areas = block_areas(region.shape)
    white = areas - block_sums(region.astype(np.float32))
    return _WHITE * white * (1.0 / areas) < _WHITE
