"""Codes of generated eyes on several occasions; a small part of `python -m tests.iris_quality matching`."""

import numpy as np
import pytest

from firmware.capture.policy.same_eye import load_same_eye
from tests.iris_quality.matching import Comparison, compare

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

LIMITS = load_same_eye()


@pytest.fixture(scope="module")
def made() -> Comparison:
    """All pairs of a dozen eyes that nothing was tuned on."""
    return compare(range(1200, 1212))


def test_the_same_eye_shown_twice_in_a_visit_is_caught(made: Comparison) -> None:
    assert (made.presentation <= LIMITS.same_eye).mean() >= 0.98


def test_frames_of_one_presentation_agree(made: Comparison) -> None:
    assert (made.presentation <= LIMITS.same_frame).mean() >= 0.98


def test_no_two_eyes_pass_for_one(made: Comparison) -> None:
    assert (made.impostor > LIMITS.same_eye).mean() >= 0.999


def test_generated_occasions_differ_as_real_ones_did(made: Comparison) -> None:
    assert made.genuine.mean() == pytest.approx(0.14, abs=0.04)
    assert made.impostor.mean() == pytest.approx(0.446, abs=0.02)
    assert made.impostor.std() == pytest.approx(0.023, abs=0.01)
    assert np.median(made.genuine) < 0.5 * np.median(made.impostor)


def test_a_comparison_takes_no_millisecond(made: Comparison) -> None:
    assert made.pair_ms <= 1.0
