"""The simulated eye before the iris camera."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from firmware.quality.iris.segmentation import segment
from firmware.records.samples import EyeSide
from simulator.people.eye_optics import EyePose
from simulator.people.eye_scene import EyeScene
from simulator.people.eyes import EyeMaster, eye_master


@cache
def _eye() -> EyeMaster:
    return eye_master(np.random.default_rng(3), EyeSide.LEFT)


def _scene(eye: EyeMaster | np.ndarray[tuple[int, ...], np.dtype[np.uint8]], pose: EyePose) -> EyeScene:
    scene = EyeScene(np.random.default_rng(5), blinks=False)
    scene.present(eye, pose)
    return scene


def test_the_same_seed_shows_the_same_frames() -> None:
    first, again = (_scene(_eye(), EyePose()).picture(1.5) for _ in range(2))

    assert first.shape == (480, 640)
    assert first.dtype == np.uint8
    assert np.array_equal(first, again)


def test_an_eye_sways_from_frame_to_frame() -> None:
    scene = _scene(_eye(), EyePose())

    one, other = scene.truth(0.0), scene.truth(2.0)

    assert one is not None
    assert other is not None
    assert 1 < np.hypot(one.iris.x - other.iris.x, one.iris.y - other.iris.y) < 40


def test_an_eye_at_twice_the_distance_is_half_as_large_and_blurred() -> None:
    near, far = (_scene(_eye(), EyePose(distance_mm=mm)).truth(0.0) for mm in (300, 600))

    assert near is not None
    assert far is not None
    assert far.iris.along / near.iris.along == pytest.approx(0.49, abs=0.01)
    assert near.blur_px < 3 < 25 < far.blur_px


def test_the_truth_is_where_the_product_finds_the_eye() -> None:
    scene = _scene(_eye(), EyePose(shift_mm=(2, -1), roll_deg=5))

    truth, found = scene.truth(0.0), segment(scene.picture(0.0))

    assert truth is not None
    assert found is not None
    assert (found.iris.x, found.iris.y, found.iris.r) == pytest.approx(
        (truth.iris.x, truth.iris.y, truth.iris.along), abs=3.0
    )
    assert (found.pupil.x, found.pupil.y, found.pupil.r) == pytest.approx(
        (truth.pupil.x, truth.pupil.y, truth.pupil.along), abs=1.5
    )


def test_less_open_lids_leave_less_iris() -> None:
    shares = [
        truth.usable
        for openness in (1.0, 0.6, 0.3, 0.0)
        if (truth := _scene(_eye(), EyePose(openness=openness)).truth(0.0)) is not None
    ]

    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.8
    assert shares[-1] == 0


def test_a_blink_shuts_the_eye_for_a_moment() -> None:
    scene = EyeScene(np.random.default_rng(8))
    scene.present(_eye())

    shares = [truth.usable for step in range(150) if (truth := scene.truth(step / 15)) is not None]

    assert min(shares) < 0.2
    assert 1 <= sum(share < 0.5 for share in shares) <= 8


def test_a_picture_of_a_real_eye_is_shown_as_it_was_taken() -> None:
    taken = _scene(_eye(), EyePose()).picture(0.0)
    still = replace(EyePose(), noise=0.0)

    shown = _scene(taken, still).picture(0.0)

    here, there = segment(taken), segment(shown)
    assert here is not None
    assert there is not None
    assert there.iris.r == pytest.approx(here.iris.r, rel=0.015)


def test_nothing_is_seen_after_the_eye_was_removed() -> None:
    scene = _scene(_eye(), EyePose())

    scene.remove()

    assert not scene.is_presented
    assert scene.truth(0.0) is None
    assert segment(scene.picture(0.0)) is None
