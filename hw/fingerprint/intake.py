"""What an upload flows into, content by content, until its end mark."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.faults import ImageDamaged
from hw.fingerprint.image import FingerImage, GoesOn, Progress
from hw.fingerprint.profiles import SensorProfile
from hw.fingerprint.protocol import unpack_pixels


class Intake(Protocol):
    """Takes the content of data packets in order; `begin` comes before each repetition."""

    @property
    def limit_bytes(self) -> int:
        """The most that it takes."""
        ...

    def begin(self) -> None:
        """Forget what a damaged upload left."""
        ...

    def take(self, content: bytes) -> bool:
        """Keep the next piece; False gives the upload up, ImageDamaged when it is too long."""
        ...

    def end(self) -> None:
        """The end mark came; ImageDamaged when something is missing."""
        ...


class ImageIntake:
    """An image that is decoded while it arrives."""

    def __init__(self, profile: SensorProfile, progress: Progress, goes_on: GoesOn) -> None:
        self._profile = profile
        self._progress = progress
        self._goes_on = goes_on
        self.begin()

    @property
    def limit_bytes(self) -> int:
        """Size of the whole image."""
        return self._profile.image_bytes

    def begin(self) -> None:
        """Begin a new picture; one that was shown before is left alone."""
        profile = self._profile
        self._pixels = np.empty((profile.rows, profile.columns), np.uint8)
        self._received_bytes = 0
        self._shown_rows = 0

    def take(self, content: bytes) -> bool:
        """Decode the next piece, and show the whole rows so far when there are more of them."""
        begin = self._received_bytes
        self._received_bytes += len(content)
        if self._received_bytes > self.limit_bytes:
            raise self._damage()
        pixels_a_byte = 8 // self._profile.bits_per_pixel
        end = self._received_bytes * pixels_a_byte
        self._pixels.reshape(-1)[begin * pixels_a_byte : end] = self._decoded(content)
        self._progress(self._received_bytes / self.limit_bytes)
        rows = end // self._profile.columns
        is_news, self._shown_rows = rows > self._shown_rows, rows
        return not is_news or self._goes_on(_read_only(self._pixels[:rows]))

    def end(self) -> None:
        """The end mark came."""
        if self._received_bytes != self.limit_bytes:
            raise self._damage()

    def image(self) -> FingerImage:
        """The whole image, after `end`."""
        profile = self._profile
        return FingerImage(_read_only(self._pixels), profile.pixels_per_inch, profile.grey_levels)

    def _decoded(self, content: bytes) -> NDArray[np.uint8]:
        is_packed = self._profile.bits_per_pixel == 4  # the other depth is a byte
        return unpack_pixels(content) if is_packed else np.frombuffer(content, np.uint8)

    def _damage(self) -> ImageDamaged:
        return ImageDamaged(self._received_bytes, self.limit_bytes)


def _read_only(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    view = pixels.view()
    view.setflags(write=False)
    return view
