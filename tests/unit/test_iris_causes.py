"""That the advice is against the cause, where another one lies nearer. Seeds below 1000 were tuned on."""

import numpy as np
import pytest

from firmware.capture.policy.loader import load_limits
from firmware.quality.advice import Advice
from firmware.quality.iris.assessment import assess_iris
from firmware.quality.iris.glare import is_at_side, mirrors
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.iris.measures import measure
from firmware.quality.iris.segmentation import segment
from tests.eyes import eye_frame, overlap

LIMITS = load_limits(IrisLimits, "iris.toml")


@pytest.mark.parametrize(
    ("kind", "seed", "advice"),
    [
        pytest.param("glare", 100, Advice.EYE_GLASSES, id="glare-that-passes-for-a-lid"),
        pytest.param("glare", 121, Advice.EYE_GLASSES, id="patches-of-glare-that-touch"),
        pytest.param("ptosis", 108, Advice.EYE_OPEN, id="a-lid-over-the-pupil-is-no-blur"),
        pytest.param("heavy_lid", 103, Advice.EYE_OPEN, id="half-a-pupil-is-not-turned"),
        pytest.param("ptosis", 136, Advice.EYE_OPEN, id="skin-that-is-too-bright-is-no-glare"),
        pytest.param("motion", 111, Advice.EYE_STILL, id="a-pupil-that-moved-looks-long"),
        pytest.param("aside", 112, Advice.EYE_LOOK, id="who-looks-aside-hides-iris-in-the-corner"),
        pytest.param("shut", 106, Advice.EYE_OPEN, id="lashes-on-bright-skin-are-no-overexposed-eye"),
        pytest.param("off_margin", 103, Advice.EYE_CENTRE, id="an-eye-cut-in-half-by-the-edge"),
    ],
)
def test_the_nearer_cause_is_not_taken_for_the_true_one(kind: str, seed: int, advice: Advice) -> None:
    report = assess_iris(eye_frame(seed, kind)[0], LIMITS)

    assert not report.accepted
    assert report.advice is advice


def test_a_patch_of_glare_is_told_with_its_place_and_size() -> None:
    image = np.full((480, 640), 110, np.uint8)
    image[200:260, 300:380] = 255

    (patch,) = mirrors(image)

    assert (patch.x, patch.y) == pytest.approx((339.5, 229.5), abs=2)
    assert patch.r == pytest.approx((60 * 80 / np.pi) ** 0.5, rel=0.05)


def test_white_with_noise_in_it_is_skin_and_not_a_lamp() -> None:
    image = np.full((480, 640), 110, np.uint8)
    image[200:260, 300:380] = np.random.default_rng(1).choice([248, 255], (60, 80), p=[0.2, 0.8])

    assert mirrors(image) == []


@pytest.mark.parametrize("size", [(0, 0), (1, 5), (40, 1)])
def test_a_picture_too_small_for_anything_shows_nothing(size: tuple[int, int]) -> None:
    image = np.zeros(size, np.uint8)

    assert mirrors(image) == []
    assert not is_at_side(image)


@pytest.mark.parametrize("seed", [113, 130])
def test_lashes_over_the_pupil_do_not_make_it_tall(seed: int) -> None:
    image, truth = eye_frame(seed, "fold")
    eye = segment(image)

    assert eye is not None
    assert eye.pupil.y == pytest.approx(truth.pupil.y, abs=4)
    assert eye.confidence > LIMITS.confidence.accept


def test_lashes_and_the_shadow_of_the_lid_do_not_count_as_lid() -> None:
    errors: list[float] = []
    for seed in range(100, 112):
        image, truth = eye_frame(seed, "none")
        eye = segment(image)
        assert eye is not None
        errors.append(measure(image, eye).usable_percent - 100 * truth.usable)

    assert abs(float(np.median(errors))) < 2


def test_a_dark_blot_in_a_clouded_pupil_does_not_pass_for_a_pupil() -> None:
    image, truth = eye_frame(5007, "milky")
    eye = segment(image)

    assert eye is None or eye.confidence < LIMITS.confidence.accept or overlap(truth.pupil, eye.pupil) > 0.9


@pytest.mark.parametrize("seed", [103, 113])
def test_a_pupil_hardly_darker_than_its_iris_is_looked_for_inside_it(seed: int) -> None:
    image, truth = eye_frame(seed, "milky")
    eye = segment(image)

    assert eye is not None
    assert overlap(truth.pupil, eye.pupil) > 0.9
    assert overlap(truth.iris, eye.iris) > 0.9


@pytest.mark.parametrize(
    "shape", [(1, 1), (2, 3), (1, 640), (640, 1), (2, 1 << 18), (1 << 18, 2), (9, 1 << 15)]
)
@pytest.mark.parametrize("grey", [0, 120, 255])
def test_a_picture_that_is_hardly_one_holds_no_eye(shape: tuple[int, int], grey: int) -> None:
    image = np.full(shape, grey, np.uint8)

    report = assess_iris(image, LIMITS)

    assert (report.accepted, report.value("confidence")) == (False, 0.0)
