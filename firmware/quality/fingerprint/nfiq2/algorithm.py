"""NFIQ 2 v2.3 at 500 pixels per inch: exact in 65 of its 69 features, estimated in the four of minutiae."""

import numpy as np

from firmware.quality.fingerprint.nfiq2.block_features import BlockView, block_features
from firmware.quality.fingerprint.nfiq2.blocks import Greys
from firmware.quality.fingerprint.nfiq2.estimate import MinutiaeEstimate, estimate_inputs
from firmware.quality.fingerprint.nfiq2.forest import Forest
from firmware.quality.fingerprint.nfiq2.frame import GreyImage, without_near_white_frame
from firmware.quality.fingerprint.nfiq2.names import FEATURES, MINUTIAE
from firmware.quality.fingerprint.nfiq2.result import Actionable, Nfiq2Result, Refusal

ALGORITHM = "tram-nfiq2-blocks/1"  # not NFIQ 2's id: its minutiae are estimated

_LEAST_SIDE_PX = 100  # where NFIQ 2.3 itself begins to score (measured)
_LARGEST_PX = (1000, 800)  # rows and columns: FingerJet's limits
_FEWEST_RIDGE_BLOCKS = 10  # NFIQ 2.3 refuses to make ten bins of fewer


class Nfiq2:
    """The quality algorithm of NIST with one forest; keeps nothing of an image."""

    def __init__(self, forest: Forest, estimate: MinutiaeEstimate | None = None) -> None:
        self._forest = forest
        self._estimate = estimate or MinutiaeEstimate.load()

    def assess(self, image: GreyImage) -> Nfiq2Result:
        """Judge `image`, (rows, columns) uint8 of any size at 500 pixels per inch, 8 or 4 bits deep.

        An image that cannot be judged is a result with a refusal.
        """
        if min(image.shape) == 0:
            return _refused(Refusal.TOO_SMALL, Actionable(0.0, 0.0))
        print_ = np.ascontiguousarray(without_near_white_frame(image))
        greys = Greys.of(print_)
        seen = Actionable(greys.mean, greys.spread)
        refusal = _refusal(print_, seen)
        if refusal is not None:
            return _refused(refusal, seen)
        return self._judged(BlockView.of(print_, greys), seen)

    def _judged(self, view: BlockView, seen: Actionable) -> Nfiq2Result:
        if np.count_nonzero(view.shows_ridges) < _FEWEST_RIDGE_BLOCKS:
            return _refused(Refusal.NO_RIDGES, seen)
        blocks = block_features(view)
        minutiae = self._estimate.features(estimate_inputs(view, blocks))
        features = {name: (blocks | minutiae)[name] for name in FEATURES}
        score = self._forest.score(np.array([*features.values()]))
        foreground_px = float(np.count_nonzero(view.region))
        actionable = Actionable(seen.mean_grey, seen.spread, features[MINUTIAE], foreground_px)
        return Nfiq2Result(score, ALGORITHM, False, actionable, features=features)


def _refusal(image: GreyImage, seen: Actionable) -> Refusal | None:
    checks = (
        (seen.is_empty, Refusal.EMPTY),
        (seen.is_uniform, Refusal.UNIFORM),
        (min(image.shape) < _LEAST_SIDE_PX, Refusal.TOO_SMALL),
        (image.shape[0] > _LARGEST_PX[0] or image.shape[1] > _LARGEST_PX[1], Refusal.TOO_LARGE),
    )
    return next((refusal for applies, refusal in checks if applies), None)


def _refused(refusal: Refusal, seen: Actionable) -> Nfiq2Result:
    return Nfiq2Result(0, ALGORITHM, False, seen, refusal)
