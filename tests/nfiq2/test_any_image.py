"""NFIQ 2 in numpy on whatever a sensor may send."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firmware.models import fingerprint_forest
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.fingerprint.nfiq2.algorithm import Nfiq2
from firmware.quality.fingerprint.nfiq2.forest import Forest
from firmware.quality.fingerprint.nfiq2.frame import GreyImage
from firmware.quality.fingerprint.nfiq2.names import FEATURES
from firmware.quality.fingerprint.nfiq2.result import Nfiq2Result, Refusal
from tests.unit.ridges import quantised, rings

NFIQ2 = Nfiq2(Forest.load(fingerprint_forest()))


def _is_whole(result: Nfiq2Result) -> bool:
    """A refusal without features, or a score with all of them, none of them nan."""
    if result.refusal is not None:
        return result.score == 0 and not result.features
    return (
        0 <= result.score <= 100
        and tuple(result.features) == FEATURES
        and bool(np.isfinite([*result.features.values()]).all())
    )


@given(
    st.integers(0, 240),
    st.integers(0, 240),
    st.integers(0, 2**32 - 1),
    st.sampled_from(["noise", "rings", "half"]),
)
def test_an_image_of_any_size_gets_a_verdict(rows: int, columns: int, seed: int, kind: str) -> None:
    rng = np.random.default_rng(seed)
    image: GreyImage = rng.integers(0, 256, (rows, columns), dtype=np.uint8)
    if kind != "noise" and image.size:
        image = rings(float(rng.uniform(3.0, 15.0)), rows=rows, columns=columns)
    if kind == "half":
        image[rows // 2 :] = 255

    assert _is_whole(NFIQ2.assess(image))


@pytest.mark.parametrize(
    ("image", "refusal"),
    [
        (np.full((300, 300), 255, np.uint8), Refusal.EMPTY),
        (np.full((300, 300), 251, np.uint8), Refusal.EMPTY),
        (np.zeros((300, 300), np.uint8), Refusal.UNIFORM),
        (np.full((300, 300), 128, np.uint8), Refusal.UNIFORM),
        (rings(rows=99, columns=300), Refusal.TOO_SMALL),
        (rings(rows=300, columns=99), Refusal.TOO_SMALL),
        (np.zeros((0, 256), np.uint8), Refusal.TOO_SMALL),
        (rings(rows=1001, columns=300), Refusal.TOO_LARGE),
        (rings(rows=300, columns=801), Refusal.TOO_LARGE),
        (np.pad(rings(rows=70, columns=70), 130), Refusal.NO_RIDGES),
    ],
)
def test_what_cannot_be_judged_is_refused_with_a_reason(image: GreyImage, refusal: Refusal) -> None:
    result = NFIQ2.assess(image)

    assert result.refusal is refusal
    assert _is_whole(result)


@pytest.mark.parametrize("shape", [(100, 300), (300, 100), (1000, 800), (192, 192), (288, 256)])
def test_sizes_within_the_originals_limits_are_judged(shape: tuple[int, int]) -> None:
    result = NFIQ2.assess(rings(rows=shape[0], columns=shape[1]))

    assert result.refusal is None
    assert _is_whole(result)


def test_an_image_of_sixteen_grey_levels_is_judged() -> None:
    assert _is_whole(NFIQ2.assess(quantised(rings())))


def test_the_image_is_only_read() -> None:
    image = rings()
    before = image.copy()
    image.flags.writeable = False

    NFIQ2.assess(image)

    assert (image == before).all()


def test_a_part_of_a_larger_image_is_judged_as_that_part_alone() -> None:
    large = np.pad(rings(), 40, constant_values=90)

    assert NFIQ2.assess(large[40:-40, 40:-40]) == NFIQ2.assess(rings())


def test_a_white_frame_changes_nothing() -> None:
    assert NFIQ2.assess(np.pad(rings(), 60, constant_values=255)) == NFIQ2.assess(rings())


def test_estimated_minutiae_are_not_passed_off_as_the_original() -> None:
    result = NFIQ2.assess(rings())

    assert not result.is_exact
    assert result.algorithm.startswith("tram-")


def test_the_actionable_values_follow_the_originals_thresholds() -> None:
    actionable = NFIQ2.assess(rings(rows=400, columns=400)).actionable

    assert not actionable.is_empty
    assert not actionable.is_uniform
    assert actionable.has_foreground == (actionable.foreground_px >= 50_000)
    assert actionable.has_minutiae == (actionable.minutiae >= 5)


def test_no_pixel_and_no_feature_shows_in_the_text_of_a_result() -> None:
    assert "FDA" not in repr(NFIQ2.assess(rings()))


def test_known_minutiae_are_asked_and_the_algorithm_says_so() -> None:
    image = rings(rows=300, columns=300)

    without, with_them = NFIQ2.assess(image), NFIQ2.assess(image, find_minutiae(image))

    assert _is_whole(with_them)
    assert with_them.algorithm != without.algorithm
    assert not with_them.is_exact


def test_no_minutiae_at_all_are_a_verdict_too() -> None:
    assert _is_whole(NFIQ2.assess(rings(rows=300, columns=300), find_minutiae(rings(rows=4, columns=4))))
