"""A camera of the Pi as its thread drives it; every call of picamera2 is here."""

import atexit
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from hw.boards.camera import CameraBoard, CaptureBoard
from hw.camera.choosing import place_of
from hw.camera.exposures import begun_ns, figures_of
from hw.camera.frames import CameraSilent, Frame
from hw.camera.picamera2_calls import Allocator, CompletedRequest, Library, Picamera2
from hw.camera.picture import Picture, grey_of_planes, rgb_of_planes, upright
from hw.camera.settings import Value, automatic_controls, with_held
from hw.faults import DeviceFault

BUFFERS = 4
FIRST_FRAME_S = 4.0  # with the frames that a camera drops while it starts
STALL_S, STALL_FRAMES = 1.5, 4  # no frame for so long is a stall; slow cameras have so many frames' time
SENDS = 3  # a control that is set while picamera2 hands over the ones before is lost, so it is said again

_FAILURES = (OSError, RuntimeError, ValueError, LookupError)  # TimeoutError is an OSError
_log = logging.getLogger(__name__)


def boot_ns() -> int:
    """Now, by the clock of SensorTimestamp."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME)


@dataclass(frozen=True, slots=True)
class _Streams:
    """Sizes as the sensor lies, (width, height). lores: None where main is the frame itself."""

    main: tuple[int, int]
    lores: tuple[int, int] | None

    @property
    def sizes(self) -> dict[str, tuple[int, int]]:
        """By name."""
        return {"main": self.main} | ({} if self.lores is None else {"lores": self.lores})


class Picamera2Device:
    """A hw.camera.thread.Device; `ask` and `offered` may be used beside the thread."""

    def __init__(
        self,
        name: str,
        board: CameraBoard,
        capture: CaptureBoard,
        library: Callable[[], Library],
        *,
        stall_s: float = STALL_S,
        clock_ns: Callable[[], int] = boot_ns,
    ) -> None:
        self._name = name
        self._address = board.address
        self._capture = capture
        self._streams = _streams_of(board, capture)
        self._library = library
        self._stall_s = max(stall_s, STALL_FRAMES / capture.frames_per_s)
        self._clock_ns = clock_ns
        self._camera: Picamera2 | None = None
        self._allocator: Allocator | None = None
        self._now_s: Callable[[], float] = float
        self._wait_s = FIRST_FRAME_S
        self._asked: tuple[dict[str, Value], int] | None = None
        self._held: dict[str, Value] = {}
        self.offered: frozenset[str] = frozenset()

    def open(self, now_s: Callable[[], float]) -> None:
        """Find, configure and start the camera; DeviceFault when it is absent or refuses."""
        self._now_s, self._wait_s, self._asked = now_s, FIRST_FRAME_S, None
        library = self._library()
        try:
            place = place_of(self._name, self._address, library.camera.global_camera_info())
            self._allocator = library.allocator()
            self._camera = library.camera(place, tuning=self._capture.tuning, allocator=self._allocator)
            atexit.unregister(self._camera.close)  # which would wait for ever for a stuck driver
            self._start(self._camera, library)
        except _FAILURES as error:
            self.close()
            raise DeviceFault(
                f"{self._name} camera: {_reason(error)}; check its cable and restart"
            ) from error
        except DeviceFault:
            self.close()
            raise

    def read(self, *, with_still: bool) -> Frame:
        """The next exposure, copied out of the camera's memory; CameraSilent when none comes in time."""
        if self._camera is None:
            raise CameraSilent(self._name)
        try:
            self._send(self._camera)
            request = self._camera.capture_request(wait=self._wait_s)
            try:
                frame = self._frame(request, with_still=with_still)
            finally:
                request.release()
        except _FAILURES as error:
            raise CameraSilent(self._name) from error
        self._wait_s = self._stall_s
        return frame

    def close(self) -> None:
        """Let go of the camera; picamera2 waits for ever for one whose driver is stuck."""
        camera, self._camera = self._camera, None
        allocator, self._allocator = self._allocator, None
        try:
            if camera is not None:
                camera.cancel_all_and_flush()
                camera.close()
            if allocator is not None:
                allocator.close()  # else its memory is free only after a collection, and the next has none
        except _FAILURES as error:
            _log.warning("the %s camera does not close well: %s", self._name, error)

    def ask(self, held: Mapping[str, Value]) -> None:
        """Hold these from the next frames on, also after opening again; the others are automatic."""
        self._held = dict(held)
        self._asked = (self._controls(), SENDS)

    def _controls(self) -> dict[str, Value]:
        return with_held(automatic_controls(self._capture, self.offered), self._held)

    def _start(self, camera: Picamera2, library: Library) -> None:
        self.offered = frozenset(camera.camera_controls)
        config = camera.create_video_configuration(
            main={"size": self._streams.main, "format": "YUV420" if self._capture.is_mono else "BGR888"},
            lores=self._lores(),
            raw=None,
            colour_space=library.colour_space,
            buffer_count=BUFFERS,
            controls=dict(self._controls()),
            display=None,
            encode=None,
            queue=True,
            sensor=self._sensor(),
        )
        camera.align_configuration(config)
        camera.configure(config)
        self._check(camera.camera_configuration())
        camera.start(show_preview=False)
        self._asked = (self._controls(), SENDS)  # on a Pi 5 picamera2 itself sets another crop at the start

    def _lores(self) -> dict[str, object] | None:
        size = self._streams.lores
        return None if size is None else {"size": size, "format": "YUV420"}

    def _sensor(self) -> dict[str, object]:
        size = self._capture.sensor_size
        return {} if size is None else {"output_size": size, "bit_depth": 10}

    def _check(self, used: Mapping[str, object]) -> None:
        """Frames of another size than the board file says are of no use to anybody."""
        for name, size in self._streams.sizes.items():
            got = cast("Mapping[str, object]", used[name])["size"]
            if got != size:
                wrong = f"{self._name} camera: {name} is {got} and not {size}"
                raise DeviceFault(f"{wrong}: correct the sizes in the board file")

    def _send(self, camera: Picamera2) -> None:
        asked = self._asked
        if asked is None:
            return
        controls, sends = asked
        camera.set_controls(dict(controls))
        if self._asked is asked:  # else somebody has asked for something else meanwhile
            self._asked = (controls, sends - 1) if sends > 1 else None

    def _frame(self, request: CompletedRequest, *, with_still: bool) -> Frame:
        figures = figures_of(request.get_metadata())
        exposed_s = self._exposed_s(figures)
        main = self._main(request) if with_still or self._streams.lores is None else None
        pixels = main if self._streams.lores is None else self._picture(request, "lores", self._streams.lores)
        return Frame(cast("Picture", pixels), exposed_s, figures, main if with_still else None)

    def _main(self, request: CompletedRequest) -> Picture:
        if self._capture.is_mono:
            return self._picture(request, "main", self._streams.main)
        return upright(request.make_array("main"), self._capture.rotation_deg)

    def _picture(self, request: CompletedRequest, name: str, size: tuple[int, int]) -> Picture:
        planes = request.make_array(name)
        picture = (grey_of_planes if self._capture.is_mono else rgb_of_planes)(planes, size)
        return upright(picture, self._capture.rotation_deg)

    def _exposed_s(self, figures: Mapping[str, float]) -> float:
        """Begin of the exposure by the loop's time; without a time stamp the frame is as old as the queue."""
        frame_us = 1e6 / self._capture.frames_per_s
        begun = begun_ns(figures, frame_us)
        age_ns = BUFFERS * frame_us * 1e3 if begun is None else max(self._clock_ns() - begun, 0.0)
        return self._now_s() - age_ns / 1e9


def _reason(error: BaseException) -> str:
    """What went wrong at first: picamera2 wraps it in sentences that say nothing."""
    while error.__cause__ is not None:
        error = error.__cause__
    return str(error) or type(error).__name__


def _streams_of(board: CameraBoard, capture: CaptureBoard) -> _Streams:
    lying = capture.rotation_deg in {90, 270}
    main = _size(capture.still_shape, lying=lying)
    frame = _size(board.shape, lying=lying)
    return _Streams(main, None if frame == main else frame)


def _size(shape: tuple[int, int], *, lying: bool) -> tuple[int, int]:
    """(width, height) in the sensor's own direction of a picture that is (rows, columns) when upright."""
    rows, columns = shape
    return (rows, columns) if lying else (columns, rows)
