"""Fits the estimate of NFIQ 2's minutiae features and writes its weights: ten minutes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.fingerprint.nfiq2.block_features import BlockView, block_features
from firmware.quality.fingerprint.nfiq2.blocks import Greys
from firmware.quality.fingerprint.nfiq2.estimate import estimate_inputs
from firmware.quality.fingerprint.nfiq2.found import found_inputs
from firmware.quality.fingerprint.nfiq2.frame import GreyImage, inside_near_white_frame
from firmware.quality.fingerprint.nfiq2.names import MINUTIAE_FEATURES
from simulator.people.fingerprints import finger_master
from simulator.people.impressions import Touch, impression
from tests.nfiq2.degraded import degraded
from tests.nfiq2.oracle import Oracle
from tests.nfiq2.prints import SETS, golden_prints

SEED = 44
GENERATED_FINGERS = 100
RIDGE = 10.0
FVC_WEIGHT = 4.0  # 30 prints of full size against 250 small ones

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Example:
    """What both estimates see of one print, what the original says, and how much it counts."""

    from_blocks: Mapping[str, float]
    from_minutiae: Mapping[str, float]
    targets: Values
    weight: float


def examples(finger: Path, oracle: Oracle) -> Iterator[Example]:
    """The tuned-on prints, degraded copies of them, and generated fingers as they are and degraded."""
    rng = np.random.default_rng(SEED)
    tuned = [golden for name in SETS for golden in golden_prints(finger, name) if golden.is_tuned_on]
    for golden in tuned:
        is_full_size = golden.set_name == "fvc_mixed_dalin"
        yield from _labelled(golden.image, oracle, FVC_WEIGHT if is_full_size else 1.0)
        for _ in range(4 if is_full_size else 1):
            yield from _labelled(degraded(golden.image, rng), oracle)
    for _ in range(GENERATED_FINGERS):
        touched = _touched(rng)
        yield from _labelled(touched, oracle)
        yield from _labelled(degraded(touched, rng), oracle)


def _touched(rng: np.random.Generator) -> GreyImage:
    touch = Touch(moisture=rng.uniform(0.1, 0.9), rotation_deg=rng.uniform(-20.0, 20.0))
    return impression(finger_master(rng), rng, touch)


def _labelled(image: GreyImage, oracle: Oracle, weight: float = 1.0) -> Iterator[Example]:
    verdict = oracle.assess(image)
    if verdict is None:
        return
    rows, columns = inside_near_white_frame(image)
    print_ = np.ascontiguousarray(image[rows, columns])
    view = BlockView.of(print_, Greys.of(print_))
    blocks = estimate_inputs(view, block_features(view))
    found = found_inputs(view, find_minutiae(image), (rows.start, columns.start))
    yield Example(blocks, blocks | found, _targets(verdict.features), weight)


def _targets(features: Mapping[str, float]) -> Values:
    """Counts as logarithms of one more: an error of ten matters less among a hundred."""
    near, count, in_grey, certain = (features[name] for name in MINUTIAE_FEATURES)
    return np.array([np.log1p(near), np.log1p(count), in_grey, certain])


def fitted(of: list[Example], inputs: list[Mapping[str, float]]) -> str:
    """The weights of a ridge regression from `inputs`, one an example, as TOML."""
    given: Values = np.array([[*each.values()] for each in inputs])
    targets: Values = np.array([example.targets for example in of])
    weights: Values = np.array([example.weight for example in of])
    means, spreads = given.mean(axis=0), given.std(axis=0) + 1e-9
    scaled, offsets = (given - means) / spreads, weights @ targets / weights.sum()
    left: Values = scaled.T @ (scaled * weights[:, None]) + RIDGE * np.eye(means.size)
    right: Values = scaled.T @ ((targets - offsets) * weights[:, None])
    solved: Values = np.linalg.inv(left) @ right
    return "\n".join(_lines([*inputs[0]], means, spreads, solved, offsets))


def _lines(
    names: list[str], means: Values, spreads: Values, weights: Values, offsets: Values
) -> Iterator[str]:
    yield "# Made by `python -m tests.nfiq2 fit`. Counts are estimated as logarithms of one more."
    yield f"\n[offsets]\n{_pairs(offsets)}"
    for name, mean, spread, row in zip(names, means, spreads, weights, strict=True):
        yield f"\n[inputs.{name}]\nmean = {mean:.6g}\nspread = {spread:.6g}"
        yield f"[inputs.{name}.weights]\n{_pairs(row)}"
    yield ""


def _pairs(values: Values) -> str:
    return "\n".join(f"{name} = {value:.6g}" for name, value in zip(MINUTIAE_FEATURES, values, strict=True))
