"""The fingers of one visit."""

import numpy as np
import pytest

from firmware.capture.policy.same_finger import load_same_finger
from firmware.matching.described import describe
from firmware.matching.seen import FingersSeen
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.records.samples import FingerPosition
from tests.matching.drawn import minutiae_of

THUMB, INDEX, MIDDLE = FingerPosition.RIGHT_THUMB, FingerPosition.RIGHT_INDEX, FingerPosition.RIGHT_MIDDLE


@pytest.fixture
def seen() -> FingersSeen:
    """A visit in which thumb and index finger were accepted."""
    seen = FingersSeen(load_same_finger().same_finger)
    seen.keep(THUMB, minutiae_of(1))
    seen.keep(INDEX, minutiae_of(2))
    return seen


def test_a_finger_shown_twice_is_recalled_by_its_first_position(seen: FingersSeen) -> None:
    assert seen.recall(minutiae_of(1, 0.3)) is THUMB
    assert seen.recall(minutiae_of(2, -0.2)) is INDEX


def test_a_new_finger_is_nobodys(seen: FingersSeen) -> None:
    assert seen.recall(minutiae_of(3)) is None


def test_nothing_is_recalled_before_anything_was_accepted() -> None:
    assert FingersSeen(load_same_finger().same_finger).recall(minutiae_of(1)) is None


def test_a_retake_is_known_beside_the_first_print_since_the_better_one_is_kept(seen: FingersSeen) -> None:
    seen.keep(INDEX, minutiae_of(3))

    assert seen.recall(minutiae_of(3, 0.1)) is INDEX
    assert seen.recall(minutiae_of(2)) is INDEX


def test_a_forgotten_position_is_free_again(seen: FingersSeen) -> None:
    seen.forget(INDEX)
    seen.forget(MIDDLE)

    assert seen.recall(minutiae_of(2)) is None
    assert seen.recall(minutiae_of(1)) is THUMB


def test_the_end_of_a_visit_leaves_nothing(seen: FingersSeen) -> None:
    seen.clear()

    assert seen.recall(minutiae_of(1)) is None


def test_nothing_of_a_print_shows_in_a_repr(seen: FingersSeen) -> None:
    assert repr(seen) == "FingersSeen()"
    assert repr(describe(minutiae_of(1))) == "Described()"


def test_an_empty_print_is_nobodys_and_can_be_kept(seen: FingersSeen) -> None:
    empty = find_minutiae(np.full((288, 256), 255, np.uint8))

    seen.keep(MIDDLE, empty)

    assert seen.recall(empty) is None
    assert seen.recall(minutiae_of(2)) is INDEX
