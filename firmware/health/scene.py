"""Is the empty scene before the portrait camera fit for portraits? Its faults are no citizen's."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from firmware.clock import Clock
from firmware.health.findings import FaultCode, Figure
from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.model import FaceModel
from firmware.quality.portrait.scene import SceneLimits, assess_empty_scene
from firmware.quality.report import QualityReport, Verdict
from firmware.workers import ImageWorkers, JobKind
from hw.camera.frames import FrameSource
from hw.faults import DeviceFault

_log = logging.getLogger(__name__)

FRAME_LIMIT_S = 1.5  # as while portraits are taken: a camera without a frame for so long is silent
PERSON_FROM = 0.5  # how surely a part of the picture is a person's to count
PERSON_SHARE = 0.02  # of the picture; the face of somebody who looks away is not found, their shoulder is

# By the failed component. What stands there is coloured and dark as well, light from one side is uneven as
# well: the first that failed is the cause.
_LUMINANCE = "scene_luminance"
_CODES = (
    ("scene_gradient", FaultCode.PORTRAIT_BACKDROP),
    (_LUMINANCE, FaultCode.PORTRAIT_LAMP_DARK),
    ("scene_clipped", FaultCode.PORTRAIT_LIGHT_STRONG),
    ("scene_difference", FaultCode.PORTRAIT_LIGHT_UNEVEN),
    ("scene_cast", FaultCode.PORTRAIT_COLOUR_CAST),
    ("scene_spread", FaultCode.PORTRAIT_BACKDROP),
)

_FIGURES = {
    _LUMINANCE: "light",
    "scene_difference": "one-sided",
    "scene_cast": "cast",
    "scene_gradient": "backdrop",
}


@dataclass(frozen=True, slots=True)
class SceneSeen:
    """What the empty scene is like. fault: of lamp, light, backdrop or colour, None when all are fit."""

    fault: FaultCode | None
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class LampLimits:
    """lux_least: what the camera measures at the good lamp's weakest; its exposure hides a dead one."""

    lux_least: float


LookAtScene = Callable[[Pixels], SceneSeen | None]
"""What a picture shows of the empty scene; None when somebody stands in it."""


class SceneJudge:
    """Judges pictures of the portrait camera in which nobody stands."""

    def __init__(self, model: FaceModel, limits: SceneLimits, lamp: LampLimits) -> None:
        self._model = model
        self._limits = limits
        self._lamp = lamp

    def look(self, pixels: Pixels, lux: float | None = None) -> SceneSeen | None:
        """A LookAtScene. pixels: (rows, columns, 3) uint8 RGB. lux: as the camera measured it, if it does."""
        if self._somebody_is_in(pixels):
            return None
        report = assess_empty_scene(pixels, self._limits)
        is_dark = lux is not None and lux < self._lamp.lux_least
        return SceneSeen(
            self._fault(report) or (FaultCode.PORTRAIT_LAMP_DARK if is_dark else None), _figures(report)
        )

    def _somebody_is_in(self, pixels: Pixels) -> bool:
        if self._model.read(pixels) is not None:
            return True
        person = self._model.person(pixels)
        return person is not None and float((person > PERSON_FROM).mean()) > PERSON_SHARE

    def _fault(self, report: QualityReport) -> FaultCode | None:
        failed = {part.name for part in report.components if part.verdict is Verdict.FAIL}
        if report.value(_LUMINANCE) > self._limits.luminance.most:
            return FaultCode.PORTRAIT_LIGHT_STRONG
        return next((code for name, code in _CODES if name in failed), None)


class SceneWatch:
    """Looks at the scene through a camera that somebody else opens and closes."""

    def __init__(self, camera: FrameSource, judge: SceneJudge, workers: ImageWorkers, clock: Clock) -> None:
        self._camera = camera
        self._judge = judge
        self._workers = workers
        self._clock = clock

    async def look(self) -> SceneSeen | None:
        """One look; None when somebody stands there, or the camera is silent, which others tell."""
        now_s = self._clock.elapsed_s()
        try:
            frame = await self._camera.newest(exposed_after_s=now_s, timeout_s=FRAME_LIMIT_S)
        except DeviceFault as fault:
            _log.debug("the scene cannot be seen: %s", fault)
            return None
        job = partial(self._judge.look, frame.pixels, frame.metadata.get("Lux"))
        return await self._workers.run(JobKind.PORTRAIT, job)


def _figures(report: QualityReport) -> tuple[Figure, ...]:
    return tuple(Figure(name, round(report.value(component), 2)) for component, name in _FIGURES.items())
