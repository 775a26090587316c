"""Which fingers are met on a hand, and how large they are."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from firmware.quality.fingerprint.measures import measure
from firmware.records.samples import FingerPosition
from simulator.people.facts import Sex
from simulator.people.finger_flow import RidgeClass
from simulator.people.finger_kinds import FingerKind, draw_class, draw_hand_size, draw_kind
from simulator.people.fingerprints import finger_master


def _rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


@pytest.mark.parametrize(
    ("position", "outward", "inward"),
    [
        (FingerPosition.RIGHT_MIDDLE, RidgeClass.RIGHT_LOOP, RidgeClass.LEFT_LOOP),
        (FingerPosition.LEFT_MIDDLE, RidgeClass.LEFT_LOOP, RidgeClass.RIGHT_LOOP),
    ],
)
def test_nearly_all_loops_open_towards_the_little_finger(
    position: FingerPosition, outward: RidgeClass, inward: RidgeClass
) -> None:
    rng = _rng()
    met = Counter(draw_class(rng, position) for _ in range(1000))
    assert met[outward] > 20 * met[inward]


def test_ten_fingers_hold_as_many_whorls_and_arches_as_east_asian_collections_tell() -> None:
    rng = _rng()
    met = Counter(draw_class(rng, position) for position in FingerPosition for _ in range(500))
    assert 0.4 <= (met[RidgeClass.WHORL] + met[RidgeClass.DOUBLE_LOOP]) / 5000 <= 0.5
    assert 0.01 <= (met[RidgeClass.ARCH] + met[RidgeClass.TENTED_ARCH]) / 5000 <= 0.025


def test_thumbs_are_coarse_and_little_fingers_fine() -> None:
    thumbs, littles = (
        [draw_kind(_rng(seed), position).period_px for seed in range(50)]
        for position in (FingerPosition.RIGHT_THUMB, FingerPosition.RIGHT_LITTLE)
    )
    assert np.mean(thumbs) > 1.1 * np.mean(littles)


def test_a_hand_grows_with_age_and_is_finer_on_women() -> None:
    sizes = [draw_hand_size(_rng(), age, Sex.MALE) for age in (6.0, 10.0, 14.0, 30.0)]
    assert sizes == sorted(sizes)
    assert sizes[0] == pytest.approx(0.67 * sizes[-1])
    assert draw_hand_size(_rng(), 30.0, Sex.FEMALE) == pytest.approx(0.89 * sizes[-1])


def test_a_finger_of_another_size_has_ridges_of_another_period() -> None:
    kind = FingerKind(RidgeClass.WHORL)
    man, child = (finger_master(_rng(), kind=replace(kind, size=size)) for size in (1.0, 0.67))
    assert measure(man).ridge_period_px == pytest.approx(kind.period_px, rel=0.08)
    assert measure(child).ridge_period_px == pytest.approx(0.67 * kind.period_px, rel=0.08)
    assert measure(child).foreground_mm2 < 0.6 * measure(man).foreground_mm2
