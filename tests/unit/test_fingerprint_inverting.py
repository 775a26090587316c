"""Most of a person's fingers look as the sensor shows them: ridges dark, or light."""

from pathlib import Path

import numpy as np
import pytest

from firmware.capture.policy.fingers import load_finger_policy
from firmware.quality.fingerprint.inverting import Inverting
from firmware.quality.fingerprint.measures import measure
from tests.finger_quality.prints import Image, Print, in_16_levels, on_sensor, read_set

POLARITIES = [1.5, -0.4, 0.9, 2.0, -0.6]


def _seen(polarities: list[float]) -> bool:
    inverting = Inverting()
    for position, polarity in enumerate(polarities, 1):
        inverting.note(position, polarity)
    return inverting.is_sure


def test_two_soaked_fingers_of_five_are_no_evidence_of_an_inverted_sensor() -> None:
    assert not _seen(POLARITIES)


def test_an_inverted_sensor_is_seen_although_two_fingers_of_five_hide_it() -> None:
    assert _seen([-polarity for polarity in POLARITIES])


def test_less_than_five_fingers_prove_nothing() -> None:
    assert not _seen([-2.0, -2.0, -2.0, -2.0])


def test_a_finger_counts_once_by_its_last_print() -> None:
    inverting = Inverting()
    for polarity in (-2.0, -2.0, -2.0, -2.0, -2.0):
        inverting.note(1, polarity)
    assert not inverting.is_sure


def _polarity(image: Image) -> float:
    return measure(in_16_levels(image)).polarity


@pytest.fixture(scope="module")
def held_out(shared_data: Path) -> list[list[Print]]:
    """Prints of odd FVC fingers, finger by finger."""
    prints = [one for one in read_set(shared_data / "finger" / "fvc_mixed_dalin") if int(one.name[:3]) % 2]
    return [[one for one in prints if one.name[:3] == name] for name in sorted({p.name[:3] for p in prints})]


@pytest.mark.slow
@pytest.mark.parametrize("impression", range(3))
@pytest.mark.parametrize("first", [0, 5])
def test_five_real_fingers_on_a_small_sensor_show_which_way_it_is(
    held_out: list[list[Print]], impression: int, first: int
) -> None:
    images = [on_sensor(of_one[impression].image, "r307") for of_one in held_out[first : first + 5]]
    assert not _seen([_polarity(image) for image in images])
    assert _seen([_polarity(255 - image) for image in images])


@pytest.mark.slow
def test_one_real_print_alone_may_pass_for_an_inverted_one(held_out: list[list[Print]]) -> None:
    limit = load_finger_policy().limits.polarity
    images = [on_sensor(one.image, "r307") for of_one in held_out for one in of_one]
    passing = np.mean([_polarity(255 - image) >= limit for image in images])
    assert passing <= 0.1
