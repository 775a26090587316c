"""Generated fingers pass for prints before NIST's own programs: a few that the study does not print."""

import numpy as np
import pytest

from simulator.people.impressions import Touch
from simulator.people.skin import Skin, lived_in
from tests.generated_fingers.figures import (
    MATCH,
    Judge,
    as_r307,
    finger_of,
    ordinary_impressions,
    similarities,
    whole,
)

pytestmark = pytest.mark.slow

MASTERS = range(100, 104)


@pytest.fixture(scope="module")
def judge() -> Judge:
    """NFIQ 2 and MINDTCT."""
    return Judge()


@pytest.fixture(scope="module")
def quick() -> Judge:
    """MINDTCT alone."""
    return Judge(with_quality=False)


def test_clean_fingers_score_and_branch_as_good_real_prints_do(judge: Judge, quick: Judge) -> None:
    seen = [whole(finger_of(seed, Skin()), Touch(), seed) for seed in MASTERS]
    scores = [judge.score(image) for image in seen]
    minutiae = [len(quick.minutiae(as_r307(image)).get()) for image in seen]
    assert 50 <= np.median(scores) <= 75
    assert min(scores) >= 40
    assert 28 <= np.median(minutiae) <= 46


def test_wet_dry_and_worn_fingers_score_low(judge: Judge) -> None:
    rng = np.random.default_rng(1)
    fingers = [finger_of(seed, Skin()) for seed in MASTERS[:2]]
    for moisture in (0.95, 0.0):
        assert max(judge.score(whole(finger, Touch(moisture=moisture), 1)) for finger in fingers) <= 35
    worn = [lived_in(finger, Skin(wear=0.9), rng) for finger in fingers]
    assert max(judge.score(whole(finger, Touch(), 1)) for finger in worn) <= 20


def test_impressions_of_one_finger_match_and_of_two_do_not(quick: Judge) -> None:
    genuine, impostor = similarities(quick, [ordinary_impressions(seed)[:3] for seed in MASTERS])
    assert 60 <= np.median(genuine) <= 150
    assert np.mean(np.array(genuine) < MATCH) <= 0.3
    assert max(impostor) < MATCH
