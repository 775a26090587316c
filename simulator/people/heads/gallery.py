"""Heads that were drawn before, in memory and in the ignored folder `.cache/`; never a real person's."""

import contextlib
import functools
import hashlib
import os
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from simulator.people.heads.render import BETWEEN_EYES, PIXELS_PER_M, render_head
from simulator.people.heads.traits import Traits
from simulator.people.master import PortraitMaster
from simulator.people.pose import Pose

FOLDER = Path(__file__).parents[3] / ".cache" / "heads"
MOST_FILES = 500  # about 1.5 MB each
IN_MEMORY = 6  # about 11 MB each
STEP_DEG, STEP = 0.5, 0.05  # poses that differ less share a picture
FASTEST_PNG = (cv2.IMWRITE_PNG_COMPRESSION, 1)


def head_master(traits: Traits, pose: Pose, folder: Path = FOLDER) -> PortraitMaster:
    """The person held nearly as the pose says: drawn once, then read again."""
    return _master(traits, _in_steps(pose), folder)


@functools.lru_cache(IN_MEMORY)
def _master(traits: Traits, pose: Pose, folder: Path) -> PortraitMaster:
    file = folder / f"{_key(traits, pose)}.png"
    found = _read(file)
    if found is not None:
        return found
    drawn = render_head(traits, pose)
    with contextlib.suppress(OSError):  # without a cache it is only slower
        _keep(file, drawn)
    return drawn


def _in_steps(pose: Pose) -> Pose:
    """The pose without what the camera does, in steps."""
    return replace(
        Pose(sunglasses=pose.sunglasses),
        yaw_deg=_nearest(pose.yaw_deg, STEP_DEG),
        pitch_deg=_nearest(pose.pitch_deg, STEP_DEG),
        eyes_open=_nearest(pose.eyes_open, STEP),
        mouth_open=_nearest(pose.mouth_open, STEP),
        smile=_nearest(pose.smile, STEP),
    )


def _nearest(value: float, step: float) -> float:
    return round(round(value / step) * step, 3)


def _key(traits: Traits, pose: Pose) -> str:
    return hashlib.sha256(f"{_code()} {traits} {pose}".encode()).hexdigest()[:32]


@functools.cache
def _code() -> str:
    """Differs whenever the code that draws does, so that changed code does not find its old pictures."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _read(file: Path) -> PortraitMaster | None:
    try:
        coded = np.frombuffer(file.read_bytes(), np.uint8)
    except OSError:
        return None
    picture = cv2.imdecode(coded, cv2.IMREAD_UNCHANGED) if coded.size else None
    if picture is None:
        return None
    picture.flags.writeable = False
    return PortraitMaster(picture.astype(np.uint8, copy=False), BETWEEN_EYES, PIXELS_PER_M)


def _keep(file: Path, master: PortraitMaster) -> None:
    """Write the picture under a temporary name first, so that another process never reads half of it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    _make_room(file.parent)
    _, coded = cv2.imencode(".png", master.picture, FASTEST_PNG)
    unfinished = file.with_suffix(f".{os.getpid()}")
    unfinished.write_bytes(coded.tobytes())
    unfinished.replace(file)


def _make_room(folder: Path) -> None:
    files = sorted(folder.iterdir(), key=lambda each: each.stat().st_mtime)
    for oldest in files[: max(0, len(files) - MOST_FILES + 1)]:
        oldest.unlink(missing_ok=True)
