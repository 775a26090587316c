"""The order in which a person is guided to a portrait, and what is said on the way."""

from dataclasses import dataclass
from enum import IntEnum

from firmware.quality.advice import Advice


class Stage(IntEnum):
    """What has to be right before the next can be; the first that is not is the one that is talked about."""

    PRESENT = 1
    FRAMED = 2
    FRONTAL = 3
    LIT = 4
    FACE = 5
    STILL = 6


@dataclass(frozen=True, slots=True)
class Rule:
    """What to say when the component `name` lies below or above its band."""

    stage: Stage
    name: str
    below: Advice
    above: Advice


def _either_way(stage: Stage, name: str, advice: Advice) -> Rule:
    return Rule(stage, name, advice, advice)


# In the order in which a person can act on them.
RULES = (
    Rule(Stage.PRESENT, "faces", Advice.FACE_SHOW, Advice.FACE_ALONE),
    _either_way(Stage.PRESENT, "rival", Advice.FACE_ALONE),
    Rule(Stage.FRAMED, "eye_distance_px", Advice.FACE_CLOSER, Advice.FACE_BACK),
    Rule(Stage.FRAMED, "head_share", Advice.FACE_CLOSER, Advice.FACE_BACK),
    _either_way(Stage.FRAMED, "centre_x", Advice.FACE_CENTRE),
    _either_way(Stage.FRAMED, "eye_line", Advice.FACE_CENTRE),
    _either_way(Stage.FRONTAL, "roll_deg", Advice.FACE_UPRIGHT),
    _either_way(Stage.FRONTAL, "yaw_deg", Advice.FACE_STRAIGHT),
    _either_way(Stage.FRONTAL, "pitch_deg", Advice.FACE_STRAIGHT),
    _either_way(Stage.LIT, "scene_white", Advice.FACE_LIGHT),
    _either_way(Stage.LIT, "cheek_difference", Advice.FACE_LIGHT),
    _either_way(Stage.LIT, "clipped", Advice.FACE_LIGHT),
    _either_way(Stage.FACE, "eye_opening_of_own", Advice.FACE_EYES),
    _either_way(Stage.FACE, "eye_opening", Advice.FACE_EYES),
    _either_way(Stage.FACE, "eye_blink", Advice.FACE_EYES),
    _either_way(Stage.FACE, "lips_opening", Advice.FACE_MOUTH),
    _either_way(Stage.FACE, "jaw_open", Advice.FACE_MOUTH),
    _either_way(Stage.FACE, "smile", Advice.FACE_NEUTRAL),
    _either_way(Stage.STILL, "blur", Advice.FACE_STILL),
)
_STAGES = {advice: rule.stage for rule in RULES for advice in (rule.below, rule.above)}


def stage_of(advice: Advice) -> Stage:
    """The stage that `advice` is about; KeyError for what is not said of a face."""
    return _STAGES[advice]
