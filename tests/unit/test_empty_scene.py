"""The scene without a person: lamp, camera and backdrop."""

from pathlib import Path

import numpy as np
import pytest

from firmware.quality.portrait.model import FaceModel
from firmware.quality.portrait.scene import assess_empty_scene
from firmware.quality.report import Verdict
from tests.portrait_quality.faults import HELD_OUT, SCENE
from tests.portrait_quality.scenes import FIT, UNFIT, failing
from tests.portraits import Pixels


def _failing(pixels: Pixels) -> set[str]:
    report = assess_empty_scene(pixels, SCENE)
    return {part.name for part in report.components if part.verdict is Verdict.FAIL}


def _plain(red: int, green: int, blue: int) -> Pixels:
    return np.full((1280, 960, 3), (red, green, blue), np.uint8)


def test_an_even_white_backdrop_is_fit_and_nobody_is_advised() -> None:
    report = assess_empty_scene(_plain(190, 192, 191), SCENE)

    assert report.accepted
    assert report.advice is None
    assert report.score >= 50


@pytest.mark.parametrize(
    ("pixels", "component"),
    [
        (_plain(60, 60, 60), "scene_luminance"),
        (_plain(255, 255, 255), "scene_clipped"),
        (_plain(150, 190, 240), "scene_cast"),
    ],
)
def test_a_lamp_or_a_camera_at_fault_is_named(pixels: Pixels, component: str) -> None:
    report = assess_empty_scene(pixels, SCENE)

    assert component in _failing(pixels)
    assert not report.accepted
    assert report.score < 50


def test_one_dark_lamp_of_two_is_uneven() -> None:
    fall = np.linspace(230, 120, 960)[None, :, None].repeat(1280, axis=0).repeat(3, axis=2)

    assert "scene_difference" in _failing(fall.astype(np.uint8))


def test_a_small_frame_is_judged_as_a_large_one() -> None:
    rng = np.random.default_rng(0)
    large = (190 + rng.normal(0, 2, (1728, 1296, 3))).clip(0, 255).astype(np.uint8)

    assert not _failing(large)
    assert not _failing(large[:640, :480])


@pytest.mark.slow
@pytest.mark.parametrize("category", [*FIT, *UNFIT])
def test_the_backdrop_behind_real_people_is_told_fit_from_unfit(
    category: str, model: FaceModel, shared_data: Path
) -> None:
    found = [bool(failing(shared_data, category, subject, model)) for subject in HELD_OUT]

    assert found == [category in UNFIT] * len(HELD_OUT)
