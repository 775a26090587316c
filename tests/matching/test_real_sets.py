"""An honest part of `python -m tests.matching`: sets that nothing was tuned on (some seconds)."""

from pathlib import Path

import pytest

from tests.matching.matchers import Ours, compare_all
from tests.matching.real_sets import ALILOU, FVC, MOSIP, on_the_sensor, read_set

pytestmark = pytest.mark.slow


def test_no_two_fingers_of_an_fvc_set_are_taken_for_one(shared_data: Path) -> None:
    prints = read_set(shared_data / "finger", FVC)[:36]

    made = compare_all(Ours(), prints)

    assert (len(made.scores.genuine), len(made.scores.impostor)) == (36, 594)
    assert made.scores.false_alarms(Ours().same_finger) == 0
    assert made.scores.caught(Ours().same_finger) >= 0.93
    assert made.mirrored.max() < Ours().same_finger


def test_ten_fingers_of_one_person_are_ten_on_the_sensor_too(shared_data: Path) -> None:
    prints = [on_the_sensor(print_) for print_ in read_set(shared_data / "finger", MOSIP)]

    made = compare_all(Ours(), prints)

    assert len(made.scores.genuine) == 12
    assert made.scores.false_alarms(Ours().same_finger) == 0
    assert made.scores.caught(Ours().same_finger) == 1.0


def test_most_repeats_on_a_small_sensor_are_noticed(shared_data: Path) -> None:
    alilou = read_set(shared_data / "finger", ALILOU)
    prints = [on_the_sensor(print_) for print_ in alilou if 26 <= int(print_.finger) <= 35]

    made = compare_all(Ours(), prints)

    assert (len(made.scores.genuine), len(made.scores.impostor)) == (100, 1125)
    assert made.scores.false_alarms(Ours().same_finger) == 0
    assert made.scores.caught(Ours().same_finger) >= 0.7
