"""Where a visit takes fingers: one sensor, or one a hand, judged by one policy."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from firmware.capture.finger_judge import FingerJudge
from firmware.capture.fingers import FingerCapture, FingerSensor, FirstLook
from firmware.capture.policy.finger_loop import FingerLoop
from firmware.capture.policy.fingers import FingerPolicy, load_finger_policy
from firmware.capture.policy.same_finger import load_same_finger
from firmware.capture.stopping import load_stopping_rule
from firmware.clock import Clock
from firmware.matching.seen import FingersSeen
from firmware.models import fingerprint_forest
from firmware.quality.fingerprint.assessment import assess_fingerprint
from firmware.quality.fingerprint.before import Before
from firmware.quality.fingerprint.first_rows import FirstRows
from firmware.quality.fingerprint.minutiae.finder import find_minutiae
from firmware.quality.fingerprint.minutiae.minutiae import Minutiae
from firmware.quality.fingerprint.nfiq2.algorithm import Nfiq2
from firmware.quality.fingerprint.nfiq2.forest import Forest
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
    nfiq2 = Nfiq2(Forest.load(fingerprint_forest()))

    def assess(
        image: FingerImage, position: FingerPosition, minutiae: Minutiae, before: Before | None
    ) -> QualityReport:
        return assess_fingerprint(image.pixels, policy.limits_of(position), nfiq2, minutiae, before)

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
        return FirstRows(policy.limits_of(position), device.profile.rows)

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
