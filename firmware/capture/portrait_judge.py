"""Judges frames of the portrait camera away from the loop, one after the other."""

from dataclasses import dataclass
from functools import partial

from firmware.capture.portrait_watch import Seen
from firmware.quality.portrait.assess import assess_read
from firmware.quality.portrait.crop import CropRule, portrait_crop
from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.live import Known, glance
from firmware.quality.portrait.model import FaceModel
from firmware.workers import ImageWorkers, JobKind
from hw.camera.frames import Frame


@dataclass(frozen=True, slots=True)
class PortraitJudge:
    """The face model with its limits, and where it runs."""

    model: FaceModel
    limits: PortraitLimits
    crop: CropRule
    workers: ImageWorkers

    async def live(self, frame: Frame, known: Known) -> Seen:
        """What a frame tells to whoever stands there."""
        return await self.workers.run(JobKind.PORTRAIT, partial(_live, frame, self.model, self.limits, known))

    async def still(self, frame: Frame, own_open_eye: float | None) -> Seen:
        """Whether the still of a frame is a portrait, by everything that is known of one."""
        job = partial(_still, frame, self.model, self.limits, own_open_eye)
        return await self.workers.run(JobKind.PORTRAIT, job)

    async def cropped(self, seen: Seen) -> Pixels | None:
        """The part of a still for the card; None without a face."""
        if seen.face is None:
            return None
        job = partial(portrait_crop, still_of(seen.frame), seen.face, self.crop)
        return await self.workers.run(JobKind.PORTRAIT, job)


def still_of(frame: Frame) -> Pixels:
    """The finest picture there is of an exposure."""
    return frame.pixels if frame.still is None else frame.still


def _live(frame: Frame, model: FaceModel, limits: PortraitLimits, known: Known) -> Seen:
    glanced = glance(frame.pixels, model, limits, known)
    return Seen(frame, glanced.report, glanced.face)


def _still(frame: Frame, model: FaceModel, limits: PortraitLimits, own_open_eye: float | None) -> Seen:
    pixels = still_of(frame)
    face = model.read(pixels)
    return Seen(frame, assess_read(pixels, face, model, limits, own_open_eye), face)
