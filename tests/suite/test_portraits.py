"""Many people before the portrait camera, and what is told of them."""

from dataclasses import replace

import pytest

from simulator.portraits.command import complaints_of, report, share_with_interval
from simulator.portraits.visiting import PortraitGiven, portrait_of

GOOD = PortraitGiven(1, 30, "saved", "", 1, True, 2.0, (), True, 80, (), 1.0)
SECOND = replace(GOOD, seed=2, age_years=70, tries=2, accepted_s=12.0, advice=("face_back", "face_back"))
FORCED = replace(GOOD, seed=3, tries=3, is_accepted=False, accepted_s=None, is_the_frame_that_passed=False)


def test_only_an_accepted_first_try_counts_as_one() -> None:
    everybody, *_ = report([GOOD, SECOND, FORCED])

    assert "3 people, accepted at the first try 33.3 %" in everybody
    assert "7.0 s (median)" in everybody
    assert "2.00 tries, 2 accepted" in everybody


def test_a_hint_counts_once_a_person() -> None:
    assert "people told: face_back 1; doubtful signals: none" in report([GOOD, SECOND])


def test_a_picture_that_is_not_the_frame_that_passed_is_a_complaint_and_a_forced_one_is_none() -> None:
    other = replace(GOOD, seed=4, is_the_frame_that_passed=False)

    assert complaints_of([GOOD, FORCED]) == []
    assert complaints_of([other]) == ["person 4's picture is not the frame that passed"]
    assert complaints_of([replace(GOOD, outcome="crashed")]) == ["person 1 ended crashed"]


def test_an_interval_is_wilsons() -> None:
    assert share_with_interval(9, 10) == pytest.approx((0.9, 0.5958, 0.9821), abs=1e-4)
    assert share_with_interval(10, 10)[2] == pytest.approx(1.0)


@pytest.mark.slow
def test_a_persons_portrait_is_told_from_their_real_visit() -> None:
    given = portrait_of(5)

    assert (given.outcome, given.is_accepted) == ("saved", True)
    assert given.is_the_frame_that_passed
    assert given.accepted_s is not None
    assert given.score is not None
