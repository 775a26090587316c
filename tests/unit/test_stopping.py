"""When the loop asks a person for the same finger again."""

from firmware.capture.stopping import StoppingRule, load_stopping_rule, worth_another
from firmware.quality.advice import Advice
from firmware.quality.report import QualityReport

RULE = StoppingRule(same_score_within=2, sure_similarity=5.0)


def _report(score: int, advice: Advice | None = Advice.FINGER_PRESS) -> QualityReport:
    return QualityReport("test/1", score, accepted=advice is None, components=(), advice=advice)


def test_a_finger_that_was_never_shown_is_asked_for() -> None:
    assert worth_another([], RULE)


def test_an_accepted_presentation_is_the_last() -> None:
    assert not worth_another([_report(20), _report(60, advice=None)], RULE)


def test_one_poor_presentation_is_worth_another() -> None:
    assert worth_another([_report(20)], RULE)


def test_the_same_score_for_the_same_cause_twice_is_what_this_skin_gives() -> None:
    assert not worth_another([_report(20), _report(22)], RULE)


def test_the_same_score_for_another_cause_is_worth_another() -> None:
    assert worth_another([_report(20), _report(20, Advice.FINGER_LEFT)], RULE)


def test_a_score_that_still_moves_is_worth_another() -> None:
    assert worth_another([_report(20), _report(25)], RULE)


def test_a_poor_presentation_that_is_surely_found_again_is_the_last() -> None:
    assert not worth_another([_report(10), _report(25)], RULE, similarity=5.0)


def test_the_policy_names_a_rule() -> None:
    assert load_stopping_rule().sure_similarity > 0.0
