"""The first fingerprint quality on rings, noise and nothing."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from numpy.typing import NDArray

from firmware.capture.policy.fingers import load_finger_policy
from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport, Verdict
from firmware.records.samples import FingerPosition
from tests.fingerprints import judged
from tests.unit.ridges import COLUMNS, ROWS, quantised, rings

POLICY = load_finger_policy()
Image = NDArray[np.uint8]


def _assess(image: Image) -> QualityReport:
    return judged(image, POLICY.limits)


def _on_white(image: Image, rows: slice, columns: slice) -> Image:
    """Only this part of `image`; the rest of the glass is untouched."""
    seen = np.full_like(image, 255)
    seen[rows, columns] = image[rows, columns]
    return seen


def _noise(shape: tuple[int, int] = (ROWS, COLUMNS)) -> Image:
    return np.random.default_rng(7).integers(0, 256, shape).astype(np.uint8)


def _soaked(image: Image) -> Image:
    """Water fills the valleys and rounds every edge."""
    flooded = _on_white(cv2.erode(image, np.ones((7, 7))).astype(np.uint8), slice(20, 270), slice(20, 240))
    return cv2.GaussianBlur(flooded, (0, 0), 2.0).astype(np.uint8)


def _tip(image: Image) -> Image:
    """The round end of a finger that hardly touches."""
    outline = cv2.ellipse(np.zeros_like(image), (130, 145), (55, 60), 0.0, 0.0, 360.0, (1,), -1)
    return np.where(outline > 0, image, 255).astype(np.uint8)


def _dry(image: Image) -> Image:
    """Only a third of each ridge touches the glass."""
    skin = np.random.default_rng(7).normal(size=image.shape)
    return np.where(cv2.GaussianBlur(skin, (0, 0), 1.5) > 0.1, image, 255).astype(np.uint8)


def test_clear_ridges_are_accepted_without_advice() -> None:
    report = _assess(rings())
    assert (report.accepted, report.advice) == (True, None)
    assert report.algorithm == "tram-nfiq2-minutiae/1"
    assert {part.verdict for part in report.components} == {Verdict.PASS, Verdict.INFORM}


@pytest.mark.parametrize("period_px", [6.0, 7.5, 9.0, 11.0, 13.0])
def test_the_ridge_period_is_measured_in_pixels(period_px: float) -> None:
    assert _assess(rings(period_px)).value("ridge_period_px") == pytest.approx(period_px, rel=0.06)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_the_dark_share_of_the_ridges_is_measured(share: float) -> None:
    assert _assess(rings(share=share)).value("ridge_share") == pytest.approx(share, abs=0.06)


def test_straight_ridges_are_certain_of_their_direction() -> None:
    column = np.arange(COLUMNS)
    stripes = np.tile(128 + 120 * np.sin(2 * np.pi * column / 9.0), (ROWS, 1)).astype(np.uint8)
    assert _assess(stripes).value("ridge_certainty") == pytest.approx(1.0, abs=0.001)
    assert _assess(_noise()).value("ridge_certainty") < 0.15


@pytest.mark.parametrize(
    ("image", "advice"),
    [
        pytest.param(np.full((ROWS, COLUMNS), 255, np.uint8), Advice.FINGER_PLACE, id="white"),
        pytest.param(np.zeros((ROWS, COLUMNS), np.uint8), Advice.FINGER_PLACE, id="black"),
        pytest.param(quantised(rings(depth=0.1)), Advice.FINGER_GLASS, id="latent"),
        pytest.param(_noise(), Advice.FINGER_AGAIN, id="noise"),
        pytest.param(_soaked(rings(13.0)), Advice.FINGER_WIPE, id="soaked"),
        pytest.param(rings(4.0), Advice.FINGER_AGAIN, id="ridges too fine for a finger"),
        pytest.param(_on_white(rings(), slice(0, 110), slice(None)), Advice.FINGER_DOWN, id="upper part"),
        pytest.param(_on_white(rings(), slice(None), slice(160, None)), Advice.FINGER_LEFT, id="right part"),
        pytest.param(_tip(rings()), Advice.FINGER_PRESS, id="touch"),
        pytest.param(_dry(rings(share=0.4)), Advice.FINGER_BREATHE, id="broken ridges"),
    ],
)
def test_a_poor_image_is_rejected_with_the_likeliest_remedy(image: Image, advice: Advice) -> None:
    report = _assess(image)
    assert (report.accepted, report.advice) == (False, advice)


def test_sixteen_grey_levels_hardly_change_the_score() -> None:
    assert _assess(quantised(rings())).score == pytest.approx(_assess(rings()).score, abs=2)


def test_more_area_scores_higher() -> None:
    scores = [_assess(_on_white(rings(), slice(0, rows), slice(None))).score for rows in (96, 288)]
    assert scores[0] < scores[1]


def test_each_finger_has_its_own_score_to_reach() -> None:
    by_finger = [POLICY.limits_of(position).accept_score for position in FingerPosition]
    assert by_finger == [30, 30, 20, 10, 10] * 2


def test_a_score_below_the_asked_one_is_rejected() -> None:
    score = _assess(rings()).score
    just_enough = replace(POLICY.limits, accept_score=score)
    too_much = replace(POLICY.limits, accept_score=score + 1)
    assert judged(rings(), just_enough).accepted
    assert judged(rings(), too_much).advice is Advice.FINGER_AGAIN


_ANY_IMAGE = arrays.arrays(np.uint8, st.tuples(st.integers(1, 80), st.integers(1, 80)))


@given(_ANY_IMAGE)
@settings(max_examples=40, deadline=None)
def test_any_image_gives_a_report(image: Image) -> None:
    report = _assess(image)
    assert 0 <= report.score <= 100
    assert np.isfinite([part.value for part in report.components]).all()
    assert report.accepted is (report.advice is None)
