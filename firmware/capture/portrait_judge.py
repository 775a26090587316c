"""Judges frames of the portrait camera away from the loop, one after the other."""

from dataclasses import dataclass, replace
from functools import partial

from firmware.capture.portrait_watch import Seen
from firmware.quality.portrait.assess import assess_read
from firmware.quality.portrait.crop import CropRule, crop_advice, portrait_crop
from firmware.quality.portrait.detector import Pixels
from firmware.quality.portrait.limits import PortraitLimits
from firmware.quality.portrait.live import Known, glance
from firmware.quality.portrait.model import Face, FaceModel
from firmware.quality.report import Component, QualityReport, Verdict
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
        return await self.workers.run(JobKind.PORTRAIT, partial(_live, frame, self, known))

    async def still(self, frame: Frame, own_open_eye: float | None) -> Seen:
        """Whether the still of a frame is a portrait, by everything that is known of one."""
        return await self.workers.run(JobKind.PORTRAIT, partial(_still, frame, self, own_open_eye))

    async def cropped(self, seen: Seen) -> Pixels | None:
        """The part of a still for the card; None without a face."""
        if seen.face is None:
            return None
        job = partial(portrait_crop, still_of(seen.frame), seen.face, self.crop)
        return await self.workers.run(JobKind.PORTRAIT, job)


def still_of(frame: Frame) -> Pixels:
    """The finest picture there is of an exposure."""
    return frame.pixels if frame.still is None else frame.still


def _live(frame: Frame, judge: PortraitJudge, known: Known) -> Seen:
    seen = glance(frame.pixels, judge.model, judge.limits, known)
    return Seen(frame, _cropped(seen.report, seen.face, frame.pixels, judge.crop), seen.face)


def _still(frame: Frame, judge: PortraitJudge, own_open_eye: float | None) -> Seen:
    pixels = still_of(frame)
    face = judge.model.read(pixels)
    report = assess_read(pixels, face, judge.model, judge.limits, own_open_eye)
    return Seen(frame, _cropped(report, face, pixels, judge.crop), face)


def _cropped(report: QualityReport, face: Face | None, pixels: Pixels, rule: CropRule) -> QualityReport:
    """The report, which accepts nothing that the card's picture cannot be cut from."""
    if face is None:
        return report
    advice = crop_advice(face, pixels.shape, rule)
    fits = Component("crop_is_whole", float(advice is None), Verdict.FAIL if advice else Verdict.PASS)
    whole = replace(report, components=(*report.components, fits))
    return whole if advice is None or not report.accepted else replace(whole, accepted=False, advice=advice)
