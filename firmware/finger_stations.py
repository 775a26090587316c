"""Where a visit takes fingers: one sensor, or one a hand, judged by one policy."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from firmware.capture.finger_judge import FingerJudge, Minutiae
from firmware.capture.fingers import FingerCapture, FingerSensor, FirstLook
from firmware.capture.policy.finger_loop import FingerLoop, load_finger_loop
from firmware.capture.policy.fingers import FingerPolicy, load_finger_policy
from firmware.clock import Clock
from firmware.quality.advice import Advice
from firmware.quality.fingerprint.assessment import assess_fingerprint
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


class _NothingKept:
    """A memory for as long as no matcher is there: it knows nobody again."""

    def recall(self, minutiae: Minutiae) -> FingerPosition | None:
        del minutiae

    def keep(self, position: FingerPosition, minutiae: Minutiae) -> None:
        del position, minutiae

    def forget(self, position: FingerPosition) -> None:
        del position


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
    loop: FingerLoop | None = None,
) -> FingerStation:
    """The station of one visit. devices: of each hand, which may be the same one."""
    policy, loop = load_finger_policy(), loop or load_finger_loop()
    judge = _judge(policy)
    captures: dict[FingerDevice, FingerCapture] = {}
    for device in devices.values():
        captures[device] = _capture(device, judge, policy, loop, workers, clock)
    of_hand = {hand: captures[device] for hand, device in devices.items()}
    return FingerStation(of_hand, judge, lambda position: policy.limits_of(position).accept_score, loop)


def _judge(policy: FingerPolicy) -> FingerJudge:
    def assess(image: FingerImage, position: FingerPosition) -> QualityReport:
        return assess_fingerprint(image.pixels, policy.limits_of(position))

    return FingerJudge(assess, lambda image: image.pixels.shape, _NothingKept())


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
