"""The study's own arithmetic, on figures made up so that the answer is known."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from firmware.capture.stopping import StoppingRule
from tests.study.discard import genuine, kept, missed_share
from tests.study.intervals import over_fingers
from tests.study.oracle import Judged, threshold_of
from tests.study.prints import Print, as_r307, whole
from tests.study.stopping import Evidence, Rule, best, compared, last, ours, presented_until, reaches, replay

FINGERS = np.array([1, 1, 1, 1, 2, 2, 2, 2])
SCORES = np.array([20, 45, 25, 20, 50, 50, 50, 50])
ALONE = Evidence(SCORES, np.zeros((8, 8)))


def _judged() -> Judged:
    """Of finger 1 the second impression alone is found again; of finger 2 every one."""
    similarity = np.zeros((8, 8), np.int64)
    similarity[1, :4] = similarity[:4, 1] = 60
    similarity[4:, 4:] = 60
    return Judged(FINGERS, SCORES, similarity, threshold=35)


def test_a_threshold_rule_uses_presentations_until_one_reaches_it() -> None:
    rule = Rule("40", reaches(40), best)
    assert list(presented_until(rule, (0, 1, 2), ALONE)) == [0, 1]
    assert list(presented_until(rule, (0, 2, 3), ALONE)) == [0, 2, 3]


def test_the_best_is_kept_and_the_latest_of_equals() -> None:
    assert best((0, 1, 2), ALONE) == 1
    assert best((0, 3), ALONE) == 3
    assert last((1, 0), ALONE) == 0


def test_our_rule_stops_when_a_presentation_is_surely_found_again() -> None:
    alike = np.zeros((8, 8))
    alike[0, 2] = alike[2, 0] = 9.0
    rule = Rule("ours", ours(StoppingRule(same_score_within=0, sure_similarity=5.0)), best)
    assert list(presented_until(rule, (0, 2, 1), ALONE)) == [0, 2, 1]
    assert list(presented_until(rule, (0, 2, 1), Evidence(SCORES, alike))) == [0, 2]


def test_a_replay_counts_presentations_and_misses_of_each_finger() -> None:
    played = replay(Rule("one", reaches(0), last), _judged(), ALONE, (1, 2))
    assert played.used.tolist() == [1.0, 1.0]
    assert played.missed.tolist() == [pytest.approx(0.5), 0.0]


def test_two_rules_are_compared_finger_by_finger() -> None:
    judged = _judged()
    one, three = (replay(Rule("", reaches(score), best), judged, ALONE, (1, 2)) for score in (0, 100))
    figures = compared(one, three)
    assert figures.saved.value == pytest.approx(2 / 3)
    assert figures.more_misses.value == pytest.approx(0.25)
    assert figures.more_misses.low <= figures.more_misses.value <= figures.more_misses.high


def test_the_threshold_lets_at_most_one_impostor_in_a_thousand_through() -> None:
    fingers = np.arange(100)
    similarity = np.zeros((100, 100), np.int64)
    similarity[0, 1:7] = similarity[1:7, 0] = (11, 12, 13, 14, 15, 16)
    assert threshold_of(fingers, similarity) == 13


def test_leaving_out_the_poor_impressions_leaves_out_their_misses() -> None:
    judged = _judged()
    pairs, stays = genuine(judged), kept(np.array([0.0, 9, 1, 2, 9, 9, 9, 9]), 0.375)
    everyone = np.ones(len(pairs.one))
    assert missed_share(pairs, np.ones((1, 8), bool), everyone) == pytest.approx(3 / 12)
    assert missed_share(pairs, stays, everyone) == 0.0


def test_a_figure_without_spread_has_an_interval_without_width() -> None:
    figure = over_fingers(lambda drawn: float(np.ones(7)[drawn].mean()), 7)
    assert (figure.low, figure.value, figure.high) == (1.0, 1.0, 1.0)


def test_a_small_print_is_seen_whole_by_the_r307_and_in_sixteen_levels(tmp_path: Path) -> None:
    file = tmp_path / "print.png"
    stripes = np.where(np.arange(100)[:, None] % 8 < 4, 30, 240) + np.zeros((100, 90))
    cv2.imwrite(str(file), stripes.astype(np.uint8))
    seen = as_r307(Print(1, file, 500.0))
    assert seen.shape == (288, 256)
    assert set(np.unique(seen)) == {17, 255}
    assert whole(Print(1, file, 1000.0)).shape == (50, 45)
