"""The iris measure on real eyes and on pictures that are none."""

from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.quality.iris.assessment import assess_iris
from firmware.quality.iris.geometry import Ellipse
from firmware.quality.iris.limits import IrisLimits, Scale
from firmware.quality.iris.segmentation import segment

LIMITS = load_limits(IrisLimits, "iris.toml")
REAL_EYES = {  # pupil and iris circles as read off the pictures by eye: x, y, r
    "nist-biomdi/eye0_640x480.png": ((376, 240, 44), (382, 239, 115)),
    "nist-biomdi/eye1_640x480.png": ((327, 251, 44), (320, 253, 114)),
    "mosip-samples/bioutils_Sample_IRIS_2005.png": ((298, 296, 41), (296, 298, 120)),
    "mosip-samples/bioutils_info_right_registration.png": ((191, 142, 51), (190, 143, 117)),
    "mosip-samples/mockmds_Default_Registration_Left_Iris.png": ((199, 151, 45), (208, 155, 131)),
    "mosip-samples/mockmds_Default_Registration_Right_Iris.png": ((216, 157, 43), (211, 159, 132)),
    "mosip-samples/mockmds_Default_Auth_Left_Iris.png": ((199, 145, 47), (196, 143, 121)),
    "open-iris-anonymised/anonymized.png": ((328, 234, 63), (325, 234, 119)),
}


def _grey(file: Path) -> NDArray[np.uint8]:
    image = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    assert image is not None
    return image.astype(np.uint8)


def _overlap(circle: tuple[int, int, int], found: Ellipse) -> float:
    """Intersection over union."""
    y, x = np.mgrid[:480, :640].astype(np.float32)
    one = np.hypot(x - circle[0], y - circle[1]) <= circle[2]
    other = found.reach(x, y) <= 1
    return float((one & other).sum() / (one | other).sum())


@pytest.mark.parametrize("name", REAL_EYES)
def test_a_real_eye_is_segmented_where_a_person_would(shared_data: Path, name: str) -> None:
    eye = segment(_grey(shared_data / "iris" / name))

    assert eye is not None
    pupil, iris = REAL_EYES[name]
    assert (eye.pupil.x, eye.pupil.y, eye.pupil.r) == pytest.approx(pupil, abs=3)
    assert (eye.iris.x, eye.iris.y, eye.iris.r) == pytest.approx(iris, abs=5)
    assert _overlap(pupil, eye.pupil) >= 0.9
    assert _overlap(iris, eye.iris) >= 0.9
    assert eye.confidence > 0.8


@pytest.mark.parametrize("name", ["eye0_640x480.png", "eye1_640x480.png", "irex_left_640x480.png"])
def test_a_good_real_eye_is_accepted(shared_data: Path, name: str) -> None:
    report = assess_iris(_grey(shared_data / "iris" / "nist-biomdi" / name), LIMITS)

    assert report.accepted
    assert report.score >= 60
    assert report.advice is None


def test_nothing_in_front_of_the_camera_asks_for_an_eye() -> None:
    report = assess_iris(np.full((480, 640), 40, np.uint8), LIMITS)

    assert not report.accepted
    assert report.score == 0
    assert report.advice is Advice.EYE_SHOW


@settings(max_examples=40)
@given(arrays(np.uint8, st.tuples(st.integers(0, 90), st.integers(0, 120))))
def test_any_picture_gets_a_report(image: NDArray[np.uint8]) -> None:
    report = assess_iris(image, LIMITS)

    assert 0 <= report.score <= 100


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(2, 60))
def test_any_blotchy_picture_gets_a_report(seed: int, blotch: int) -> None:
    coarse = np.random.default_rng(seed).integers(0, 256, (blotch, blotch), np.uint8)
    image = cv2.resize(coarse, (320, 240), interpolation=cv2.INTER_CUBIC).astype(np.uint8)

    assert 0 <= assess_iris(image, LIMITS).score <= 100


def test_a_scale_may_run_downwards() -> None:
    blur_px = Scale(fatal=12, accept=7, best=4)

    assert [blur_px.score(value) for value in (13, 7, 5.5, 4, 1)] == [0, 60, 80, 100, 100]
    assert blur_px.passes(7)
    assert not blur_px.passes(7.01)
