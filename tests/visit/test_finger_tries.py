"""The rules of the loop: what follows each presentation of one finger."""

from datetime import UTC, datetime

import numpy as np
import pytest

from firmware.capture.finger_tries import FingerTries, Look, Turn
from firmware.capture.policy.finger_loop import load_finger_loop
from firmware.capture.stopping import load_stopping_rule
from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport
from firmware.records.samples import (
    DeviceWarning,
    ExceptionReason,
    FingerPosition,
    Modality,
    Rejection,
    Sample,
)

NOON = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)
RING = FingerPosition.LEFT_RING
LOOP = load_finger_loop()
REFUSED = Look(None, Rejection.SENSOR_MESSY, Advice.FINGER_WIPE)


@pytest.fixture
def tries() -> FingerTries:
    return FingerTries(RING, threshold=30, first_tries=3, loop=LOOP, stopping=load_stopping_rule())


def look(
    score: int,
    *,
    warnings: tuple[DeviceWarning, ...] = (),
    seen_as: FingerPosition | None = None,
    advice: Advice | None = None,
) -> Look:
    """A presentation of that score, of which `advice` is said; accepted from 30 on."""
    accepted = score >= 30
    report = QualityReport("test/1", score, accepted, (), advice)
    image = np.full((4, 4), score, np.uint8)
    sample = Sample(Modality.FINGERPRINT, RING, image, report, 1, NOON, "test", warnings=warnings)
    rejection = None if accepted else Rejection.BELOW_THRESHOLD
    if warnings:
        rejection = Rejection.DEVICE_WARNING
    return Look(sample, Rejection.SEEN_BEFORE if seen_as else rejection, report.advice, seen_as)


def turns(tries: FingerTries, *looks: Look) -> list[Turn]:
    """What follows each of those presentations."""
    return [tries.took(each, 1.0) for each in looks]


def test_a_good_finger_is_taken_at_once(tries: FingerTries) -> None:
    assert turns(tries, look(80)) == [Turn.TAKEN]


def test_a_finger_gets_three_tries_and_one_more_when_the_others_are_done(tries: FingerTries) -> None:
    assert turns(tries, look(10), look(20), look(5)) == [Turn.AGAIN, Turn.AGAIN, Turn.LATER]
    tries.offer_again()
    assert turns(tries, look(15)) == [Turn.OVER]
    artefact = tries.artefact()
    assert artefact.forced
    assert artefact.sample is not None
    assert artefact.sample.report.score == 20
    assert [attempt.number for attempt in artefact.attempts] == [1, 2, 3, 4]


def test_of_equal_images_the_latest_is_kept_and_no_third_is_asked_for_at_once(tries: FingerTries) -> None:
    first, second = look(20), look(20)
    assert turns(tries, first, second) == [Turn.AGAIN, Turn.LATER]
    assert tries.artefact().sample is second.sample


def test_a_finger_of_which_no_image_came_is_unreadable(tries: FingerTries) -> None:
    turns(tries, REFUSED, REFUSED, REFUSED)
    artefact = tries.artefact()
    assert artefact.exception is ExceptionReason.UNREADABLE
    assert artefact.sample is None
    assert [attempt.rejection for attempt in artefact.attempts] == [Rejection.SENSOR_MESSY] * 3


def test_only_the_last_try_of_a_round_takes_any_image(tries: FingerTries) -> None:
    lasts = [tries.is_last_try]
    for _ in range(2):
        tries.took(REFUSED, 1.0)
        lasts.append(tries.is_last_try)
    assert lasts == [False, False, True]


def test_nothing_laid_on_is_no_bad_image_and_has_a_limit_of_its_own(tries: FingerTries) -> None:
    given = [tries.was_not_given() for _ in range(LOOP.not_given_limit)]
    assert given == [*[Turn.AGAIN] * (LOOP.not_given_limit - 1), Turn.LATER]
    artefact = tries.artefact()
    assert artefact.attempts == ()
    assert artefact.not_given == LOOP.not_given_limit


def test_an_image_under_a_warning_is_kept_only_when_there_is_no_other(tries: FingerTries) -> None:
    doubtful = look(90, warnings=(DeviceWarning.PLATE_NOT_CLEAR,))
    assert turns(tries, doubtful) == [Turn.AGAIN]
    assert tries.artefact().sample is doubtful.sample
    assert tries.artefact().forced
    clear = look(12)
    turns(tries, clear)
    assert tries.artefact().sample is clear.sample


def test_a_finger_shown_twice_loses_its_images_and_the_second_time_calls_an_attendant(
    tries: FingerTries,
) -> None:
    again = look(70, seen_as=FingerPosition.LEFT_INDEX)
    assert turns(tries, look(20), again) == [Turn.AGAIN, Turn.AGAIN]
    assert tries.artefact().sample is None
    assert turns(tries, again) == [Turn.CALL]
    assert [attempt.seen_as for attempt in tries.made[1:]] == [FingerPosition.LEFT_INDEX] * 2


def test_a_good_image_outlives_another_finger_that_comes_when_it_is_taken_again(tries: FingerTries) -> None:
    good = look(70)
    turns(tries, good)
    tries.begin_again()
    turns(tries, look(80, seen_as=FingerPosition.LEFT_INDEX))
    assert tries.artefact().sample is good.sample


def test_after_the_attendant_has_looked_there_is_another_try(tries: FingerTries) -> None:
    turns(tries, *[look(70, seen_as=FingerPosition.LEFT_INDEX)] * 2)
    tries.looked_at("CB-0042")
    assert turns(tries, look(70)) == [Turn.TAKEN]
    assert tries.artefact().looked_at_by == "CB-0042"


def test_without_an_attendant_the_finger_waits_for_its_last_try_and_then_it_is_over(
    tries: FingerTries,
) -> None:
    turns(tries, *[look(70, seen_as=FingerPosition.LEFT_INDEX)] * 2)
    assert tries.skip_round() is Turn.LATER
    tries.offer_again()
    assert tries.skip_round() is Turn.OVER


def test_a_finger_taken_again_on_request_keeps_the_best_of_all(tries: FingerTries) -> None:
    turns(tries, look(60))
    tries.begin_again()
    turns(tries, look(40))
    artefact = tries.artefact()
    assert artefact.sample is not None
    assert artefact.sample.report.score == 60
    assert len(artefact.attempts) == 2


def test_every_attempt_says_what_was_asked_for(tries: FingerTries) -> None:
    turns(tries, REFUSED, look(12), look(50))
    thresholds = [attempt.threshold for attempt in tries.artefact().attempts]
    assert thresholds == [30, 30, 30]
