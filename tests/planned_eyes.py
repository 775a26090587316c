"""Eyes held before a simulated camera by a plan, in virtual time."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np

from firmware.capture.iris import IrisCapture
from firmware.capture.iris_judge import EyeJudge
from firmware.capture.iris_light import FreeRunning
from firmware.capture.iris_watch import IrisTiming
from firmware.capture.policy.loader import load_limits
from firmware.capture.policy.same_eye import load_same_eye
from firmware.quality.iris.limits import IrisLimits
from firmware.records.samples import EyeSide, PresentationSignals
from simulator.cameras import SimulatedCamera
from simulator.people.eye_optics import EyePose
from simulator.people.eye_scene import EyeScene
from simulator.people.eyes import EyeMaster, eye_master
from tests.scripted import CLOCK, WORKERS, Pixels, WritingGuide

LIMITS = load_limits(IrisLimits, "iris.toml")
TIMING = replace(load_limits(IrisTiming, "iris.toml", "presentation"), prepare_s=0.0)
SIGNALS = PresentationSignals("tram-presentation/1", {"face_beside": 1.0})
HASTY = replace(TIMING, take_limit_s=0.9, presence_limit_s=0.6, leave_limit_s=1.0, swap_limit_s=1.0)


@cache
def eye_of(side: EyeSide) -> EyeMaster:
    """One person's eye of that side."""
    return eye_master(np.random.default_rng(1 if side is EyeSide.RIGHT else 2), side)


class PlannedScene:
    """A simulator.cameras.Scene in which something is done to the eye at given times."""

    def __init__(self, *plan: tuple[float, Callable[[EyeScene], None]]) -> None:
        self._eyes = EyeScene(np.random.default_rng(9), blinks=False)
        self._plan = list(plan)

    def picture(self, at_s: float) -> Pixels:
        """The picture of that moment, after everything that was due."""
        while self._plan and self._plan[0][0] <= at_s:
            self._plan.pop(0)[1](self._eyes)
        return self._eyes.picture(at_s)


def presented(side: EyeSide = EyeSide.RIGHT, pose: EyePose | None = None) -> Callable[[EyeScene], None]:
    """What holds the eye of that side before the camera."""
    return lambda eyes: eyes.present(eye_of(side), pose)


async def capturing(
    scene: PlannedScene, timing: IrisTiming = TIMING
) -> tuple[IrisCapture, WritingGuide, SimulatedCamera]:
    """A capture of that scene with its guide and its camera, which is open."""
    camera = SimulatedCamera(scene, name="iris", frames_per_s=30.0)
    await camera.open()
    judge = EyeJudge(LIMITS, load_same_eye())
    capture = IrisCapture(FreeRunning(camera), WORKERS, judge, timing, CLOCK, "simulated", signals)
    return capture, WritingGuide(CLOCK), camera


async def signals() -> PresentationSignals | None:
    """Of somebody whose face is seen."""
    return SIGNALS
