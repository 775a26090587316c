"""Similarity on drawn prints: what must not matter, and what must."""

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.capture.policy.same_finger import load_same_finger
from firmware.matching.similarity import similarity
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from tests.matching.drawn import drawn, minutiae_of
from tests.unit.ridges import quantised

ENOUGH = load_same_finger().same_finger


def _to_the_first(image: NDArray[np.uint8]) -> float:
    return similarity(minutiae_of(1), find_minutiae(image))


def test_a_print_has_nearly_all_its_minutiae_in_common_with_itself() -> None:
    minutiae = minutiae_of(1)

    assert 0.7 * len(minutiae) < similarity(minutiae, minutiae) < len(minutiae)


@pytest.mark.parametrize(
    ("turn", "shift"),
    [(-0.6, (0.0, 0.0)), (0.3, (30.0, -20.0)), (0.2, (-40.0, 10.0)), (1.2, (0.0, 25.0)), (3.1, (10.0, 10.0))],
)
def test_a_finger_put_down_otherwise_is_the_same_finger(turn: float, shift: tuple[float, float]) -> None:
    assert similarity(minutiae_of(1), minutiae_of(1, turn, shift)) > 4 * ENOUGH


def test_the_order_of_two_prints_matters_little() -> None:
    one, other = minutiae_of(1), minutiae_of(1, 0.2)

    assert similarity(one, other) == pytest.approx(similarity(other, one), rel=0.2)


def test_sixteen_grey_levels_are_enough() -> None:
    assert _to_the_first(quantised(drawn(1, turn=0.2))) > 4 * ENOUGH


@pytest.mark.parametrize("other", [2, 3, 4, 5])
def test_another_finger_is_not_the_same(other: int) -> None:
    assert similarity(minutiae_of(1), minutiae_of(other)) < ENOUGH / 2


def test_a_mirrored_print_is_not_the_same() -> None:
    assert _to_the_first(drawn(1)[:, ::-1].copy()) < ENOUGH / 2


@pytest.mark.parametrize("rows", [0, 8, 40, 200])
def test_nothing_is_like_a_blank_image(rows: int) -> None:
    blank = find_minutiae(np.full((rows, rows), 255, np.uint8))

    assert similarity(minutiae_of(1), blank) == 0.0
    assert similarity(blank, minutiae_of(1)) == 0.0
    assert similarity(blank, blank) == 0.0


def test_a_print_that_would_have_to_be_turned_over_counts_half() -> None:
    upright, over = (similarity(minutiae_of(1), minutiae_of(1, turn)) for turn in (0.2, 2.6))

    assert 0.35 < over / upright < 0.65
