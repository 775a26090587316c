"""Exposures of the plate, and their images: out of the sensor, and into it."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.answers import PACKET_SIZES
from hw.fingerprint.codes import Confirmation, Instruction
from hw.fingerprint.commands import Commands
from hw.fingerprint.faults import ImageDamaged
from hw.fingerprint.geometry import Source, geometry_of
from hw.fingerprint.image import FingerImage, GoesOn, Progress
from hw.fingerprint.intake import ImageIntake
from hw.fingerprint.protocol import pack_pixels
from hw.fingerprint.settings import Settings


class Exposure(Enum):
    """What the sensor itself says of an exposure."""

    TAKEN = auto()
    NO_FINGER = auto()
    TOO_SMALL = auto()


_EXPOSURES: dict[int, Exposure] = {
    Confirmation.OK: Exposure.TAKEN,
    Confirmation.NO_FINGER: Exposure.NO_FINGER,
    Confirmation.TOO_FEW_FEATURES: Exposure.TOO_SMALL,
}


class Imaging:
    """The one image buffer, which survives a lifted finger but not a lost supply.

    geometry: what an image is expected to be; another height is learned from uploads where that may be.
    """

    def __init__(self, commands: Commands, settings: Settings) -> None:
        self.geometry = geometry_of(commands.profile)
        self._commands = commands
        self._settings = settings

    async def finger_is_imaged(self) -> bool:
        """Ask for one exposure; False when no finger lies on the plate."""
        return await self._exposed(Instruction.CAPTURE_IMAGE)

    async def finger_is_imaged_in_the_dark(self) -> bool:
        """The same without the sensor's own light."""
        return await self._exposed(Instruction.CAPTURE_IN_THE_DARK)

    async def expose(self) -> Exposure:
        """Ask for one exposure that the sensor looks at; unverified, one driver of the R503 does so."""
        instruction = Instruction.CAPTURE_IMAGE_EXTENDED
        reply = await self._commands.try_to(instruction, unless=_EXPOSURES.keys())
        return _EXPOSURES[reply.confirmation]

    async def upload(self, progress: Progress, goes_on: GoesOn) -> FingerImage | None:
        """The last exposure; None when `goes_on` gave it up, ImageDamaged when it never comes whole."""
        intake = await self._uploaded(progress, goes_on)
        if intake is not None and intake.has_another_height:
            intake = await self._confirmed(intake.pixels, progress, goes_on)
        if intake is None:
            return None
        profile = self._commands.profile
        return FingerImage(intake.pixels, profile.pixels_per_inch, profile.grey_levels)

    async def download(self, pixels: NDArray[np.uint8]) -> None:
        """Put (rows, columns) uint8 of the sensor's own size into its buffer, as if it had been exposed.

        The sensor does not say whether it arrived. ValueError for another size.
        """
        if pixels.shape != (self.geometry.rows, self.geometry.columns):
            raise ValueError(f"the image of this sensor has {self.geometry.rows} x {self.geometry.columns}")
        is_packed = self.geometry.bits_per_pixel < 8
        content = pack_pixels(pixels) if is_packed else pixels.tobytes()
        await self._commands.deliver(Instruction.DOWNLOAD_IMAGE, content)

    async def _uploaded(self, progress: Progress, goes_on: GoesOn) -> ImageIntake | None:
        intake = ImageIntake(self.geometry, progress, goes_on)
        return intake if await self._commands.fetch(Instruction.UPLOAD_IMAGE, intake) else None

    async def _confirmed(
        self, pixels: NDArray[np.uint8], progress: Progress, goes_on: GoesOn
    ) -> ImageIntake | None:
        """The image of `pixels`, whose height was not expected, once more in packets of another size.

        A packet that is lost each time would then be other rows. ImageDamaged when both are not alike.
        """
        async with self._other_packets(len(pixels)):
            intake = await self._uploaded(progress, goes_on)
        if intake is not None and intake.has_another_height:
            if not np.array_equal(intake.pixels, pixels):
                raise self._damage(len(intake.pixels))
            self.geometry = replace(self.geometry, rows=len(pixels), source=Source.UPLOADS)
        return intake

    @asynccontextmanager
    async def _other_packets(self, rows: int) -> AsyncGenerator[None]:
        """Data packets of another size for a while; ImageDamaged when the sensor has no other."""
        usual = (await self._settings.read_parameters()).packet_bytes
        other = next(size for size in reversed(PACKET_SIZES) if size != usual)
        await self._settings.set_packet_bytes(other)
        if (await self._settings.read_parameters()).packet_bytes != other:
            raise self._damage(rows)
        yield
        await self._settings.set_packet_bytes(usual)

    def _damage(self, rows: int) -> ImageDamaged:
        return ImageDamaged(rows * self.geometry.row_bytes, self.geometry.image_bytes)

    async def _exposed(self, instruction: Instruction) -> bool:
        reply = await self._commands.try_to(instruction, unless={Confirmation.NO_FINGER})
        return reply.confirmation == Confirmation.OK
