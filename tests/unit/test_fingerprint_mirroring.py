"""Loops open towards the little finger, and a mirrored sensor turns all of them."""

from pathlib import Path

import numpy as np
import pytest

from firmware.quality.fingerprint.loops import Flow, loop_side
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.fingerprint.mirroring import Mirroring
from firmware.records.samples import FingerPosition
from tests.finger_quality.prints import on_sensor, read_set

OUTWARD = {position: 1 if position <= FingerPosition.RIGHT_LITTLE else -1 for position in FingerPosition}


def _seen(sides: dict[FingerPosition, int]) -> bool:
    mirroring = Mirroring()
    for position, side in sides.items():
        mirroring.note(position, side)
    return mirroring.is_sure


def _mirrored(flow: Flow) -> Flow:
    return np.ascontiguousarray(flow[:, ::-1].conj())


def test_loops_towards_the_little_finger_are_no_evidence_of_a_mirror() -> None:
    assert not _seen(OUTWARD)


def test_loops_towards_the_thumb_on_both_hands_are() -> None:
    assert _seen({position: -side for position, side in OUTWARD.items()})


def test_one_hand_may_be_the_other() -> None:
    assert not _seen(dict.fromkeys(FingerPosition, -1))


def test_two_index_fingers_are_not_enough() -> None:
    assert not _seen({FingerPosition.RIGHT_INDEX: -1, FingerPosition.LEFT_INDEX: 1})


def test_a_finger_that_was_let_go_counts_no_more() -> None:
    mirroring = Mirroring()
    for position in (FingerPosition.RIGHT_THUMB, FingerPosition.LEFT_THUMB):
        mirroring.note(position, -OUTWARD[position])
    before = mirroring.is_sure
    mirroring.forget(FingerPosition.LEFT_THUMB)
    assert (before, mirroring.is_sure) == (True, False)


def test_an_empty_print_has_no_loop() -> None:
    assert loop_side(np.zeros((0, 0), np.complex64)) == loop_side(np.zeros((36, 32), np.complex64)) == 0


@pytest.mark.slow
def test_ten_real_fingers_show_a_mirrored_sensor_and_an_honest_one(shared_data: Path) -> None:
    prints = {one.name: one.image for one in read_set(shared_data / "finger" / "mosip_mock_10fingers")}
    flows = {
        position: find_minutiae(on_sensor(prints[f"{position.name.title()}.png"], "r307")).ridge_flow
        for position in FingerPosition
    }
    assert not _seen({position: loop_side(flow) for position, flow in flows.items()})
    assert _seen({position: loop_side(_mirrored(flow)) for position, flow in flows.items()})
