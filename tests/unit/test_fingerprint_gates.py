"""What NFIQ 2 lets pass is stopped, and the advice fits its cause, on fingers that nothing was tuned on."""

from pathlib import Path

import numpy as np
import pytest

from firmware.capture.policy.fingers import load_finger_policy
from simulator.people.fingerprints import finger_master
from tests.finger_quality.causes import SETTINGS, confusion, touched
from tests.finger_quality.degradations import DAMAGES
from tests.finger_quality.prints import on_sensor, read_set
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
