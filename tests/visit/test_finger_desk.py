"""Fingers through the whole station: real driver, a twin, and a screen driven by hand, in virtual time."""

import asyncio
import gc
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.booth import open_sensor
from firmware.capture.policy.finger_loop import load_finger_loop
from firmware.finger_stations import FingerDevice, finger_station
from firmware.matching.described import Described
from firmware.quality.fingerprint.minutiae.minutiae import Minutiae
from firmware.records.samples import (
    Artefact,
    DeviceWarning,
    ExceptionReason,
    FingerPosition,
    Hand,
    Rejection,
)
from firmware.screen.view import AnswerKind, ProgressItem
from firmware.visit.attendants import Attendant
from firmware.visit.dialogue import ALWAYS_ASKED, Dialogue
from firmware.visit.finger_desk import FingerDesk, FingerStation, Tray
from firmware.workers import JobKind
from hw.fingerprint.profiles import R307
from simulator.fingerprint.twin import FingerprintTwin
from simulator.inline_workers import InlineWorkers
from simulator.people.fingerprints import finger_master
from simulator.people.impressions import Touch, impression, ordinary_touch
from simulator.people.person import generate_person
from simulator.port import SimulatedPort
from tests.scripted import CLOCK
from tests.visit.scripted import ScriptedScreen

MASTER, OTHER = (finger_master(np.random.default_rng(seed)) for seed in (1, 3))
# The same finger, never laid on twice in the same way.
ONE, TURNED, TURNED_BACK, SLANTING = (
    impression(MASTER, np.random.default_rng(4), Touch(rotation_deg=degrees))
    for degrees in (0.0, 10.0, -9.0, 5.0)
)
THUMB, INDEX = FingerPosition.RIGHT_THUMB, FingerPosition.RIGHT_INDEX
HELD_S = 1.5  # an exposure and a search for features
UPLOAD_S = 8.0  # at 57,600 baud


@pytest.fixture
def twin() -> FingerprintTwin:
    return FingerprintTwin(R307, np.random.default_rng(2))


@pytest.fixture
def kept() -> list[Artefact]:
    return []


@pytest.fixture
def station(twin: FingerprintTwin) -> FingerStation:
    port = SimulatedPort(twin, R307.baud)
    device = FingerDevice(partial(open_sensor, port.open, R307), R307)
    workers = InlineWorkers({JobKind.FINGER: 0.04})
    loop = replace(load_finger_loop(), calls_limit=1)
    return finger_station(dict.fromkeys(Hand, device), workers, CLOCK, loop)


@pytest.fixture
def desk(dialogue: Dialogue, station: FingerStation, kept: list[Artefact]) -> FingerDesk:
    async def keep(artefact: Artefact) -> None:
        kept.append(artefact)

    async def find(pin: str) -> Attendant | None:
        return Attendant("CB-0042", b"", b"") if pin == "2468" else None

    def progress(active: str | None, read: frozenset[str]) -> tuple[ProgressItem, ...]:
        del active, read
        return ()

    return FingerDesk(dialogue, station, CLOCK, Tray(keep, progress), 3, find)


@asynccontextmanager
async def taking(desk: FingerDesk, *positions: FingerPosition) -> AsyncGenerator[asyncio.Task[None]]:
    task = asyncio.create_task(desk.take(positions))
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def give(twin: FingerprintTwin, finger: NDArray[np.uint8], then_s: float = UPLOAD_S) -> None:
    """Lay `finger` on until the sensor holds it, lift it, and wait."""
    twin.present(finger)
    await asyncio.sleep(HELD_S)
    twin.lift()
    await asyncio.sleep(then_s)


async def test_the_next_finger_is_asked_for_while_the_last_one_is_read(
    desk: FingerDesk, twin: FingerprintTwin, screen: ScriptedScreen, kept: list[Artefact]
) -> None:
    async with taking(desk, THUMB, INDEX):
        await give(twin, ONE, then_s=0.5)
        assert kept == []
        assert (screen.views[-1].instruction, screen.views[-1].target) == ("finger_next", "finger_2")


async def test_who_cannot_give_the_next_finger_does_not_stop_the_one_that_is_read(
    desk: FingerDesk, twin: FingerprintTwin, screen: ScriptedScreen, kept: list[Artefact]
) -> None:
    async with taking(desk, THUMB, INDEX) as task:
        await give(twin, ONE, then_s=0.5)
        screen.say(AnswerKind.CANNOT_GIVE, "bandaged")
        await task
    by_position = {artefact.position: artefact for artefact in kept}
    assert by_position[INDEX].exception is ExceptionReason.BANDAGED
    assert by_position[THUMB].sample is not None


