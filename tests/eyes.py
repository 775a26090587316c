"""Generated eyes with one fault each, and how well two shapes agree."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firmware.quality.advice import Advice
from firmware.quality.iris.geometry import Circle
from firmware.records.samples import EyeSide
from simulator.people.eye_optics import FRAME, EyePose, EyeTruth, Grain, expose, truth_of
from simulator.people.eye_view import Oval, view
from simulator.people.eyes import EyeMaster, eye_master

Range: TypeAlias = tuple[float, float]
Pixels: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an eye: the pose's fields by range, and the advice that betters it."""

    advice: frozenset[Advice | None]
    ranges: Mapping[str, Range] = field(default_factory=dict[str, Range])
    pupil: Range | None = None


def _advice(*advice: Advice | None) -> frozenset[Advice | None]:
    return frozenset(advice)


STRAIGHT: Mapping[str, Range] = {"distance_mm": (288, 314), "roll_deg": (-8, 8), "openness": (0.9, 1.0)}
FAULTS: Mapping[str, Fault] = {
    "none": Fault(_advice(None)),
    "defocus": Fault(_advice(Advice.EYE_STILL), {"defocus_px": (8, 12)}),
    "motion": Fault(_advice(Advice.EYE_STILL), {"motion_x_px": (9, 22)}),
    "dark": Fault(_advice(Advice.EYE_CLOSER), {"light": (0.2, 0.55)}),
    "bright": Fault(_advice(Advice.EYE_BACK, Advice.EYE_GLASSES), {"light": (2.0, 2.4)}),
    "noise": Fault(_advice(None), {"noise": (2.0, 3.5)}),
    "far": Fault(_advice(Advice.EYE_CLOSER), {"distance_mm": (350, 420)}),
    "near": Fault(_advice(Advice.EYE_BACK), {"distance_mm": (220, 265)}),
    "off_margin": Fault(_advice(Advice.EYE_CENTRE), {"shift_x_mm": (10, 13)}),
    "aside": Fault(_advice(Advice.EYE_LOOK, Advice.EYE_OPEN, Advice.EYE_CENTRE), {"gaze_x_deg": (29, 34)}),
    "half_shut": Fault(_advice(Advice.EYE_OPEN), {"openness": (0.4, 0.6)}),
    "shut": Fault(_advice(Advice.EYE_SHOW, Advice.EYE_OPEN), {"openness": (0.0, 0.2)}),
    "glare": Fault(_advice(Advice.EYE_GLASSES), {"glare": (0.7, 1.0)}),
    "dilated": Fault(_advice(None), pupil=(0.60, 0.68)),
    "constricted": Fault(_advice(None), pupil=(0.21, 0.25)),
}


@lru_cache(maxsize=2)
def master(seed: int) -> EyeMaster:
    """The eye of a seed; even seeds are right eyes."""
    return eye_master(np.random.default_rng(seed), EyeSide.LEFT if seed % 2 else EyeSide.RIGHT)


@lru_cache(maxsize=1)
def grain() -> Grain:
    """The noise of all frames."""
    return Grain.drawn(np.random.default_rng(0))


def eye_frame(seed: int, fault: str) -> tuple[Pixels, EyeTruth]:
    """A frame of an eye with one fault, and what is true of it."""
    rng, wrong = np.random.default_rng((seed, 7)), FAULTS[fault]
    eye = master(seed)
    if wrong.pupil is not None:
        eye = eye.widened(float(rng.uniform(*wrong.pupil)))
    pose = _pose(rng, {**STRAIGHT, **wrong.ranges})
    seen = view(eye, pose.openness, pose.gaze_deg)
    truth = truth_of(seen, pose)
    if truth is None:
        raise AssertionError("a generated eye has no truth")
    return expose(seen, pose, grain(), rng), truth


def _pose(rng: np.random.Generator, ranges: Mapping[str, Range]) -> EyePose:
    chosen = {name: float(rng.uniform(*ends)) for name, ends in ranges.items()}
    side = float(rng.choice((-1, 1)))
    shift_x, gaze_x = (side * chosen.pop(name, 0.0) for name in ("shift_x_mm", "gaze_x_deg"))
    return EyePose(
        shift_mm=(shift_x + float(rng.uniform(-2, 2)), float(rng.uniform(-2, 2))),
        gaze_deg=(gaze_x, 0.0),
        motion_px=(chosen.pop("motion_x_px", 0.0), 0.0),
        glare_seed=int(rng.integers(1000)),
        **chosen,
    )


def overlap(truth: Oval, found: Circle) -> float:
    """Intersection over union of the two shapes within the frame."""
    one, other = truth.mask(FRAME) > 0, Oval(found.x, found.y, found.r, found.r, 0.0).mask(FRAME) > 0
    return float((one & other).sum() / (one | other).sum())
