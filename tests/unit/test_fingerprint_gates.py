"""What NFIQ 2 lets pass is stopped, and the advice fits its cause, on fingers that nothing was tuned on."""

from pathlib import Path

import numpy as np
import pytest

from firmware.capture.policy.fingers import load_finger_policy
from firmware.quality.fingerprint.measures import measure
from firmware.records.samples import FingerPosition
from simulator.people.fingerprints import finger_master
from simulator.people.impressions import impression, ordinary_touch
from simulator.people.person import generate_person, invented_fingers
from simulator.people.skin import skin_of_age
from tests.finger_quality.causes import SETTINGS, confusion, touched
from tests.finger_quality.degradations import DAMAGES
from tests.finger_quality.prints import in_16_levels, on_sensor, read_set
from tests.fingerprints import judged

pytestmark = pytest.mark.slow

LIMITS = load_finger_policy().limits


@pytest.mark.parametrize("damage", ["white_noise", "ghost", "partial_40"])
def test_ten_real_fingers_are_rejected_once_spoiled(shared_data: Path, damage: str) -> None:
    prints = list(read_set(shared_data / "finger" / "mosip_mock_10fingers"))[:10]
    spoiled = [DAMAGES[damage](on_sensor(one.image, "r307"), np.random.default_rng(1)) for one in prints]
    assert not any(judged(image, LIMITS).accepted for image in spoiled)


def test_an_inverted_print_with_its_border_is_rejected(shared_data: Path) -> None:
    prints = list(read_set(shared_data / "finger" / "mosip_mock_10fingers"))[:10]
    assert not any(judged(255 - one.image, LIMITS).accepted for one in prints)


def test_nine_of_ten_spoiled_touches_of_an_invented_finger_get_the_right_advice() -> None:
    seed = SETTINGS["seeds"]["held_out"][0]
    fingers = {each: finger_master(np.random.default_rng(each)) for each in (seed, seed + 1)}
    counted = confusion(touched([seed], fingers.__getitem__), lambda image: judged(image, LIMITS))
    assert counted.right >= 0.9 * counted.rejected


def test_of_ten_small_prints_eight_are_stopped_with_a_second_finger_upon_them(shared_data: Path) -> None:
    prints = list(read_set(shared_data / "finger" / "alilou_color48"))[3:250:25]
    doubled = [DAMAGES["superposed"](one.image, np.random.default_rng(1)) for one in prints]
    measured = [measure(image) for image in doubled]
    assert sum(LIMITS.is_doubled(each.crossing, each.polarity) for each in measured) >= 8


@pytest.mark.parametrize("seed", [401, 402, 403])
def test_skin_creased_by_ninety_years_is_not_taken_for_two_fingers(seed: int) -> None:
    rng = np.random.default_rng(seed)
    fingers = invented_fingers(seed, generate_person(seed).facts, skin_of_age(90, rng))
    shown = fingers(FingerPosition.RIGHT_INDEX)
    assert shown is not None
    measured = measure(in_16_levels(impression(shown, rng, ordinary_touch(rng)).astype(np.uint8)))
    assert not LIMITS.is_doubled(measured.crossing, measured.polarity)
