"""The law by date, what a visit asks for, and which phase may follow which."""

from datetime import date, timedelta

import numpy as np
import pytest

from firmware.records.samples import EyeSide, FingerPosition
from firmware.visit.phases import FOLLOWS, Phase, PhaseOutOfOrder, enter
from firmware.visit.plan import all_parts, every_capture
from firmware.visit.rules import NoRuleForDate, rules_on

FIRST_DAY = date(2024, 7, 1)


def test_rules_hold_from_their_first_day_on() -> None:
    assert rules_on(FIRST_DAY).in_force_from == FIRST_DAY
    assert rules_on(date(2026, 11, 22)).in_force_from == FIRST_DAY


def test_a_day_before_the_first_rule_is_an_error_that_names_the_date() -> None:
    with pytest.raises(NoRuleForDate, match="2024-06-30"):
        rules_on(FIRST_DAY - timedelta(days=1))


def test_an_adult_gives_a_portrait_ten_fingers_in_the_order_of_the_law_and_both_eyes() -> None:
    keys = [part.key for part in all_parts(every_capture(rules_on(FIRST_DAY)))]
    fingers = [f"finger_{position.value}" for position in FingerPosition]
    eyes = [f"eye_{side.value}" for side in EyeSide]
    assert keys == ["portrait", *fingers, *eyes]


def test_every_walk_through_the_phases_can_end() -> None:
    rng = np.random.default_rng(1)
    for _ in range(200):
        phase = Phase.ATTRACT
        for _ in range(100):
            following = sorted(FOLLOWS[phase])
            if not following:
                break
            phase = enter(phase, following[int(rng.integers(len(following)))])
        assert phase is Phase.ENDED or Phase.ENDED in FOLLOWS[phase]


@pytest.mark.parametrize("phase", Phase)
def test_a_phase_that_is_not_listed_raises(phase: Phase) -> None:
    for other in set(Phase) - FOLLOWS[phase] - {phase}:
        with pytest.raises(PhaseOutOfOrder):
            enter(phase, other)


@pytest.mark.parametrize("phase", sorted(set(Phase) - {Phase.ENDED, Phase.SAVE}))
def test_a_visit_can_end_in_every_phase(phase: Phase) -> None:
    assert enter(phase, Phase.ENDED) is Phase.ENDED
