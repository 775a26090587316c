"""The simulated eye before the iris camera."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from firmware.quality.iris.segmentation import segment
from firmware.records.samples import EyeSide
from simulator.people.eye_lids import Lids
from simulator.people.eye_optics import EyePose, path_px
from simulator.people.eye_scene import EyeScene
from simulator.people.eye_traits import ContactLens, EyeTraits, draw_pupils
from simulator.people.eyeball import draw_eyeball
from simulator.people.eyes import EyeMaster, another_impression, eye_master
from simulator.people.person import invented_irises


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
    near, far = (_scene(_eye(), EyePose(distance_mm=mm)).truth(0.0) for mm in (280, 560))

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


def _shares(traits: EyeTraits, seconds: float = 6.0) -> list[float]:
    scene = EyeScene(np.random.default_rng(8))
    scene.present(eye_master(np.random.default_rng(3), EyeSide.LEFT, traits))
    return [
        truth.usable for step in range(int(15 * seconds)) if (truth := scene.truth(step / 15)) is not None
    ]


def test_a_blinker_blinks_more_often() -> None:
    seldom, often = _shares(EyeTraits()), _shares(EyeTraits(blink_every_s=1.0))

    assert sum(share < 0.5 for share in often) > 2 * sum(share < 0.5 for share in seldom)


def test_a_nystagmus_never_rests_and_a_squint_looks_aside() -> None:
    beating = _scene(
        eye_master(np.random.default_rng(3), EyeSide.LEFT, EyeTraits(nystagmus_deg=5)), EyePose()
    )
    aside = _scene(
        eye_master(np.random.default_rng(3), EyeSide.LEFT, EyeTraits(squint_deg=(30, 0))), EyePose()
    )

    places = [truth.pupil.x for step in range(12) if (truth := beating.truth(step / 30)) is not None]
    squinting = aside.truth(0.0)

    assert max(places) - min(places) > 20
    assert squinting is not None
    assert squinting.iris.across / squinting.iris.along == pytest.approx(np.cos(np.radians(30)), abs=0.03)


def test_a_turned_pupil_looks_rounder_than_its_limbus() -> None:
    truth = _scene(replace(_eye()), EyePose(gaze_deg=(30, 0))).truth(0.0)

    assert truth is not None
    assert truth.pupil.across / truth.pupil.along > truth.iris.across / truth.iris.along


def test_a_fold_hides_the_inner_corner() -> None:
    lids = Lids(-0.9, 1.0, 0.0, fold=1.0, nose=1.0)
    x = np.array([-1.7, 1.7], np.float32)

    upper, lower = lids.edges(1.0, x)

    assert lower[1] - upper[1] < 0.6 * (lower[0] - upper[0])


def test_what_is_seen_of_the_iris_is_neither_lid_nor_pupil_nor_lamp() -> None:
    scene = _scene(_eye(), EyePose(openness=0.7))
    truth, image = scene.truth(0.0), scene.picture(0.0)

    assert truth is not None
    assert truth.seen.sum() == pytest.approx(truth.usable * np.pi * truth.iris.along**2 * 0.84, rel=0.2)
    assert 80 < np.median(image[truth.seen]) < 130
    assert not truth.seen[: int(truth.lids[0][:, 1].min())].any()


def test_twice_the_lamps_time_is_twice_the_light() -> None:
    short, long = (
        _scene(_eye(), EyePose(on_us=on_us, noise=0.0)).picture(0.0).astype(float) for on_us in (1000, 2000)
    )

    assert np.median(long[200:280, 260:300]) == pytest.approx(
        2 * np.median(short[200:280, 260:300]), rel=0.05
    )


def test_a_head_that_moves_smears_the_picture_by_its_speed_and_the_lamps_time() -> None:
    right, down = path_px(EyePose(speed_mm_s=(40, 0), on_us=2800))

    assert right == pytest.approx(2.2, abs=0.2)
    assert down == 0


def test_another_occasion_shows_the_same_eye_otherwise() -> None:
    eye = _eye()
    other = another_impression(eye, np.random.default_rng(1))

    assert other.pupil_ratio != eye.pupil_ratio
    assert other.lashes != eye.lashes
    alike = np.corrcoef(eye.ball.texture.ravel(), other.ball.texture.ravel())[0, 1]
    assert 0.3 < alike < 0.99


@pytest.mark.parametrize("lens", list(ContactLens))
def test_only_a_printed_lens_hides_the_iris_own_pattern(lens: ContactLens) -> None:
    bare = draw_eyeball(eye_master(np.random.default_rng(3), EyeSide.LEFT, EyeTraits()).ball, (0, 0))
    worn = draw_eyeball(eye_master(np.random.default_rng(3), EyeSide.LEFT, EyeTraits(lens=lens)).ball, (0, 0))
    ring = slice(300, 340), slice(560, 600)

    darker = float(np.mean(bare[ring] - worn[ring]))

    assert (darker > 5) is (lens is ContactLens.PATTERNED)


def test_the_two_pupils_of_a_person_are_alike() -> None:
    drawn = [draw_pupils(np.random.default_rng(seed), EyeTraits()) for seed in range(300)]
    ratios = np.array([[each[side] for side in EyeSide] for each in drawn])

    assert np.abs(np.diff(ratios)).max() < 0.07
    assert np.std(ratios.mean(axis=1)) > 0.04
    left, right = (invented_irises(1, 30)(side) for side in EyeSide)
    assert isinstance(left, EyeMaster)
    assert isinstance(right, EyeMaster)
    assert abs(left.pupil_ratio - right.pupil_ratio) < 0.07
