"""One finger through the real driver and a twin, in virtual time."""

import asyncio
from functools import partial

import numpy as np
import pytest
from numpy.typing import NDArray

from firmware.booth import open_sensor
from firmware.capture.attempts import NobodyThere
from firmware.capture.fingers import FingerCapture, Held, Seen
from firmware.capture.policy.finger_loop import load_finger_loop
from firmware.capture.policy.fingers import load_finger_policy
from firmware.finger_stations import FingerDevice, finger_station
from firmware.records.samples import DeviceWarning, FingerPosition, Hand, Rejection, Resolution
from firmware.workers import JobKind
from hw.fingerprint.profiles import R307
from hw.wire.line import LineLost
from simulator.fingerprint.twin import FingerprintTwin
from simulator.inline_workers import InlineWorkers
from simulator.people.fingerprints import finger_master
from simulator.port import SimulatedPort
from tests.scripted import CLOCK, Pixels, WritingGuide

TIMING = load_finger_policy().timing
FINGER, OTHER = (finger_master(np.random.default_rng(seed)) for seed in (1, 3))
THUMB, INDEX = FingerPosition.RIGHT_THUMB, FingerPosition.RIGHT_INDEX


@pytest.fixture
def twin() -> FingerprintTwin:
    return FingerprintTwin(R307, np.random.default_rng(2))


@pytest.fixture
def port(twin: FingerprintTwin) -> SimulatedPort:
    return SimulatedPort(twin, R307.baud)


@pytest.fixture
def capture(port: SimulatedPort) -> FingerCapture:
    return _capture(port, judging_s=0.04)


def _capture(port: SimulatedPort, judging_s: float) -> FingerCapture:
    device = FingerDevice(partial(open_sensor, port.open, R307), R307)
    workers = InlineWorkers({JobKind.FINGER: judging_s})
    station = finger_station(dict.fromkeys(Hand, device), workers, CLOCK, load_finger_loop())
    return station.captures[Hand.RIGHT]


async def _held(capture: FingerCapture, guide: WritingGuide, *, must_clear: bool = False) -> Held:
    held = await capture.hold(guide, must_clear=must_clear, takes_anything=False)
    assert isinstance(held, Held)
    return held


async def _seen(capture: FingerCapture, position: FingerPosition = THUMB) -> Seen:
    """A finger that lies there already, read to its end."""
    held = await _held(capture, WritingGuide(CLOCK))
    return await capture.read(held, position, 1, is_last_try=True)


async def test_the_finger_may_go_as_soon_as_the_sensor_holds_its_image(
    twin: FingerprintTwin, capture: FingerCapture
) -> None:
    holding = asyncio.create_task(_held(capture, WritingGuide(CLOCK)))
    await asyncio.sleep(2.0)
    begun_s = CLOCK.elapsed_s()
    twin.present(FINGER)
    held = await holding
    assert CLOCK.elapsed_s() - begun_s < 1.2
    twin.lift()
    seen = await capture.read(held, THUMB, 1, is_last_try=False)
    assert seen.look.rejection is None
    assert seen.look.sample is not None
    assert seen.look.sample.image.shape == (288, 256)
    assert seen.look.sample.resolution == Resolution(500, 16)


async def _answer_after_touch_s(twin: FingerprintTwin, capture: FingerCapture, laid: Pixels) -> list[float]:
    """From each touch, all over the time between two polls, to what the sensor says of it."""
    answers_s = list[float]()
    for touch in range(12):
        holding = asyncio.create_task(
            capture.hold(WritingGuide(CLOCK), must_clear=False, takes_anything=False)
        )
        await asyncio.sleep(2.0 + touch * 0.0017)
        begun_s = CLOCK.elapsed_s()
        twin.present(laid)
        await holding
        answers_s.append(CLOCK.elapsed_s() - begun_s)
        twin.lift()
    return answers_s


SMUDGE = np.full((288, 256), 120, np.uint8)
TIP = np.where(np.arange(288)[:, None] < 250, np.uint8(255), FINGER[:288, :256])


