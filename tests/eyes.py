"""Generated eyes of many kinds, one fault each, and how well what was found agrees with the truth."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from firmware.quality.advice import Advice
from firmware.quality.iris.geometry import Ellipse
from firmware.records.samples import EyeSide
from simulator.people.eye_optics import FRAME, EyePose, EyeTruth, Grain, expose, truth_of
from simulator.people.eye_traits import ContactLens, EyeTraits
from simulator.people.eye_view import Oval, view
from simulator.people.eyes import EyeMaster, another_impression, eye_master

Range: TypeAlias = tuple[float, float]
Pixels: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Kind:
    """What is peculiar to an eye or its picture, and the advice that betters it.

    ranges: of the pose's fields. pupil: range of its radius in iris radii. accepted: what is to become of
    the picture; None where either may.
    """

    advice: frozenset[Advice | None]
    ranges: Mapping[str, Range] = field(default_factory=dict[str, Range])
    pupil: Range | None = None
    traits: EyeTraits | None = None
    accepted: bool | None = False


def _advice(*advice: Advice | None) -> frozenset[Advice | None]:
    return frozenset(advice)


STRAIGHT: Mapping[str, Range] = {"distance_mm": (269, 293), "roll_deg": (-8, 8), "openness": (0.9, 1.0)}
_FINE = _advice(None)
CLEAN: Mapping[str, Kind] = {
    "none": Kind(_FINE, accepted=True),
    "grain": Kind(_FINE, {"noise": (1.5, 2.5)}, accepted=True),
    "wide": Kind(_FINE, pupil=(0.58, 0.67), accepted=None),
    "narrow": Kind(_FINE, pupil=(0.22, 0.26), accepted=True),
    "child": Kind(_FINE, traits=EyeTraits(age_years=7, epicanthus=0.8, droop=0.3), accepted=True),
    "old": Kind(_FINE, traits=EyeTraits(age_years=75, arcus=0.6), accepted=True),
    "fold": Kind(_FINE, traits=EyeTraits(epicanthus=1.0, droop=0.9, crease=0.0), accepted=None),
    "soft_lens": Kind(_FINE, traits=EyeTraits(lens=ContactLens.SOFT), accepted=True),
    "hard_lens": Kind(_FINE, traits=EyeTraits(lens=ContactLens.HARD), accepted=None),
}
FAULTS: Mapping[str, Kind] = {
    "defocus": Kind(_advice(Advice.EYE_STILL), {"defocus_px": (8, 12)}),
    "motion": Kind(_advice(Advice.EYE_STILL), {"motion_x_px": (9, 22)}),
    "dark": Kind(_advice(Advice.EYE_CLOSER), {"light": (0.2, 0.55)}),
    "bright": Kind(_advice(Advice.EYE_BACK, Advice.EYE_GLASSES), {"light": (2.1, 2.5)}),
    "noise": Kind(_advice(Advice.EYE_CLOSER), {"noise": (5.0, 12.0)}),
    "far": Kind(_advice(Advice.EYE_CLOSER), {"distance_mm": (327, 392)}),
    "near": Kind(_advice(Advice.EYE_BACK), {"distance_mm": (205, 247)}),
    "off_margin": Kind(_advice(Advice.EYE_CENTRE), {"shift_x_mm": (10, 13)}),
    "aside": Kind(_advice(Advice.EYE_LOOK, Advice.EYE_CENTRE), {"gaze_x_deg": (29, 38)}),
    "half_shut": Kind(_advice(Advice.EYE_OPEN), {"openness": (0.35, 0.55)}),
    "shut": Kind(_advice(Advice.EYE_SHOW, Advice.EYE_OPEN), {"openness": (0.0, 0.2)}),
    "ptosis": Kind(_advice(Advice.EYE_OPEN), traits=EyeTraits(ptosis=0.75)),
    "glare": Kind(_advice(Advice.EYE_GLASSES), {"glare": (0.7, 1.0)}),
    "dilated": Kind(_advice(Advice.EYE_LIGHT), pupil=(0.73, 0.8)),
    "constricted": Kind(_FINE, pupil=(0.14, 0.17)),
    "cataract": Kind(
        _advice(None, Advice.EYE_SHOW, Advice.EYE_OPEN, Advice.EYE_GLASSES), traits=EyeTraits(cataract=1.0)
    ),
    "squint": Kind(_advice(Advice.EYE_LOOK), traits=EyeTraits(squint_deg=(32.0, 0.0))),
}
DOUBTFUL: Mapping[str, Kind] = {  # neither good nor clearly bad: the verdict is open, wrong circles are not
    "soft_focus": Kind(_FINE, {"defocus_px": (4, 7)}, accepted=None),
    "half_aside": Kind(_FINE, {"gaze_x_deg": (10, 26)}, accepted=None),
    "heavy_lid": Kind(_FINE, {"openness": (0.55, 0.85)}, accepted=None),
    "some_glare": Kind(_FINE, {"glare": (0.2, 0.6)}, accepted=None),
    "hanging_lid": Kind(_FINE, traits=EyeTraits(ptosis=0.4), accepted=None),
    "milky": Kind(_FINE, traits=EyeTraits(cataract=0.4), accepted=None),
    "patterned_lens": Kind(_FINE, traits=EyeTraits(lens=ContactLens.PATTERNED), accepted=None),
}
KINDS: Mapping[str, Kind] = {**CLEAN, **FAULTS, **DOUBTFUL}


@lru_cache(maxsize=2)
def master(seed: int, traits: EyeTraits | None = None) -> EyeMaster:
    """The eye of a seed; even seeds are right eyes."""
    return eye_master(np.random.default_rng(seed), EyeSide.LEFT if seed % 2 else EyeSide.RIGHT, traits)


@lru_cache(maxsize=1)
def grain() -> Grain:
    """The noise of all frames."""
    return Grain.drawn(np.random.default_rng(0))


def eye_frame(seed: int, kind: str) -> tuple[Pixels, EyeTruth]:
    """A frame of an eye of one kind, and what is true of it."""
    rng, wanted = np.random.default_rng((seed, 7)), KINDS[kind]
    eye = master(seed, wanted.traits)
    if wanted.pupil is not None:
        eye = eye.widened(float(rng.uniform(*wanted.pupil)))
    return shown(eye, drawn_pose(rng, {**STRAIGHT, **wanted.ranges}), rng)


def shown(eye: EyeMaster, pose: EyePose, rng: np.random.Generator) -> tuple[Pixels, EyeTruth]:
    """A frame of that eye in that pose, and what is true of it."""
    seen = view(eye, pose.openness, pose.gaze_deg)
    truth = truth_of(seen, pose)
    if truth is None:
        raise AssertionError("a generated eye has no truth")
    return expose(seen, pose, grain(), rng), truth


def impression_frame(seed: int, occasion: int) -> Pixels:
    """A good frame of the eye of a seed; on each occasion it looks a little different."""
    rng = np.random.default_rng((seed, occasion, 11))
    eye = another_impression(master(seed), rng) if occasion else master(seed)
    return shown(eye, drawn_pose(rng, STRAIGHT), rng)[0]


def frame_again(seed: int, number: int) -> Pixels:
    """Another good frame of the same presentation: a little other place, distance, gaze and lids."""
    rng = np.random.default_rng((seed, number, 13))
    pose = drawn_pose(rng, {**STRAIGHT, "gaze_x_deg": (0, 6)})
    return shown(master(seed), pose, rng)[0]


def drawn_pose(rng: np.random.Generator, ranges: Mapping[str, Range]) -> EyePose:
    """A pose with its fields drawn from these ranges; aside is to either side."""
    chosen = {name: float(rng.uniform(*ends)) for name, ends in ranges.items()}
    side = float(rng.choice((-1, 1)))
    shift_x, gaze_x = (side * chosen.pop(name, 0.0) for name in ("shift_x_mm", "gaze_x_deg"))
    pose = EyePose(
        shift_mm=(shift_x + float(rng.uniform(-2, 2)), float(rng.uniform(-2, 2))),
        gaze_deg=(gaze_x, 0.0),
        motion_px=(chosen.pop("motion_x_px", 0.0), 0.0),
        glare_seed=int(rng.integers(1000)),
    )
    return replace(pose, **chosen)


def overlap(truth: Oval, found: Ellipse) -> float:
    """Intersection over union of the two shapes within the frame."""
    shape = Oval(found.x, found.y, found.along, found.across, found.tilt_deg)
    one, other = truth.mask(FRAME) > 0, shape.mask(FRAME) > 0
    return float((one & other).sum() / (one | other).sum())
