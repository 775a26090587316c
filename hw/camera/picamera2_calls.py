"""What the adapter calls of picamera2, and no more; a test binds each call to the real signatures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray


class CompletedRequest(Protocol):
    """One exposure's buffers, which belong to the camera until they are released."""

    def make_array(self, name: str) -> NDArray[np.uint8]:
        """A copy of the stream's picture."""
        ...

    def get_metadata(self) -> Mapping[str, object]:
        """Of this exposure."""
        ...

    def release(self) -> None:
        """Give the buffers back."""
        ...


class Picamera2(Protocol):
    """An opened camera."""

    @property
    def camera_controls(self) -> Mapping[str, object]:
        """The controls that this camera offers, by name."""
        ...

    def create_video_configuration(
        self,
        *,
        main: dict[str, object],
        lores: dict[str, object] | None,
        raw: None,
        colour_space: object,
        buffer_count: int,
        controls: dict[str, object],
        display: None,
        encode: None,
        queue: bool,
        sensor: dict[str, object],
    ) -> dict[str, object]:
        """A configuration of these streams."""
        ...

    def align_configuration(self, config: dict[str, object]) -> None:
        """Make its sizes such as the hardware likes."""
        ...

    def configure(self, camera_config: dict[str, object]) -> None:
        """Use it."""
        ...

    def camera_configuration(self) -> Mapping[str, object]:
        """What is in use."""
        ...

    def start(self, *, show_preview: bool) -> None:
        """Deliver frames."""
        ...

    def set_controls(self, controls: dict[str, object]) -> None:
        """With the next request."""
        ...

    def capture_request(self, *, wait: float) -> CompletedRequest:
        """The next exposure; TimeoutError after `wait` seconds."""
        ...

    def cancel_all_and_flush(self) -> None:
        """Forget what is waited for."""
        ...

    def close(self) -> None:
        """Stop and release the camera."""
        ...


class Allocator(Protocol):
    """Buffers that stay allocated until it is closed."""

    def close(self) -> None:
        """Free them, without waiting for a garbage collector."""
        ...


class Picamera2Class(Protocol):
    """Makes cameras."""

    def global_camera_info(self) -> list[Mapping[str, object]]:
        """Every camera that is there: Model, Id and more."""
        ...

    def __call__(self, camera_num: int, *, tuning: str | None, allocator: Allocator) -> Picamera2:
        """The camera at this place of `global_camera_info`."""
        ...


class AllocatorClass(Protocol):
    """Makes allocators."""

    def __call__(self) -> Allocator: ...


@dataclass(frozen=True, slots=True)
class Library:
    """picamera2 as the adapter is handed it. colour_space: BT.601 in video range, as OpenCV takes it."""

    camera: Picamera2Class
    allocator: AllocatorClass
    colour_space: object
