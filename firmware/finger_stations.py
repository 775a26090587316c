"""Where a visit takes fingers: one sensor, or one a hand, judged by one policy."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.capture.finger_judge import FingerJudge
from firmware.capture.fingers import FingerCapture, FingerSensor, FirstLook
from firmware.capture.policy.finger_loop import FingerLoop
from firmware.capture.policy.fingers import FingerPolicy, load_finger_policy
from firmware.capture.policy.same_finger import load_same_finger
from firmware.capture.stopping import load_stopping_rule
from firmware.clock import Clock
from firmware.matching.seen import FingersSeen
from firmware.quality.advice import Advice
from firmware.quality.fingerprint.assessment import assess_fingerprint
from firmware.quality.fingerprint.before import Before
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.report import QualityReport
from firmware.records.samples import FingerPosition, Hand
from firmware.visit.finger_desk import FingerStation
from firmware.workers import ImageWorkers
from hw.fingerprint.image import FingerImage
from hw.fingerprint.profiles import SensorProfile


@dataclass(frozen=True, slots=True)
class FingerDevice:
    """One fingerprint sensor. open: anew, first when it is needed and then after each fault."""

    open: Callable[[], Awaitable[FingerSensor]]
    profile: SensorProfile


class _WholeImages:
    """A first look that wants every image to its end."""

    advice: Advice | None = None

    def __call__(self, rows: NDArray[np.uint8]) -> bool:
        del rows
        return True


def finger_station(
    devices: Mapping[Hand, FingerDevice],
    workers: ImageWorkers,
    clock: Clock,
    loop: FingerLoop,
) -> FingerStation:
    """The station of one visit. devices: of each hand, which may be the same one."""
    policy = load_finger_policy()
    judge = _judge(policy)
    captures: dict[FingerDevice, FingerCapture] = {}
    for device in devices.values():
        captures[device] = _capture(device, judge, policy, loop, workers, clock)
    of_hand = {hand: captures[device] for hand, device in devices.items()}
    return FingerStation(
        of_hand, judge, lambda position: policy.limits_of(position).accept_score, loop, load_stopping_rule()
    )


def _judge(policy: FingerPolicy) -> FingerJudge:
    def assess(image: FingerImage, position: FingerPosition, before: Before | None) -> QualityReport:
        return assess_fingerprint(image.pixels, policy.limits_of(position), before)

    memory = FingersSeen(load_same_finger().same_finger)
    return FingerJudge(assess, lambda image: find_minutiae(image.pixels), memory)


def _capture(
    device: FingerDevice,
    judge: FingerJudge,
    policy: FingerPolicy,
    loop: FingerLoop,
    workers: ImageWorkers,
    clock: Clock,
) -> FingerCapture:
    def first_look(position: FingerPosition) -> FirstLook:
        del position
        return _WholeImages()

    return FingerCapture(
        device.open,
        judge,
        first_look,
        workers,
        policy.timing,
        loop.unmoved_likeness,
        clock,
        device.profile.name,
    )
