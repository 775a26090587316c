"""The part of picamera2 that the adapter uses, with a camera behind it that can stall, vanish and refuse."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import CLOCK_BOOTTIME, clock_gettime_ns
from typing import cast

import numpy as np
from numpy.typing import NDArray

from hw.camera.picamera2_calls import Allocator, Library
from tests.camera.optics import Optics

PERIOD_S = 0.004
ACTS_AFTER = 6  # frames
PI_CONTROLS = (
    *("ExposureTime", "AnalogueGain", "AeEnable", "AwbEnable", "ColourGains", "AfMode", "LensPosition"),
    *("FrameDurationLimits", "ScalerCrop", "AfSpeed", "AeFlickerMode", "AeFlickerPeriod"),
)
PORTRAIT = {"Model": "imx708", "Id": "/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a", "Num": 1}
IRIS = {"Model": "ov9281", "Id": "/base/axi/pcie@120000/rp1/i2c@80000/ov9281@60", "Num": 0}


@dataclass(eq=False)
class World:
    """Cameras on a bench; tests change it while the adapter runs.

    refusals: raised, one after the other, by the next opening. is_stuck: closing does not return.
    """

    there: list[Mapping[str, object]] = field(
        default_factory=lambda: [dict[str, object](PORTRAIT), dict[str, object](IRIS)]
    )
    controls: tuple[str, ...] = PI_CONTROLS
    optics: Optics = field(default_factory=Optics)
    refusals: list[Exception] = field(default_factory=list[Exception])
    adjusted: tuple[int, int] | None = None
    delivers: threading.Event = field(default_factory=threading.Event)
    may_close: threading.Event = field(default_factory=threading.Event)
    opened: list["TwinPicamera2"] = field(default_factory=list["TwinPicamera2"])
    allocators: list["TwinAllocator"] = field(default_factory=list["TwinAllocator"])

    def __post_init__(self) -> None:
        self.delivers.set()
        self.may_close.set()

    def global_camera_info(self) -> list[Mapping[str, object]]:
        return self.there

    def __call__(self, camera_num: int, *, tuning: str | None, allocator: Allocator) -> "TwinPicamera2":
        if self.refusals:
            raise self.refusals.pop(0)
        if any(camera.is_open and camera.place == camera_num for camera in self.opened):
            raise RuntimeError("Camera __init__ sequence did not complete.")
        self.opened.append(TwinPicamera2(self, camera_num, tuning))
        return self.opened[-1]

    def library(self) -> Library:
        return Library(self, self.allocator, "Smpte170m")

    def allocator(self) -> "TwinAllocator":
        self.allocators.append(TwinAllocator())
        return self.allocators[-1]

    @property
    def camera(self) -> "TwinPicamera2":
        """The one that was opened last."""
        return self.opened[-1]


class TwinAllocator:
    """A hw.camera.picamera2_calls.Allocator."""

    def __init__(self) -> None:
        self.is_open = True

    def close(self) -> None:
        self.is_open = False


class TwinPicamera2:
    """A hw.camera.picamera2_calls.Picamera2."""

    def __init__(self, world: World, place: int, tuning: str | None) -> None:
        self.world = world
        self.place = place
        self.tuning = tuning
        self.is_open = True
        self.is_started = False
        self.waiting_jobs = 0
        self.lent = 0
        self.frames = 0
        self.config: dict[str, object] = {}
        self.sent: list[dict[str, object]] = []
        self._due: list[tuple[int, dict[str, object]]] = []

    @property
    def camera_controls(self) -> Mapping[str, object]:
        return dict.fromkeys(self.world.controls, (0, 1, None))

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
        config = {"main": main, "lores": lores, "buffer_count": buffer_count, "controls": controls}
        return config | {"queue": queue, "sensor": sensor, "colour_space": colour_space}

    def align_configuration(self, config: dict[str, object]) -> None:
        main = config["main"]
        if self.world.adjusted is not None and isinstance(main, dict):
            main["size"] = self.world.adjusted

    def configure(self, camera_config: dict[str, object]) -> None:
        self.config = dict(camera_config)
        controls = camera_config["controls"]
        self.set_controls(cast("dict[str, object]", controls))
        self.world.optics.command(self.sent[-1])

    def camera_configuration(self) -> Mapping[str, object]:
        return self.config

    def start(self, *, show_preview: bool) -> None:
        assert not show_preview
        self.is_started = True

    def set_controls(self, controls: dict[str, object]) -> None:
        if unknown := set(controls) - set(self.world.controls):
            raise RuntimeError(f"Control {unknown} is not advertised by libcamera")
        self.sent.append(controls)
        self._due.append((self.frames + ACTS_AFTER, controls))

    def capture_request(self, *, wait: float) -> "TwinRequest":
        """A request, unless the camera stalls or all its buffers are lent; a job that waits takes one too."""
        assert self.is_started
        if self.lent + self.waiting_jobs >= 4 or not self.world.delivers.wait(wait):
            self.waiting_jobs += 1
            raise TimeoutError
        threading.Event().wait(PERIOD_S)
        self._expose()
        self.lent += 1
        return TwinRequest(self)

    def cancel_all_and_flush(self) -> None:
        self.waiting_jobs = 0

    def close(self) -> None:
        """As picamera2's: it waits for ever for a job of its own when the driver is stuck."""
        self.world.may_close.wait()
        self.is_open = self.is_started = False

    def size_of(self, name: str) -> tuple[int, int]:
        return cast("dict[str, tuple[int, int]]", self.config[name])["size"]

    def _expose(self) -> None:
        self.frames += 1
        for due in [due for due in self._due if due[0] <= self.frames]:
            self._due.remove(due)
            self.world.optics.command(due[1])
        self.world.optics.advance()


class TwinRequest:
    """A hw.camera.picamera2_calls.CompletedRequest; its pictures show the number of its frame."""

    def __init__(self, camera: TwinPicamera2) -> None:
        self._camera = camera
        self._level = camera.frames % 200
        self._metadata = camera.world.optics.metadata | {
            "SensorTimestamp": clock_gettime_ns(CLOCK_BOOTTIME) - 1_000_000,
            "FrameDuration": round(PERIOD_S * 1e6),
        }
        self._is_lent = True

    def make_array(self, name: str) -> NDArray[np.uint8]:
        """main: RGB of the level, white in its first row. lores, or a mono main: padded YUV420."""
        assert self._is_lent
        width, height = self._camera.size_of(name)
        main = cast("dict[str, object]", self._camera.config["main"])
        if name == "main" and main["format"] == "BGR888":
            picture = np.full((height, width, 3), self._level, np.uint8)
            picture[0] = 255
            return picture
        planes = np.full((height * 3 // 2, width + 64), 128, np.uint8)
        planes[:height, :width] = self._level + 16
        planes[0, :width] = 235
        return planes

    def get_metadata(self) -> Mapping[str, object]:
        assert self._is_lent
        return self._metadata

    def release(self) -> None:
        assert self._is_lent
        self._is_lent = False
        self._camera.lent -= 1
