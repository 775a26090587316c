"""What picamera2 lacks on libcamera's "virtual" pipeline: camera memory, raw modes, formats beside NV12.

The adapter under test is not touched. Runs in the tree of `make test-camera` only.
"""

# pyright: basic, reportMissingImports=false
# picamera2 and libcamera are in that tree, and have no types.

import mmap
import os
from collections.abc import Mapping
from typing import Any, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.camera.absent import NEVER_INSTALLED, stand_in

stand_in(*NEVER_INSTALLED)

import libcamera  # noqa: E402
import picamera2.picamera2 as real  # noqa: E402
from picamera2.allocators.allocator import Allocator, Sync  # noqa: E402

from hw.camera.picamera2_calls import Library, Picamera2Class  # noqa: E402
from hw.camera.source import installed_library  # noqa: E402

VIEWFINDER = libcamera.StreamRole.Viewfinder


class MemfdSync(Sync):
    """Hands out the memory behind a buffer."""

    def __init__(self, allocator: "MemfdAllocator", buffer: Any, write: bool) -> None:
        self._memory = allocator.mapped_buffers[buffer]

    def __enter__(self) -> mmap.mmap:
        return self._memory

    def __exit__(self, *reasons: object) -> None:
        pass


class MemfdAllocator(Allocator):
    """Buffers in anonymous files, where a kernel has no dma-heap."""

    def __init__(self) -> None:
        super().__init__()
        self.sync = MemfdSync
        self.mapped_buffers: dict[Any, mmap.mmap] = {}
        self._of_stream: dict[Any, list[Any]] = {}
        self._files: list[int] = []

    def allocate(self, libcamera_config: Any, use_case: str) -> None:
        for config in libcamera_config:
            self._of_stream[config.stream] = [self._buffer(config) for _ in range(config.buffer_count)]

    def buffers(self, stream: Any) -> list[Any]:
        return self._of_stream[stream]

    def close(self) -> None:
        self.mapped_buffers.clear()
        self._of_stream.clear()
        while self._files:
            os.close(self._files.pop())

    def __del__(self) -> None:
        self.close()

    def _buffer(self, config: Any) -> Any:
        file = os.memfd_create("picamera2")
        os.ftruncate(file, config.frame_size)
        self._files.append(file)
        luma = config.stride * config.size.height
        planes = [libcamera.FrameBuffer.Plane(), libcamera.FrameBuffer.Plane()]
        for plane, offset, length in zip(planes, (0, luma), (luma, luma // 2), strict=True):
            plane.fd, plane.offset, plane.length = file, offset, length
        buffer = libcamera.FrameBuffer(planes)
        self.mapped_buffers[buffer] = mmap.mmap(file, config.frame_size)
        return buffer


class VirtualRequest:
    """A real request whose NV12 pictures are in the formats that were asked for."""

    def __init__(self, request: Any, asked: Mapping[str, str]) -> None:
        self._request = request
        self._asked = asked

    def make_array(self, name: str) -> NDArray[np.uint8]:
        picture = self._request.make_array(name)
        if self._asked[name] == "BGR888":
            return cv2.cvtColor(picture, cv2.COLOR_YUV2RGB_NV12)
        rows = picture.shape[0] * 2 // 3
        chroma = picture[rows:].reshape(-1, 2)
        return np.concatenate([picture[:rows].ravel(), chroma[:, 0], chroma[:, 1]]).reshape(picture.shape)

    def get_metadata(self) -> Mapping[str, object]:
        return self._request.get_metadata()

    def release(self) -> None:
        self._request.release()


class VirtualPicamera2(real.Picamera2):
    """The real Picamera2; `made` has every one of them."""

    made: list[Any] = []  # noqa: RUF012

    def __init__(self, camera_num: int, *, tuning: str | None, allocator: object) -> None:
        self.asked: dict[str, str] = {}
        super().__init__(camera_num, tuning=tuning, allocator=allocator)
        self.made.append(self)

    def _get_raw_modes(self) -> list[dict[str, object]]:
        formats = self.camera.generate_configuration([VIEWFINDER]).at(0).formats
        return [
            {"format": str(form), "size": (size.width, size.height)}
            for form in formats.pixel_formats
            for size in formats.sizes(form)
        ]

    def create_video_configuration(self, **words: Any) -> dict[str, Any]:
        config = super().create_video_configuration(**words)
        for name in ("main", "lores"):
            if config[name] is not None:
                self.asked[name] = config[name]["format"]
                config[name]["format"] = "NV12"
        return config

    def capture_request(self, **words: Any) -> VirtualRequest:
        return VirtualRequest(super().capture_request(**words), self.asked)


def library() -> Library:
    """The real picamera2 with its shims."""
    real.DmaAllocator = MemfdAllocator  # closing a camera makes one
    colour_space = installed_library().colour_space
    return Library(cast("Picamera2Class", VirtualPicamera2), MemfdAllocator, colour_space)
