"""Whether the portrait camera sees a face while the infrared camera sees an eye: a sign of a person."""

from dataclasses import dataclass
from functools import partial

from firmware.capture.portrait_signals import ALGORITHM
from firmware.clock import Clock
from firmware.quality.portrait.model import FaceModel
from firmware.records.samples import PresentationSignals
from firmware.workers import ImageWorkers, JobKind
from hw.camera.frames import FrameSource
from hw.faults import DeviceFault

SIGNAL = "face_beside"
FRAME_LIMIT_S = 0.5  # nobody waits for a sign


@dataclass(frozen=True, slots=True)
class FaceBeside:
    """Looks once through the portrait camera, which somebody else opens and closes."""

    camera: FrameSource
    model: FaceModel
    workers: ImageWorkers
    clock: Clock

    async def signals(self) -> PresentationSignals | None:
        """1.0 with a face, 0.0 and doubtful without; None when the camera is silent."""
        try:
            frame = await self.camera.newest(exposed_after_s=self.clock.elapsed_s(), timeout_s=FRAME_LIMIT_S)
        except DeviceFault:
            return None
        face = await self.workers.run(JobKind.PORTRAIT, partial(self.model.read, frame.pixels))
        doubtful = (SIGNAL,) if face is None else ()
        return PresentationSignals(ALGORITHM, {SIGNAL: float(face is not None)}, doubtful)
