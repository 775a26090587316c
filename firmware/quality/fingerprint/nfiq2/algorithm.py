"""NFIQ 2 v2.3 at 500 pixels per inch: exact in 65 of its 69 features, estimated in the four of minutiae."""

import numpy as np

from firmware.quality.fingerprint.minutiae.minutiae import Minutiae
from firmware.quality.fingerprint.nfiq2.block_features import BlockView, block_features
from firmware.quality.fingerprint.nfiq2.blocks import Greys
from firmware.quality.fingerprint.nfiq2.estimate import (
    FROM_BLOCKS,
    FROM_MINUTIAE,
    MinutiaeEstimate,
    estimate_inputs,
)
from firmware.quality.fingerprint.nfiq2.forest import Forest
from firmware.quality.fingerprint.nfiq2.found import found_inputs
from firmware.quality.fingerprint.nfiq2.frame import GreyImage, inside_near_white_frame
from firmware.quality.fingerprint.nfiq2.names import FEATURES, MINUTIAE
from firmware.quality.fingerprint.nfiq2.result import Actionable, Nfiq2Result, Refusal

# Not NFIQ 2's id: its minutiae are estimated.
FROM_BLOCKS_ID = "tram-nfiq2-blocks/1"
FROM_MINUTIAE_ID = "tram-nfiq2-minutiae/1"

_LEAST_SIDE_PX = 100  # where NFIQ 2.3 itself begins to score (measured)
_LARGEST_PX = (1000, 800)  # rows and columns: FingerJet's limits
_FEWEST_RIDGE_BLOCKS = 10  # NFIQ 2.3 refuses to make ten bins of fewer


class Nfiq2:
    """The quality algorithm of NIST with one forest; keeps nothing of an image."""

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._from_blocks = MinutiaeEstimate.load(FROM_BLOCKS)
        self._from_minutiae = MinutiaeEstimate.load(FROM_MINUTIAE)

    def assess(self, image: GreyImage, minutiae: Minutiae | None = None) -> Nfiq2Result:
        """Judge `image`, (rows, columns) uint8 of any size at 500 pixels per inch, 8 or 4 bits deep.

        minutiae: those of the same image, where they are known; they bring the score closer to NFIQ 2's.
        An image that cannot be judged is a result with a refusal.
        """
        if min(image.shape) == 0:
            return _refused(Refusal.TOO_SMALL, Actionable(0.0, 0.0))
        rows, columns = inside_near_white_frame(image)
        print_ = np.ascontiguousarray(image[rows, columns])
        greys = Greys.of(print_)
        seen = Actionable(greys.mean, greys.spread)
        if (refusal := _refusal(print_, seen)) is not None:
            return _refused(refusal, seen)
        view = BlockView.of(print_, greys)
        if np.count_nonzero(view.shows_ridges) < _FEWEST_RIDGE_BLOCKS:
            return _refused(Refusal.NO_RIDGES, seen)
        return self._judged(view, minutiae, (rows.start, columns.start))

    def _judged(self, view: BlockView, minutiae: Minutiae | None, corner: tuple[int, int]) -> Nfiq2Result:
        blocks = block_features(view)
        inputs = estimate_inputs(view, blocks)
        if minutiae is None:
            algorithm, estimated = FROM_BLOCKS_ID, self._from_blocks.features(inputs)
        else:
            inputs |= found_inputs(view, minutiae, corner)
            algorithm, estimated = FROM_MINUTIAE_ID, self._from_minutiae.features(inputs)
        features = {name: (blocks | estimated)[name] for name in FEATURES}
        score = self._forest.score(np.array([*features.values()]))
        foreground_px = float(np.count_nonzero(view.region))
        actionable = Actionable(view.greys.mean, view.greys.spread, features[MINUTIAE], foreground_px)
        return Nfiq2Result(score, algorithm, False, actionable, features=features)


def _refusal(image: GreyImage, seen: Actionable) -> Refusal | None:
    checks = (
        (seen.is_empty, Refusal.EMPTY),
        (seen.is_uniform, Refusal.UNIFORM),
        (min(image.shape) < _LEAST_SIDE_PX, Refusal.TOO_SMALL),
        (image.shape[0] > _LARGEST_PX[0] or image.shape[1] > _LARGEST_PX[1], Refusal.TOO_LARGE),
    )
    return next((refusal for applies, refusal in checks if applies), None)


def _refused(refusal: Refusal, seen: Actionable) -> Nfiq2Result:
    return Nfiq2Result(0, FROM_BLOCKS_ID, False, seen, refusal)
