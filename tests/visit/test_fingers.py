"""One finger through the real driver and a twin, in virtual time."""

import asyncio
from functools import partial

import numpy as np
import pytest

from firmware.booth import open_sensor
from firmware.capture.attempts import NobodyThere
from firmware.capture.fingers import FingerCapture
from firmware.capture.policy.fingers import load_finger_policy
from firmware.quality.fingerprint.assessment import assess_fingerprint
from firmware.quality.report import QualityReport
from firmware.records.samples import FingerPosition, Sample
from firmware.workers import JobKind
from hw.fingerprint.image import FingerImage
from hw.fingerprint.profiles import R307
from hw.wire.line import LineLost
from simulator.fingerprint.twin import FingerprintTwin
from simulator.inline_workers import InlineWorkers
from simulator.people.fingerprints import finger_master
from simulator.port import SimulatedPort
from tests.scripted import CLOCK, WritingGuide

POLICY = load_finger_policy()
FINGER = finger_master(np.random.default_rng(1))
THUMB = FingerPosition.RIGHT_THUMB


def _assess(image: FingerImage, position: FingerPosition) -> QualityReport:
    return assess_fingerprint(image.pixels, POLICY.limits_of(position))


@pytest.fixture
def twin() -> FingerprintTwin:
    return FingerprintTwin(R307, np.random.default_rng(2))


@pytest.fixture
def port(twin: FingerprintTwin) -> SimulatedPort:
    return SimulatedPort(twin, R307.baud)


@pytest.fixture
def capture(port: SimulatedPort) -> FingerCapture:
    workers = InlineWorkers({JobKind.FINGER: 0.04})
    opened = partial(open_sensor, port.open, R307)
    return FingerCapture(opened, _assess, workers, POLICY.timing, CLOCK, "r307")


async def _taken(capture: FingerCapture, guide: WritingGuide) -> Sample:
    sample = await capture.take(THUMB, guide, 1)
    assert isinstance(sample, Sample)
    return sample


async def test_a_finger_is_imaged_judged_and_waited_for_until_it_leaves(
    twin: FingerprintTwin, capture: FingerCapture
) -> None:
    guide = WritingGuide(CLOCK)
    taking = asyncio.create_task(_taken(capture, guide))
    await asyncio.sleep(2.0)
    twin.present(FINGER)
    await asyncio.sleep(9.0)
    assert not taking.done()
    twin.lift()
    sample = await taking
    assert guide.instructions == ["finger_place", "finger_reading", "finger_lift"]
    assert sample.report.accepted
    assert sample.image.shape == (288, 256)
    assert sample.device == "r307"


async def test_without_a_finger_nobody_is_there_after_the_limit(capture: FingerCapture) -> None:
    begun_s = CLOCK.elapsed_s()
    assert await capture.take(THUMB, WritingGuide(CLOCK), 1) == NobodyThere()
    assert CLOCK.elapsed_s() - begun_s == pytest.approx(POLICY.timing.presence_limit_s, abs=1.0)


async def test_a_finger_that_never_leaves_holds_the_visit_up_only_for_a_while(
    twin: FingerprintTwin, capture: FingerCapture
) -> None:
    twin.present(FINGER)
    begun_s = CLOCK.elapsed_s()
    await _taken(capture, WritingGuide(CLOCK))
    assert CLOCK.elapsed_s() - begun_s < 9.0 + POLICY.timing.leave_limit_s


async def test_a_pulled_cable_is_a_fault_and_the_reopened_sensor_goes_on(
    twin: FingerprintTwin, port: SimulatedPort, capture: FingerCapture
) -> None:
    twin.present(FINGER)
    taking = asyncio.create_task(capture.take(THUMB, WritingGuide(CLOCK), 1))
    await asyncio.sleep(3.0)
    port.unplug()
    with pytest.raises(LineLost):
        await taking
    with pytest.raises(LineLost):
        await capture.reopen()
    port.plug()
    await asyncio.sleep(1.0)
    await capture.reopen()
    assert (await _taken(capture, WritingGuide(CLOCK))).report.accepted
