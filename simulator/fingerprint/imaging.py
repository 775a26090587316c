"""The image buffer of a simulated sensor: exposures, uploads, and the features taken out of it."""

import struct
from functools import partial

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.profiles import SensorProfile
from hw.fingerprint.protocol import pack_pixels, unpack_pixels
from simulator.fingerprint.answer import Acknowledgement, Answer, Commands, Data, Wanted, says
from simulator.fingerprint.extraction import verdict
from simulator.fingerprint.faults import SOUND, SensorFaults
from simulator.fingerprint.plate import FingerPlate
from simulator.fingerprint.templates import TemplateBuffers

# Traces of an FPM10A at 57,600 baud: 7 ms and 590 ms from question to answer, 4 ms of it on the wire.
BARE_EXPOSURE_S = 0.003
FINGER_EXPOSURE_S = 0.586
EXTRACTION_S = 0.386
DEEP = 8  # bits a pixel inside every model

_BUFFER = struct.Struct(">B")


class Imaging:
    """One image buffer, which survives a lifted finger but not a lost supply.

    faults: may be exchanged at any time.
    """

    def __init__(self, profile: SensorProfile, plate: FingerPlate, buffers: TemplateBuffers) -> None:
        self.faults: SensorFaults = SOUND
        self._profile = profile
        self._plate = plate
        self._buffers = buffers
        self._held: NDArray[np.uint8] | None = None
        self._identity = ""

    def commands(self) -> Commands:
        """What the image buffer answers."""
        return {
            Instruction.CAPTURE_IMAGE: self._capture,
            Instruction.CAPTURE_IN_THE_DARK: self._capture,
            Instruction.CAPTURE_IMAGE_EXTENDED: partial(self._capture, judged=True),
            Instruction.EXTRACT_FEATURES: self._extract,
            Instruction.UPLOAD_IMAGE: self._upload,
            Instruction.DOWNLOAD_IMAGE: self._download,
        }

    def holds_image(self) -> bool:
        """Whether there is something to upload."""
        return self._held is not None

    def forget(self) -> None:
        """Power is gone."""
        self._held = None

    def expose(self) -> Acknowledgement:
        """Fill the buffer with what lies on the plate."""
        exposure = self._plate.expose(self.faults)
        if exposure is None:
            return Acknowledgement(Confirmation.NO_FINGER, delay_s=BARE_EXPOSURE_S)
        self._held, self._identity = exposure, self._plate.identity
        return Acknowledgement(Confirmation.OK, delay_s=FINGER_EXPOSURE_S)

    def take_features(self, buffer: int) -> Acknowledgement:
        """Turn the image into the features of one buffer."""
        if buffer not in self._buffers.numbers:
            return Acknowledgement(Confirmation.COMMAND_DAMAGED)
        if self._held is None:
            return Acknowledgement(Confirmation.NO_VALID_IMAGE)
        found = verdict(self._held)
        if found is Confirmation.OK:
            self._buffers.fill(buffer, self._identity)
        return Acknowledgement(found, delay_s=EXTRACTION_S)

    def _capture(self, _: bytes, *, judged: bool = False) -> Answer:
        taken = self.expose()
        if judged and self._held is not None and taken.confirmation is Confirmation.OK:
            is_small = verdict(self._held) is Confirmation.TOO_FEW_FEATURES
            found = Confirmation.TOO_FEW_FEATURES if is_small else Confirmation.OK
            taken = Acknowledgement(found, delay_s=taken.delay_s)
        yield taken

    def _extract(self, arguments: bytes) -> Answer:
        (buffer,) = _BUFFER.unpack(arguments)
        yield self.take_features(buffer)

    def _upload(self, _: bytes) -> Answer:
        held = self._held
        if held is None:
            yield Acknowledgement(Confirmation.CANNOT_SEND_IMAGE)
            return
        if self.faults.forgets_image:
            self._held = None
        yield Acknowledgement(Confirmation.OK)
        yield Data(held.tobytes() if self._profile.bits_per_pixel == DEEP else pack_pixels(held))

    def _download(self, _: bytes) -> Answer:
        yield from says(Confirmation.OK)
        yield Wanted(self._profile.image_bytes, self._take_image)

    def _take_image(self, data: bytes) -> None:
        if len(data) != self._profile.image_bytes:
            return
        whole = np.frombuffer(data, np.uint8) if self._profile.bits_per_pixel == DEEP else unpack_pixels(data)
        self._held = whole.reshape(self._profile.rows, self._profile.columns)
        self._identity = data.hex()
