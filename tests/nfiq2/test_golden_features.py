"""NFIQ 2 in numpy against the original's own figures for synthetic and real prints."""

import math
from pathlib import Path

import numpy as np
import pytest

from firmware.models import fingerprint_forest
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.fingerprint.nfiq2.algorithm import Nfiq2
from firmware.quality.fingerprint.nfiq2.forest import Forest
from firmware.quality.fingerprint.nfiq2.names import FEATURES, MINUTIAE_FEATURES
from firmware.quality.fingerprint.nfiq2.result import Nfiq2Result
from tests.nfiq2.prints import SETS, GoldenPrint, golden_prints

EXACT = [name for name in FEATURES if name not in MINUTIAE_FEATURES]
MEASURES = ("FDA", "LCS", "RVUP", "OCL", "OF", "MMB", "Mu", "ImgProcROIArea", "OrientationMap")


Judged = list[tuple[GoldenPrint, Nfiq2Result]]


@pytest.fixture(scope="module")
def nfiq2() -> Nfiq2:
    """With NIST's forest."""
    return Nfiq2(Forest.load(fingerprint_forest()))


def _differing(golden: GoldenPrint, ours: Nfiq2Result, names: list[str]) -> list[str]:
    """Those that differ by more than the six digits of the golden file leave open."""
    pairs = ((name, ours.features[name], golden.features[name]) for name in names)
    return [name for name, a, b in pairs if not math.isclose(a, b, rel_tol=6e-6, abs_tol=1e-9)]


@pytest.mark.parametrize("measure", MEASURES)
def test_a_measure_is_the_originals_on_synthetic_prints(
    shared_data: Path, nfiq2: Nfiq2, measure: str
) -> None:
    names = [name for name in EXACT if name.split("_")[0] == measure]
    print_ = next(golden_prints(shared_data / "finger", "sfinge_nfiq2"))

    assert names
    assert _differing(print_, nfiq2.assess(print_.image), names) == []


def test_the_measures_are_all_that_is_exact() -> None:
    assert {name.split("_")[0] for name in EXACT} == set(MEASURES)
    assert len(EXACT) == 65


@pytest.fixture(scope="module")
def judged(shared_data: Path, nfiq2: Nfiq2) -> Judged:
    """Prints stored at 500 pixels per inch with our verdict: one in five of the small-area set, else all."""
    prints = [
        print_
        for name, step in zip(SETS, (5, 1, 1, 1), strict=True)
        for print_ in list(golden_prints(shared_data / "finger", name))[::step]
    ]
    return [
        (print_, nfiq2.assess(print_.image, find_minutiae(print_.image)))
        for print_ in prints
        if print_.is_native
    ]


@pytest.mark.slow
@pytest.mark.parametrize("set_name", SETS)
def test_every_block_feature_is_the_originals_on_every_print(judged: Judged, set_name: str) -> None:
    of_set = [(golden, ours) for golden, ours in judged if golden.set_name == set_name]

    assert len(of_set) >= 5
    assert [golden.file for golden, ours in of_set if _differing(golden, ours, EXACT)] == []


@pytest.mark.slow
def test_the_foreground_is_the_originals_on_every_print(judged: Judged) -> None:
    ours = [result.actionable.foreground_px for _, result in judged]

    assert ours == [golden.foreground_px for golden, _ in judged]


@pytest.mark.slow
def test_the_score_comes_close_on_prints_it_was_not_tuned_on(judged: Judged) -> None:
    held_out = [(golden.score, result.score) for golden, result in judged if not golden.is_tuned_on]
    golden, ours = np.array(held_out, float).T

    assert len(held_out) == 44
    assert np.corrcoef(golden, ours)[0, 1] >= 0.95
    assert np.abs(golden - ours).mean() <= 3.5
    assert ((golden >= 30) == (ours >= 30)).mean() >= 0.93
