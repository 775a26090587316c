"""Where a visit takes each modality: the capture, its way back after a fault, its words and its picture."""

from functools import partial

from firmware.capture.attempts import NobodyThere, SeenBefore
from firmware.capture.face_beside import FaceBeside
from firmware.capture.guide import Guide
from firmware.capture.iris import IrisCapture
from firmware.capture.iris_judge import EyeJudge
from firmware.capture.iris_light import EyeFrames
from firmware.capture.iris_watch import IrisTiming
from firmware.capture.policy.framing import load_framings
from firmware.capture.policy.loader import load_limits
from firmware.capture.policy.same_eye import load_same_eye
from firmware.capture.portrait import PortraitCapture
from firmware.capture.portrait_judge import PortraitJudge
from firmware.capture.portrait_signals import SignalLimits
from firmware.capture.portrait_watch import PortraitTiming
from firmware.clock import Clock
from firmware.health.scene import LampLimits, SceneJudge, SceneWatch
from firmware.models import face_model, person_model
from firmware.quality.iris.limits import IrisLimits
from firmware.quality.portrait.crop import CropRule
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.model import FaceModel
from firmware.quality.portrait.scene import SceneLimits
from firmware.records.eligibility import Framing
from firmware.records.samples import Position, Sample
from firmware.screen.view import Preview
from firmware.visit.capturing import Station, eye
from firmware.workers import ImageWorkers
from hw.camera.frames import FrameSource

FIRST_FRAME_S = 3.0  # a camera of the Pi needs up to two seconds to its first picture


def portrait_station(
    camera: FrameSource, model: str, face: FaceModel, workers: ImageWorkers, clock: Clock
) -> Station:
    """The face before that camera. model: the camera's, for the record."""
    limits = load_limits(PortraitLimits, "portrait.toml")
    crop = load_limits(CropRule, "portrait.toml", "crop")
    timing = load_limits(PortraitTiming, "portrait.toml", "presentation")
    signs = load_limits(SignalLimits, "portrait.toml", "signals")
    portraits = {
        framing: PortraitCapture(
            camera,
            PortraitJudge(face, bands.applied_to(limits), crop, workers),
            timing,
            signs,
            clock,
            model,
        )
        for framing, bands in load_framings().items()
    }

    async def take_portrait(
        position: Position, guide: Guide, attempt: int, framing: Framing
    ) -> Sample | NobodyThere:
        del position
        return await portraits[framing].take(guide, attempt)

    reopen = partial(_reopen, camera, clock)
    return Station(take_portrait, reopen, lambda: "portrait_look", Preview.PORTRAIT)


def scene_watch(camera: FrameSource, face: FaceModel, workers: ImageWorkers, clock: Clock) -> SceneWatch:
    """The place where portraits are taken, as that camera sees it without a person."""
    return SceneWatch(camera, scene_judge(face), workers, clock)


def scene_judge(face: FaceModel) -> SceneJudge:
    """What is asked of that place."""
    scene = load_limits(SceneLimits, "portrait.toml", "scene")
    return SceneJudge(face, scene, load_limits(LampLimits, "portrait.toml", "lamp"))


def installed_faces() -> FaceModel:
    """The face model of this installation; one for everything that looks at faces."""
    return FaceModel(face_model(), person_model())


def iris_station(
    frames: EyeFrames, model: str, beside: FaceBeside, workers: ImageWorkers, clock: Clock
) -> Station:
    """One eye after the other before that camera. model: the camera's, for the record."""
    judge = EyeJudge(load_limits(IrisLimits, "iris.toml"), load_same_eye())
    timing = load_limits(IrisTiming, "iris.toml", "presentation")
    irises = IrisCapture(frames, workers, judge, timing, clock, model, beside.signals)

    async def take_iris(
        position: Position, guide: Guide, attempt: int, framing: Framing
    ) -> Sample | NobodyThere | SeenBefore:
        del framing
        return await irises.take(eye(position), guide, attempt)

    def mistook(position: Position) -> None:
        judge.mistook(eye(position))

    return Station(take_iris, frames.reopen, lambda: irises.instruction, Preview.IRIS, mistook, judge.forget)


async def _reopen(camera: FrameSource, clock: Clock) -> None:
    """Open it anew; CameraSilent unless frames come: a stalled camera opens as if nothing were wrong."""
    await camera.close()
    await camera.open()
    await camera.newest(exposed_after_s=clock.elapsed_s(), timeout_s=FIRST_FRAME_S)
