"""Two irises as codes, and the eyes of one visit."""

from functools import cache

import numpy as np
import pytest

from firmware.capture.policy.same_eye import load_same_eye
from firmware.matching.iris_code import UNKNOWN, IrisCode, distance, encode
from firmware.matching.irises_seen import IrisesSeen, Sides, are_of_one_eye, compare_sides
from firmware.quality.iris.segmentation import segment
from firmware.quality.iris.unrolled import COLUMNS, ROWS, Unrolled, unroll
from firmware.records.samples import EyeSide
from tests.eyes import impression_frame

LEFT, RIGHT = EyeSide.LEFT, EyeSide.RIGHT
LIMITS = load_same_eye()


@cache
def _code(seed: int, occasion: int = 0) -> IrisCode:
    image = impression_frame(seed, occasion)
    eye = segment(image)
    assert eye is not None
    return encode(unroll(image, eye))


def _noise(seed: int) -> Unrolled:
    grey = np.random.default_rng(seed).normal(100, 10, (ROWS, COLUMNS)).astype(np.float32)
    return Unrolled(grey, np.ones((ROWS, COLUMNS), np.bool_))


def test_a_code_is_at_no_distance_from_itself() -> None:
    assert distance(_code(600), _code(600)) == 0


def test_the_distance_is_the_same_from_either_side() -> None:
    assert distance(_code(600), _code(600, 1)) == pytest.approx(distance(_code(600, 1), _code(600)), abs=0.01)


def test_one_eye_on_two_occasions_is_near_and_another_far() -> None:
    assert distance(_code(600), _code(600, 1)) <= LIMITS.same_eye
    assert distance(_code(600), _code(601)) > LIMITS.same_eye


@pytest.mark.parametrize("shift", [-10, -3, 4, 11])
def test_a_head_turned_aside_is_the_same_eye(shift: int) -> None:
    straight = _noise(1)
    turned = Unrolled(np.roll(straight.grey, 2 * shift, axis=1), straight.seen)

    assert distance(encode(straight), encode(turned)) == pytest.approx(0, abs=0.01)


def test_a_head_turned_too_far_is_not() -> None:
    straight = _noise(1)

    assert (
        distance(encode(straight), encode(Unrolled(np.roll(straight.grey, 64, axis=1), straight.seen))) > 0.4
    )


def test_what_is_hidden_does_not_count() -> None:
    iris, seen = _noise(2), np.ones((ROWS, COLUMNS), np.bool_)
    seen[:, 300:440] = False
    covered = Unrolled(np.where(seen, iris.grey, np.float32(250)), seen)

    assert distance(encode(iris), encode(covered)) < 0.1


def test_codes_with_too_little_in_common_are_unknown_to_each_other() -> None:
    iris, seen = _noise(3), np.zeros((ROWS, COLUMNS), np.bool_)
    seen[:, :90] = True

    assert distance(encode(iris), encode(Unrolled(iris.grey, seen))) == UNKNOWN
    assert distance(encode(iris), encode(Unrolled(iris.grey, np.zeros_like(seen)))) == UNKNOWN


def test_the_same_eye_shown_twice_is_recalled_by_its_first_side() -> None:
    seen = IrisesSeen(LIMITS.same_eye)
    seen.keep(RIGHT, _code(600))

    assert seen.recall(_code(600, 1)) is RIGHT
    assert seen.recall(_code(601)) is None


def test_a_forgotten_side_is_free_again_and_the_end_of_a_visit_leaves_nothing() -> None:
    seen = IrisesSeen(LIMITS.same_eye)
    seen.keep(RIGHT, _code(600))
    seen.keep(LEFT, _code(601))
    seen.forget(RIGHT)
    assert seen.recall(_code(600)) is None
    assert seen.recall(_code(601)) is LEFT

    seen.clear()

    assert seen.recall(_code(601)) is None


def test_frames_of_one_eye_agree_and_those_of_two_do_not() -> None:
    assert are_of_one_eye([_code(600)], LIMITS.same_frame)
    assert are_of_one_eye([_code(600), _code(600, 2)], LIMITS.same_frame)
    assert not are_of_one_eye([_code(600), _code(600, 2), _code(601)], LIMITS.same_frame)


def test_sides_are_told_against_an_earlier_record() -> None:
    earlier = {RIGHT: _code(600), LEFT: _code(601)}

    assert (
        compare_sides({RIGHT: _code(600, 1), LEFT: _code(601, 1)}, earlier, LIMITS.same_eye)
        is Sides.AS_BEFORE
    )
    assert (
        compare_sides({RIGHT: _code(601, 1), LEFT: _code(600, 1)}, earlier, LIMITS.same_eye) is Sides.SWAPPED
    )
    assert compare_sides({RIGHT: _code(602), LEFT: _code(603)}, earlier, LIMITS.same_eye) is Sides.UNLIKE
    assert compare_sides({LEFT: _code(600, 1)}, earlier, LIMITS.same_eye) is Sides.SWAPPED


def test_without_an_eye_of_the_same_side_there_is_nothing_to_compare() -> None:
    assert compare_sides({LEFT: _code(601, 1)}, {}, LIMITS.same_eye) is Sides.NOTHING_TO_COMPARE
    other_side = compare_sides({LEFT: _code(601, 1)}, {RIGHT: _code(600)}, LIMITS.same_eye)
    assert other_side is Sides.NOTHING_TO_COMPARE


def test_the_same_eye_on_both_sides_contradicts_itself() -> None:
    earlier = {RIGHT: _code(600), LEFT: _code(601)}

    assert (
        compare_sides({RIGHT: _code(600, 1), LEFT: _code(600, 2)}, earlier, LIMITS.same_eye) is Sides.UNLIKE
    )


def test_nothing_of_an_iris_shows_in_a_repr() -> None:
    seen = IrisesSeen(LIMITS.same_eye)
    seen.keep(RIGHT, _code(600))

    assert repr(seen) == "IrisesSeen()"
    assert repr(_code(600)) == "IrisCode()"
    assert repr(_noise(1)) == "Unrolled()"