@pytest.mark.parametrize(
    "laid",
    [
        pytest.param(FINGER, id="good enough: the finger may go"),
        pytest.param(SMUDGE, id="soaked: to be wiped"),
        pytest.param(TIP, id="hardly there: to be pressed"),
    ],
)
async def test_what_the_sensor_thinks_of_a_finger_is_known_a_second_after_its_touch(
    twin: FingerprintTwin, capture: FingerCapture, laid: Pixels
) -> None:
    assert max(await _answer_after_touch_s(twin, capture, laid)) <= 1.0


async def test_without_a_finger_nobody_is_there_after_the_limit(capture: FingerCapture) -> None:
    begun_s = CLOCK.elapsed_s()
    guide = WritingGuide(CLOCK)
    assert await capture.hold(guide, must_clear=False, takes_anything=False) == NobodyThere()
    assert CLOCK.elapsed_s() - begun_s == pytest.approx(TIMING.presence_limit_s, abs=1.0)


async def test_a_finger_that_has_to_go_first_is_asked_to_lift(
    twin: FingerprintTwin, capture: FingerCapture
) -> None:
    guide = WritingGuide(CLOCK)
    twin.present(FINGER)
    holding = asyncio.create_task(_held(capture, guide, must_clear=True))
    await asyncio.sleep(3.0)
    assert not holding.done()
    twin.lift()
    await asyncio.sleep(1.0)
    twin.present(FINGER)
    assert await holding == Held(is_new=True)
    assert guide.instructions == ["finger_lift", "finger_place"]


async def test_a_plate_that_never_clears_holds_up_only_for_a_while_and_marks_the_image(
    twin: FingerprintTwin, capture: FingerCapture
) -> None:
    twin.present(FINGER)
    begun_s = CLOCK.elapsed_s()
    held = await _held(capture, WritingGuide(CLOCK), must_clear=True)
    assert CLOCK.elapsed_s() - begun_s < TIMING.leave_limit_s + 4.0
    seen = await capture.read(held, THUMB, 1, is_last_try=False)
    assert seen.look.sample is not None
    assert seen.look.sample.warnings == (DeviceWarning.PLATE_NOT_CLEAR,)
    assert seen.look.rejection is Rejection.DEVICE_WARNING


@pytest.mark.parametrize(
    ("second", "rejection"),
    [
        pytest.param(FINGER, Rejection.NOT_LIFTED, id="the same finger was left lying"),
        pytest.param(OTHER, None, id="the next finger came early"),
    ],
)
async def test_what_lies_there_after_an_upload_is_told_from_the_finger_before(
    twin: FingerprintTwin,
    capture: FingerCapture,
    second: NDArray[np.uint8],
    rejection: Rejection | None,
) -> None:
    twin.present(FINGER)
    held = await _held(capture, WritingGuide(CLOCK))
    reading = asyncio.create_task(capture.read(held, THUMB, 1, is_last_try=True))
    await asyncio.sleep(1.0)
    twin.present(second)
    await reading
    assert (await _seen(capture, INDEX)).look.rejection is rejection


async def test_a_finger_that_came_early_is_answered_a_second_after_the_image_before_was_delivered(
    twin: FingerprintTwin, port: SimulatedPort
) -> None:
    capture = _capture(port, judging_s=0.3)
    twin.present(FINGER)
    held = await _held(capture, WritingGuide(CLOCK))
    reading = asyncio.create_task(capture.read(held, THUMB, 1, is_last_try=True))
    await asyncio.sleep(1.0)
    twin.present(OTHER)
    await reading
    judged_s = CLOCK.elapsed_s()
    await _held(capture, WritingGuide(CLOCK))
    assert CLOCK.elapsed_s() - judged_s <= 1.0 - 0.3


async def test_a_pulled_cable_is_a_fault_and_the_reopened_sensor_goes_on(
    twin: FingerprintTwin, port: SimulatedPort, capture: FingerCapture
) -> None:
    twin.present(FINGER)
    seeing = asyncio.create_task(_seen(capture))
    await asyncio.sleep(3.0)
    port.unplug()
    with pytest.raises(LineLost):
        await seeing
    with pytest.raises(LineLost):
        await capture.reopen()
    port.plug()
    await asyncio.sleep(1.0)
    await capture.reopen()
    assert (await _seen(capture)).look.rejection is None