async def test_the_same_finger_for_two_is_told_and_the_second_time_calls_an_attendant(
    desk: FingerDesk, twin: FingerprintTwin, screen: ScriptedScreen, kept: list[Artefact]
) -> None:
    async with taking(desk, THUMB, INDEX) as task:
        await give(twin, ONE)
        await give(twin, TURNED)
        assert screen.views[-1].hint == "finger_other"
        assert screen.views[-1].parameters == (("seen", "finger_1"),)
        await give(twin, TURNED_BACK)
        assert screen.views[-1].instruction == "finger_attendant"
        screen.say(AnswerKind.CONFIRM)
        await asyncio.sleep(0.5)
        await give(twin, OTHER)
        await task
    index = next(artefact for artefact in kept if artefact.position is INDEX)
    assert [attempt.rejection for attempt in index.attempts] == [*[Rejection.SEEN_BEFORE] * 2, None]
    assert index.looked_at_by is None


async def test_after_an_attendant_has_looked_the_finger_under_the_wrong_name_is_taken_anew(
    desk: FingerDesk, twin: FingerprintTwin, screen: ScriptedScreen, kept: list[Artefact]
) -> None:
    async with taking(desk, THUMB, INDEX) as task:
        for finger in (ONE, TURNED, TURNED_BACK):
            await give(twin, finger)
        screen.say(AnswerKind.PIN, "2468")
        await asyncio.sleep(0.5)
        await give(twin, SLANTING)
        assert (screen.views[-1].instruction, screen.views[-1].target) == ("finger_next", "finger_1")
        await give(twin, OTHER)
        await task
    assert [artefact.position for artefact in kept] == [THUMB, INDEX, THUMB]
    assert kept[1].looked_at_by == "CB-0042"
    assert kept[2].sample is not None


async def test_nothing_can_be_pressed_in_vain_while_the_last_image_is_read(
    desk: FingerDesk, twin: FingerprintTwin, screen: ScriptedScreen
) -> None:
    async with taking(desk, THUMB):
        await give(twin, ONE, then_s=0.5)
        assert screen.views[-1].instruction == "finger_lift"
        assert screen.views[-1].asks == ALWAYS_ASKED


async def test_whoever_cancels_in_the_middle_of_a_finger_leaves_no_print_in_memory(
    desk: FingerDesk, station: FingerStation, twin: FingerprintTwin
) -> None:
    of_other_tests = _prints()
    async with taking(desk, THUMB, INDEX):
        await give(twin, ONE)
        await give(twin, OTHER, then_s=2.0)
        assert len(_prints()) > len(of_other_tests)
    station.close()
    assert [each for each in _prints() if not any(each is other for other in of_other_tests)] == []


def _prints() -> list[object]:
    """What tells a finger again, wherever in memory it is."""
    gc.collect()
    return [each for each in gc.get_objects() if isinstance(each, Described | Minutiae)]


@pytest.mark.slow
async def test_of_a_sensor_that_shows_both_hands_mirrored_all_is_kept_and_nothing_accepted(
    desk: FingerDesk, twin: FingerprintTwin, screen: ScriptedScreen, kept: list[Artefact]
) -> None:
    person, rng = generate_person(7), np.random.default_rng(7)
    async with taking(desk, *FingerPosition) as task:
        while not task.done():
            position = int((screen.views[-1].target or "finger_1").removeprefix("finger_"))
            finger = person.finger(position)
            assert finger is not None
            await give(twin, impression(np.fliplr(finger), rng, ordinary_touch(rng)))
    last = {artefact.position: artefact for artefact in kept}
    assert set(last) == set(FingerPosition)
    assert all(artefact.forced for artefact in last.values())
    assert {each.sample.warnings for each in last.values() if each.sample} == {
        (DeviceWarning.LOOKS_MIRRORED,)
    }


@pytest.mark.slow
async def test_of_a_sensor_that_shows_a_hand_inverted_nothing_is_accepted(
    desk: FingerDesk, twin: FingerprintTwin, screen: ScriptedScreen, kept: list[Artefact]
) -> None:
    person, rng = generate_person(7), np.random.default_rng(7)
    hand = [position for position in FingerPosition if position.hand is Hand.RIGHT]
    async with taking(desk, *hand) as task:
        while not task.done():
            position = int((screen.views[-1].target or "finger_1").removeprefix("finger_"))
            finger = person.finger(position)
            assert finger is not None
            await give(twin, 255 - impression(finger, rng, ordinary_touch(rng)))
    last = {artefact.position: artefact for artefact in kept}
    assert set(last) == set(hand)
    assert all(artefact.forced or artefact.sample is None for artefact in last.values())
    assert {each.sample.warnings for each in last.values() if each.sample} == {
        (DeviceWarning.LOOKS_INVERTED,)
    }
