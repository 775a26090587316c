"""Frequency domain analysis (FDA): how much of a block's spectrum along the ridges' normal is one wave."""

import numpy as np

from firmware.quality.fingerprint.nfiq2.blocks import Grid
from firmware.quality.fingerprint.nfiq2.histogram import histogram_features
from firmware.quality.fingerprint.nfiq2.slanted import Slanted

MEASURE = "FDA"
_LIMITS = (0.268, 0.304, 0.33, 0.355, 0.38, 0.407, 0.44, 0.50, 1.0)
_NEIGHBOUR_SHARE = 0.3


def frequency_features(slanted: Slanted) -> dict[str, float]:
    """Of blocks (blocks, 32, 16) uint8 whose ridges lie flat."""
    return histogram_features(MEASURE, _LIMITS, wave_share(slanted))


def wave_share(slanted: Slanted) -> Grid:
    """(blocks,): the strongest wave and 0.3 of its neighbours over all waves but the shortest.

    1 where the longest wave is the strongest. The mirrored half of the spectrum brings the shortest
    wave's second neighbour.
    """
    rows = slanted.sum(axis=2, dtype=np.int32) / slanted.shape[2]
    waves = np.abs(np.fft.rfft(rows, axis=1))[:, 1:]
    mirrored = np.concatenate([waves, waves[:, -2:-1]], axis=1)
    strongest = waves.argmax(axis=1)
    block = np.arange(int(strongest.size), dtype=np.intp)
    beside = mirrored[block, np.maximum(strongest - 1, 0)] + mirrored[block, strongest + 1]
    share = waves[block, strongest] + _NEIGHBOUR_SHARE * beside
    is_longest = strongest == 0
    return np.where(is_longest, 1.0, share / np.where(is_longest, 1.0, waves[:, :-1].sum(axis=1)))
