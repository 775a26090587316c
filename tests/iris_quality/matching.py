"""How far codes of one eye and of two are apart, on generated eyes of several occasions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from time import process_time

import numpy as np
from numpy.typing import NDArray

from firmware.capture.policy.loader import load_limits
from firmware.capture.policy.same_eye import load_same_eye
from firmware.matching.iris_code import IrisCode, distance, encode
from firmware.quality.iris.assessment import assess_eye
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.iris.segmentation import segment
from firmware.quality.iris.unrolled import unroll
from tests.eyes import frame_again, impression_frame

LIMITS = load_limits(IrisLimits, "iris.toml")
OCCASIONS = 3
AGAIN = 3  # frames of one presentation
Distances = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Distances of eyes on different occasions, of different eyes, and of frames of one presentation."""

    genuine: Distances
    impostor: Distances
    presentation: Distances
    pair_ms: float


def code_of(image: NDArray[np.uint8]) -> IrisCode | None:
    """The code of an accepted frame; None of another, which is never compared."""
    eye = segment(image)
    if eye is None or not assess_eye(image, eye, LIMITS).accepted:
        return None
    return encode(unroll(image, eye))


def compare(seeds: range) -> Comparison:
    """All pairs of the eyes of these seeds."""
    frames = ((seed, occasion) for seed in seeds for occasion in range(OCCASIONS))
    found = {frame: code_of(impression_frame(*frame)) for frame in frames}
    codes = {frame: code for frame, code in found.items() if code is not None}
    begun_s = process_time()
    pairs = [
        (one[0] == other[0], distance(codes[one], codes[other])) for one, other in combinations(codes, 2)
    ]
    pair_ms = (process_time() - begun_s) * 1000 / max(len(pairs), 1)
    return Comparison(
        genuine=np.array([apart for is_same, apart in pairs if is_same]),
        impostor=np.array([apart for is_same, apart in pairs if not is_same]),
        presentation=_within_presentations(codes, seeds),
        pair_ms=pair_ms,
    )


def _within_presentations(codes: Mapping[tuple[int, int], IrisCode], seeds: range) -> Distances:
    apart: list[float] = []
    for seed in seeds:
        again = [code_of(frame_again(seed, number)) for number in range(AGAIN)]
        known = [code for code in (*again, codes.get((seed, 0))) if code is not None]
        apart += [distance(one, other) for one, other in combinations(known, 2)]
    return np.array(apart)


def lines(seeds: range) -> Iterator[str]:
    """The table."""
    made, limits = compare(seeds), load_same_eye()
    for name, distances in (
        ("one eye, two occasions", made.genuine),
        ("one eye, one presentation", made.presentation),
        ("two eyes", made.impostor),
    ):
        yield (
            f"{name}: {len(distances)} pairs, {distances.mean():.3f} ± {distances.std():.3f},"
            f" {distances.min():.3f} to {distances.max():.3f}"
        )
    for threshold in (0.30, 0.33, 0.35, 0.38):
        missed, taken = (made.genuine > threshold).mean(), (made.impostor <= threshold).mean()
        yield f"at {threshold:.2f}: one eye missed {missed:.2%}, two taken for one {taken:.3%}"
    twice = (made.presentation <= limits.same_eye).mean()
    consistent = (made.presentation <= limits.same_frame).mean()
    yield f"the same eye shown twice in one visit: caught {twice:.2%}; frames that agree: {consistent:.2%}"
    yield f"{made.pair_ms:.3f} ms a comparison"
