"""Uploads that nobody gives up."""

from typing import Protocol

from hw.fingerprint.image import FingerImage


class Uploading(Protocol):
    """What delivers an image, or None when it was given up."""

    async def read_image(self) -> FingerImage | None: ...


async def whole_image(sensor: Uploading) -> FingerImage:
    """The image of a sensor's last exposure."""
    image = await sensor.read_image()
    assert image is not None
    return image
