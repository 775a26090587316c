"""What the independent judges say of the prints: NIST's NFIQ 2, MINDTCT and Bozorth3, by nbis-py.

They serve as oracle only, here and nowhere in the product. A set takes minutes, so the figures are kept.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.study.prints import PIXELS_PER_INCH, VIEWS, GreyImage, Print

if TYPE_CHECKING:
    from nbis import Minutiae

FALSE_MATCH_RATE = 0.001
LITTLE_QUALITY = 0.0  # every minutia that MINDTCT finds


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Prints and what the oracle says of them, n of them.

    fingers: (n,) whose they are. nfiq2: (n,) 0 to 100. bozorth: (n, n) similarity.
    threshold: the lowest similarity that at most one pair in a thousand of different fingers of the whole
    set reaches.
    """

    fingers: NDArray[np.int64]
    nfiq2: NDArray[np.int64]
    bozorth: NDArray[np.int64]
    threshold: int

    def only(self, chosen: NDArray[np.bool_]) -> "Judged":
        """A part of the set, at the threshold of the whole."""
        return Judged(
            self.fingers[chosen], self.nfiq2[chosen], self.bozorth[np.ix_(chosen, chosen)], self.threshold
        )

    @property
    def impostor_pairs(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Every pair of impressions of different fingers, once."""
        one, other = np.triu_indices(len(self.fingers), 1)
        differ = self.fingers[one] != self.fingers[other]
        return one[differ], other[differ]

    @property
    def genuine_pairs(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Every pair of impressions of one finger, once."""
        one, other = np.triu_indices(len(self.fingers), 1)
        same = self.fingers[one] == self.fingers[other]
        return one[same], other[same]


def judged(name: str, view: str, prints: Sequence[Print], cache: Path) -> Judged:
    """The set as the oracle sees it, from `cache` when it was judged before."""
    file = cache / f"{name}-{view}.npz"
    if not file.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        scores, similarity = _judge([VIEWS[view](one) for one in prints])
        np.savez(file, nfiq2=scores, bozorth=similarity)
    fingers = np.array([one.finger for one in prints])
    with np.load(file, allow_pickle=False) as kept:
        bozorth = kept["bozorth"]
        return Judged(fingers, kept["nfiq2"], bozorth, threshold_of(fingers, bozorth))


def threshold_of(fingers: NDArray[np.int64], bozorth: NDArray[np.int64]) -> int:
    """The lowest similarity at which false matches stay within FALSE_MATCH_RATE."""
    one, other = np.triu_indices(len(fingers), 1)
    impostors = bozorth[one, other][fingers[one] != fingers[other]]
    return next(t for t in range(1, 1000) if np.mean(impostors >= t) <= FALSE_MATCH_RATE)


def _judge(images: Sequence[GreyImage]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """(n,) NFIQ 2, and (n, n) Bozorth3."""
    extract = _extraction()
    templates = [extract(image) for image in images]
    scores = [each.quality().score for each in templates]
    similarity = np.zeros((len(templates), len(templates)), np.int64)
    for row, one in enumerate(templates):
        for column in range(row):
            similarity[row, column] = similarity[column, row] = one.compare(templates[column])
    return np.array(scores), similarity


def _extraction() -> "Callable[[GreyImage], Minutiae]":
    import nbis  # noqa: PLC0415 -- x86-64 only

    settings = nbis.NbisExtractorSettings(
        min_quality=LITTLE_QUALITY,
        get_center=False,
        check_fingerprint=False,
        compute_nfiq2=True,
        ppi=float(PIXELS_PER_INCH),
    )
    extractor = nbis.new_nbis_extractor(settings)
    return lambda image: extractor.extract_minutiae(cv2.imencode(".png", image)[1].tobytes())
