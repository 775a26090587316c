"""Heads that were drawn before, in memory and in the ignored folder `.cache/`; never a real person's."""

import functools
import hashlib
from dataclasses import replace
from pathlib import Path

from simulator.people import kept
from simulator.people.heads.render import BETWEEN_EYES, PIXELS_PER_M, render_head, render_lids
from simulator.people.heads.traits import Traits
from simulator.people.master import PortraitMaster
from simulator.people.pose import Glasses, Pose

FOLDER = Path(__file__).parents[3] / ".cache" / "heads"
MOST_FILES = 500  # about 1.5 MB each
IN_MEMORY = 8  # about 7 MB each
NO_GLARE_BELOW_DEG = -4.0
STEP_DEG, STEP = 0.5, 0.05  # poses that differ less share a picture


def head_master(traits: Traits, pose: Pose, folder: Path = FOLDER) -> PortraitMaster:
    """The person held nearly as the pose says: drawn once, then read again."""
    return _master(traits, _in_steps(pose), folder)


@functools.lru_cache(IN_MEMORY)
def _master(traits: Traits, pose: Pose, folder: Path) -> PortraitMaster:
    """Lids that move are drawn upon the same head with open eyes: in a fifth of the time."""
    if pose.eyes_open != 1.0:
        return render_lids(traits, pose, _master(traits, replace(pose, eyes_open=1.0), folder))
    file = folder / f"{_key(traits, pose)}.png"
    picture = kept.read(file)
    if picture is not None:
        picture.flags.writeable = False
        return PortraitMaster(picture, BETWEEN_EYES, PIXELS_PER_M)
    drawn = render_head(traits, pose)
    kept.keep(file, drawn.picture, MOST_FILES)
    return drawn


def _in_steps(pose: Pose) -> Pose:
    """The pose without what the camera does, in steps."""
    return replace(
        Pose(scarf=pose.scarf, glasses=_glasses(pose)),
        yaw_deg=_nearest(pose.yaw_deg, STEP_DEG),
        pitch_deg=_nearest(pose.pitch_deg, STEP_DEG),
        eyes_open=_nearest(pose.eyes_open, STEP),
        mouth_open=_nearest(pose.mouth_open, STEP),
        smile=_nearest(pose.smile, STEP),
    )


def _glasses(pose: Pose) -> Glasses:
    """A lowered head mirrors no lamp."""
    is_lowered = pose.glasses is Glasses.GLARE and pose.pitch_deg <= NO_GLARE_BELOW_DEG
    return Glasses.CLEAR if is_lowered else pose.glasses


def _nearest(value: float, step: float) -> float:
    return round(round(value / step) * step, 3)


def _key(traits: Traits, pose: Pose) -> str:
    return hashlib.sha256(f"{_code()} {traits} {pose}".encode()).hexdigest()[:32]


@functools.cache
def _code() -> str:
    """Differs whenever the code that draws does, so that changed code does not find its old pictures."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()
