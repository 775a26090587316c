"""How certainly two prints are of one finger.

Limits: made to notice the accidental repeat of a finger within one visit; never measured on a scale that
would allow a search in a register. A mirrored print does not match its original.
"""

import numpy as np

from firmware.matching.alignment import Alignment, align
from firmware.matching.described import Described, describe, flow_at
from firmware.quality.fingerprint.minutiae.minutiae import Minutiae

_SHARE_POWER = 2.0
_DOUBT = 4.0  # minutiae that are taken to differ beforehand, so that a few that meet by chance prove little
_UPRIGHT = float(np.cos(np.radians(75.0)))  # nobody turns a finger further by mistake
_TURNED_SHARE = 0.5  # of what prints have in common that would have to be turned further
_LEAST_DISAGREEMENT = 0.003  # what two impressions of one finger come to at best


def similarity(one: Minutiae, other: Minutiae) -> float:
    """The number of minutiae in common, discounted by all that speaks against one finger; from 0.

    What is enough says `firmware/capture/policy/same_finger.toml`.
    """
    return compare(describe(one), describe(other))


def compare(one: Described, other: Described) -> float:
    """The same for prints made ready before: discounted by the share of the minutiae in the common area that
    meet (squared), by how far the ridges' directions disagree there, and where one had to be turned far.
    """
    alignment = align(one, other)
    if alignment is None:
        return 0.0
    count = float(np.maximum(alignment.likeness, 0.0).sum())
    share = len(alignment.ones) / (_shared_minutiae(one, other, alignment) + _DOUBT)
    count *= 1.0 if alignment.motion.turn.real > _UPRIGHT else _TURNED_SHARE
    disagreement = max(1.0 - _agreement(one, other, alignment), 0.0) + _LEAST_DISAGREEMENT
    return count * min(share, 1.0) ** _SHARE_POWER * _LEAST_DISAGREEMENT / disagreement


def _shared_minutiae(one: Described, other: Described, alignment: Alignment) -> float:
    """Geometric mean of the numbers of minutiae that lie on the other's print."""
    ones = np.count_nonzero(flow_at(other.flow, alignment.motion.of(one.places)))
    others = np.count_nonzero(flow_at(one.flow, alignment.motion.back(other.places)))
    return float(np.sqrt(ones * others))


def _agreement(one: Described, other: Described, alignment: Alignment) -> float:
    """-1 to 1: mean cosine of twice the angle between the flows in the common area, the surer the heavier."""
    turned = flow_at(one.flow, one.cells) * np.complex64(alignment.motion.turn**2)
    under = flow_at(other.flow, alignment.motion.of(one.cells))
    weight = float((np.abs(turned) * np.abs(under)).sum())
    return float((turned * under.conj()).real.sum()) / weight if weight > 0.0 else -1.0
