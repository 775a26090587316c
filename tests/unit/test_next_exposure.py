"""The exposure between two fingers, in virtual time."""

import asyncio

import pytest

from firmware.capture.next_exposure import NextExposure
from hw.fingerprint.faults import SensorSilent


class Plate:
    """A sensor that takes its time, and counts exposures."""

    def __init__(self, *, takes_s: float = 0.6) -> None:
        self.finger_lies = True
        self.exposures = 0
        self.given_up = 0
        self._takes_s = takes_s

    async def finger_is_imaged(self) -> bool:
        """What lies there when it is asked."""
        self.exposures += 1
        lies = self.finger_lies
        try:
            await asyncio.sleep(self._takes_s)
        except asyncio.CancelledError:
            self.given_up += 1
            raise
        return lies


class DeadPlate:
    """A sensor that says nothing."""

    async def finger_is_imaged(self) -> bool:
        """Never an answer."""
        await asyncio.sleep(0.1)
        raise SensorSilent


async def test_an_exposure_that_was_begun_just_now_is_not_made_again() -> None:
    plate, following = Plate(), NextExposure()
    following.begin(plate)
    await asyncio.sleep(0.1)
    assert await following.is_finger(plate)
    assert plate.exposures == 1


async def test_what_was_seen_a_second_ago_says_nothing_of_the_plate_now() -> None:
    plate, following = Plate(), NextExposure()
    following.begin(plate)
    await asyncio.sleep(1.0)
    plate.finger_lies = False
    assert not await following.is_finger(plate)


async def test_its_answer_counts_once() -> None:
    plate, following = Plate(), NextExposure()
    following.begin(plate)
    await following.is_finger(plate)
    plate.finger_lies = False
    assert not await following.is_finger(plate)


async def test_whoever_waits_hears_of_a_sensor_that_failed_meanwhile() -> None:
    plate, following = DeadPlate(), NextExposure()
    following.begin(plate)
    await asyncio.sleep(0.2)
    with pytest.raises(SensorSilent):
        await following.is_finger(plate)


async def test_once_stopped_nothing_is_asked_of_the_sensor_any_more() -> None:
    plate, following = Plate(), NextExposure()
    following.begin(plate)
    await asyncio.sleep(0.1)
    await following.stop()
    assert plate.given_up == 1
