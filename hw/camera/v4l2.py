"""A USB camera behind the seam of frames, by OpenCV's V4L2; never tried on one: see the README."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Protocol

import cv2
import numpy as np
from cv2.typing import MatLike

from hw.boards.camera import CameraBoard, CaptureBoard
from hw.camera.frames import CameraSilent, Frame
from hw.camera.newest import NewestFrame
from hw.camera.picture import Picture, scaled_to, upright
from hw.camera.thread import BACK_OFF_S, FrameThread
from hw.camera.threaded import ThreadedCamera
from hw.faults import DeviceFault

OLDEST_STAMP_S = 1.0  # a driver's time of a frame that is older, or in the future, is of another clock

_CHANNELS = 3  # OpenCV's own, BGR, whatever the camera sends


class Capture(Protocol):
    """What is used of cv2.VideoCapture."""

    def isOpened(self) -> bool: ...  # noqa: N802 -- OpenCV's names
    def read(self) -> tuple[bool, MatLike]: ...
    def get(self, propId: int) -> float: ...  # noqa: N803
    def set(self, propId: int, value: float) -> bool: ...  # noqa: N803
    def release(self) -> None: ...


def open_v4l2(address: str) -> Capture:
    """The capture of a device file; a name below /dev/v4l/by-id/ does not change."""
    return cv2.VideoCapture(address, cv2.CAP_V4L2)


class V4l2Camera(ThreadedCamera):
    """A FrameSource on a USB camera: automatic, since such cameras do not say when they have settled."""

    def __init__(
        self,
        name: str,
        board: CameraBoard,
        opened: Callable[[str], Capture] = open_v4l2,
        *,
        back_off_s: tuple[float, ...] = BACK_OFF_S,
    ) -> None:
        if board.capture is None or board.capture.latency_s is None:
            raise DeviceFault(
                f"{name} camera: the board file does not say how it is run (capture, latency_s)"
            )
        newest = NewestFrame(name)
        device = V4l2Device(name, board, board.capture, board.capture.latency_s, opened)
        super().__init__(newest, FrameThread(name, device, newest, back_off_s=back_off_s))

    @asynccontextmanager
    async def held(self, timeout_s: float) -> AsyncGenerator[bool]:
        """Nothing is held: a USB camera's settings are not in its frames, so nothing could prove it."""
        await asyncio.sleep(0)
        del timeout_s
        yield False


class V4l2Device:
    """A hw.camera.thread.Device. OpenCV itself gives up a read after ten seconds."""

    def __init__(
        self,
        name: str,
        board: CameraBoard,
        capture: CaptureBoard,
        latency_s: float,
        opened: Callable[[str], Capture],
    ) -> None:
        self._name = name
        self._board = board
        self._capture = capture
        self._latency_s = latency_s
        self._opened = opened
        self._camera: Capture | None = None
        self._now_s: Callable[[], float] = float

    def open(self, now_s: Callable[[], float]) -> None:
        """Start it with the board's size and rate; DeviceFault when it is absent."""
        self._now_s = now_s
        camera = self._camera = self._opened(self._board.address)
        if not camera.isOpened():
            self.close()
            raise DeviceFault(f"{self._name} camera: no camera at {self._board.address}; check its cable")
        rows, columns = self._lying_shape()
        for what, value in (
            (cv2.CAP_PROP_FRAME_WIDTH, columns),
            (cv2.CAP_PROP_FRAME_HEIGHT, rows),
            (cv2.CAP_PROP_FPS, self._capture.frames_per_s),
            (cv2.CAP_PROP_BUFFERSIZE, 1),
        ):
            camera.set(what, float(value))  # what it does not know stays; sizes are checked in each frame

    def read(self, *, with_still: bool) -> Frame:
        """The next picture; CameraSilent when none comes, or one of another shape."""
        if self._camera is None:
            raise CameraSilent(self._name)
        try:
            is_read, picture = self._camera.read()
        except cv2.error as error:
            raise CameraSilent(self._name) from error
        if not is_read or picture.shape != (*self._lying_shape(), _CHANNELS):
            raise CameraSilent(self._name)
        now_s, stamp_s = self._now_s(), self._camera.get(cv2.CAP_PROP_POS_MSEC) / 1e3
        arrived_s = stamp_s if now_s - OLDEST_STAMP_S < stamp_s <= now_s else now_s
        still = self._upright(picture)
        pixels = scaled_to(still, self._board.shape)
        return Frame(pixels, arrived_s - self._latency_s, still=still if with_still else None)

    def close(self) -> None:
        """Let go of it."""
        camera, self._camera = self._camera, None
        if camera is not None:
            camera.release()

    def _lying_shape(self) -> tuple[int, int]:
        """(rows, columns) as the camera delivers them."""
        rows, columns = self._capture.still_shape
        return (columns, rows) if self._capture.rotation_deg in {90, 270} else (rows, columns)

    def _upright(self, picture: MatLike) -> Picture:
        change = cv2.COLOR_BGR2GRAY if self._capture.is_mono else cv2.COLOR_BGR2RGB
        return upright(np.asarray(cv2.cvtColor(picture, change), np.uint8), self._capture.rotation_deg)
