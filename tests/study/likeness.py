"""How alike the impressions of one finger are to the product's own matcher, and how much it finds in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firmware.matching.similarity import similarity
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from tests.study.prints import VIEWS, Print

FIRMWARE = Path(__file__).parents[2] / "firmware"
CODE = (FIRMWARE / "matching", FIRMWARE / "quality" / "fingerprint" / "minutiae")
CERTAIN = 0.6  # of a minutia's certainty


@dataclass(frozen=True, slots=True, eq=False)
class Own:
    """likeness: (n, n), 0 between fingers and on the diagonal. certain: (n,) minutiae of some certainty."""

    likeness: NDArray[np.float64]
    certain: NDArray[np.int64]


def own(name: str, view: str, prints: Sequence[Print], cache: Path) -> Own:
    """Of every impression; from `cache` when the present code measured it before."""
    file = cache / f"own-{_version()}-{name}-{view}.npz"
    if not file.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        fresh = _measured(view, prints)
        np.savez(file, likeness=fresh.likeness, certain=fresh.certain)
    with np.load(file, allow_pickle=False) as kept:
        return Own(kept["likeness"], kept["certain"])


def _version() -> str:
    """A short name of the present code of extractor and matcher."""
    files = sorted(path for folder in CODE for path in folder.glob("*.py"))
    return sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:8]


def _measured(view: str, prints: Sequence[Print]) -> Own:
    found = [find_minutiae(VIEWS[view](one)) for one in prints]
    likeness = np.zeros((len(prints), len(prints)))
    for one, other in combinations(range(len(prints)), 2):
        if prints[one].finger == prints[other].finger:
            likeness[one, other] = likeness[other, one] = similarity(found[one], found[other])
    certain = [int((minutiae.certainties > CERTAIN).sum()) for minutiae in found]
    return Own(likeness, np.array(certain))
