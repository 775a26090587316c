"""What an upload flows into, content by content, until its end mark."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from hw.fingerprint.answers import PACKET_SIZES
from hw.fingerprint.faults import ImageDamaged, TemplateDamaged
from hw.fingerprint.geometry import Geometry
from hw.fingerprint.image import GoesOn, Progress
from hw.fingerprint.protocol import unpack_pixels
from hw.fingerprint.repeats import has_repeats


class Intake(Protocol):
    """Takes the content of data packets in order; `begin` comes before each repetition."""

    @property
    def limit_bytes(self) -> int:
        """The most that it takes."""
        ...

    def begin(self, packet_bytes: int) -> None:
        """Forget what a damaged upload left. packet_bytes: content of one packet of the next."""
        ...

    def take(self, content: bytes) -> bool:
        """Keep the next piece; False gives the upload up, UploadDamaged when it is too long."""
        ...

    def end(self, *, stray_bytes: int) -> None:
        """The end mark came, and so many bytes beside whole packets; UploadDamaged when any are missing."""
        ...


class ImageIntake:
    """An image that is decoded while it arrives.

    has_another_height: it ended whole, but with other rows than expected; only where the geometry allows it.
    Not to be believed alone: packets carry no numbers, and one that was lost may be exactly a row.
    """

    def __init__(self, geometry: Geometry, progress: Progress, goes_on: GoesOn) -> None:
        self._geometry = geometry
        self._progress = progress
        self._goes_on = goes_on
        self._doubted: NDArray[np.uint8] | None = None  # the last picture that was not believed alone
        self.begin()

    @property
    def limit_bytes(self) -> int:
        """Size of the highest image."""
        return self._geometry.most_rows * self._geometry.row_bytes

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The rows so far, (rows, columns) uint8, read-only; the whole image after `end`."""
        rows = self._received_bytes // self._geometry.row_bytes
        view = self._pixels[:rows]
        view.setflags(write=False)
        return view

    def begin(self, packet_bytes: int = PACKET_SIZES[0]) -> None:
        """Begin a new picture; one that was shown before is left alone."""
        self._packet_bytes = packet_bytes
        self._pixels = np.empty((self._geometry.most_rows, self._geometry.columns), np.uint8)
        self._received_bytes = 0
        self.has_another_height = False

    def take(self, content: bytes) -> bool:
        """Decode the next piece, and show the whole rows so far when there are more of them."""
        begin, row_bytes = self._received_bytes, self._geometry.row_bytes
        end = begin + len(content)
        if end > self.limit_bytes:
            raise ImageDamaged(end, self._geometry.image_bytes)
        place = slice(begin * self._pixels_a_byte, end * self._pixels_a_byte)
        self._pixels.reshape(-1)[place] = self._decoded(content)
        self._received_bytes = end
        self._progress(min(end / self._geometry.image_bytes, 1.0))
        return end // row_bytes == begin // row_bytes or self._goes_on(self.pixels)

    def end(self, *, stray_bytes: int) -> None:
        """The end mark came."""
        if self._received_bytes == self._geometry.image_bytes:
            self._believe(stray_bytes)
            return
        self.has_another_height = not stray_bytes and self._geometry.may_have(self._received_bytes)
        if not self.has_another_height:
            raise ImageDamaged(self._received_bytes, self._geometry.image_bytes)

    def _believe(self, stray_bytes: int) -> None:
        """ImageDamaged for an image of the right size in which one packet may stand for another.

        It has one twice, or stray bytes that may be what is left of one. The same image twice is believed.
        """
        is_clean = stray_bytes < self._packet_bytes // 2
        if is_clean and not has_repeats(self.pixels, self._packet_bytes * self._pixels_a_byte):
            return
        before, self._doubted = self._doubted, self.pixels
        if before is None or not np.array_equal(before, self.pixels):
            raise ImageDamaged(self._received_bytes, self._geometry.image_bytes)

    @property
    def _pixels_a_byte(self) -> int:
        return 8 // self._geometry.bits_per_pixel

    def _decoded(self, content: bytes) -> NDArray[np.uint8]:
        if self._geometry.bits_per_pixel == 8:
            return np.frombuffer(content, np.uint8)
        return unpack_pixels(content)


class BytesIntake:
    """So many bytes, no more and no less."""

    def __init__(self, size_bytes: int) -> None:
        self._size_bytes = size_bytes
        self.content = bytearray()

    @property
    def limit_bytes(self) -> int:
        """Their number."""
        return self._size_bytes

    def begin(self, packet_bytes: int) -> None:
        """Begin anew."""
        del packet_bytes
        self.content.clear()

    def take(self, content: bytes) -> bool:
        """Keep the next piece."""
        self.content += content
        if len(self.content) > self._size_bytes:
            raise TemplateDamaged(len(self.content), self._size_bytes)
        return True

    def end(self, *, stray_bytes: int) -> None:
        """The end mark came."""
        del stray_bytes
        if len(self.content) != self._size_bytes:
            raise TemplateDamaged(len(self.content), self._size_bytes)
