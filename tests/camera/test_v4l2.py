"""The adapter for USB cameras, on OpenCV's own reader of a video file: this machine has no V4L2."""

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from cv2.typing import MatLike

from hw.boards.camera import CameraBoard, CameraKind, CaptureBoard
from hw.camera.frames import CameraSilent
from hw.camera.v4l2 import Capture, V4l2Camera
from hw.faults import DeviceFault

CAPTURE = CaptureBoard(
    rotation_deg=90, is_mono=False, still_width=48, still_height=64, frames_per_s=30.0, latency_s=0.02
)
BOARD = CameraBoard(CameraKind.V4L2, "webcam", "", 24, 32, 40.0, CAPTURE)
FRAMES = 5


@pytest.fixture
def anyio_backend() -> str:
    """Real time: the adapter has a thread."""
    return "asyncio"


@pytest.fixture
def board(tmp_path: Path) -> CameraBoard:
    """A camera that is a file of five pictures."""
    path = str(tmp_path / "camera.avi")
    writer = cv2.VideoWriter(path, cv2.VideoWriter.fourcc(*"MJPG"), 30.0, (64, 48))
    for _ in range(FRAMES):
        picture = np.full((48, 64, 3), (0, 0, 200), np.uint8)
        picture[:16] = 255
        writer.write(picture)
    writer.release()
    return replace(BOARD, address=path)


def _file(address: str) -> Capture:
    return cv2.VideoCapture(address)


async def test_pictures_are_upright_rgb_with_their_still(board: CameraBoard) -> None:
    camera = V4l2Camera("test", board, _file, back_off_s=(0.01,))
    await camera.open()
    frame = await camera.still(exposed_after_s=0.0, timeout_s=10.0)
    await camera.close()
    assert frame.pixels.shape == (32, 24, 3)
    assert frame.still is not None
    assert frame.still.shape == (64, 48, 3)
    assert frame.still[:, -1].min() > 200
    assert frame.still[30, 5, 0] > 150 > frame.still[30, 5, 2]


async def test_a_camera_that_ends_is_opened_again(board: CameraBoard) -> None:
    camera = V4l2Camera("test", board, _file, back_off_s=(0.01,))
    await camera.open()
    last_s = 0.0
    for _ in range(2 * FRAMES):
        frame = await camera.newest(exposed_after_s=last_s, timeout_s=10.0)
        assert frame.exposed_s > last_s
        last_s = frame.exposed_s
    await camera.close()


async def test_pictures_of_another_size_are_never_delivered(board: CameraBoard) -> None:
    wrong = replace(board, capture=replace(CAPTURE, rotation_deg=0))
    camera = V4l2Camera("test", wrong, _file, back_off_s=(0.01,))
    await camera.open()
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=0.0, timeout_s=0.2)
    await camera.close()


class _Grey:
    """A camera whose driver gives one channel."""

    def __init__(self, address: str) -> None:
        self._colour = _file(address)

    def isOpened(self) -> bool:  # noqa: N802 -- OpenCV's names
        return self._colour.isOpened()

    def read(self) -> tuple[bool, MatLike]:
        is_read, picture = self._colour.read()
        return is_read, picture[:, :, 0] if is_read else picture

    def get(self, propId: int) -> float:  # noqa: N803
        return self._colour.get(propId)

    def set(self, propId: int, value: float) -> bool:  # noqa: N803
        return self._colour.set(propId, value)

    def release(self) -> None:
        self._colour.release()


async def test_pictures_of_another_kind_are_never_delivered(board: CameraBoard) -> None:
    camera = V4l2Camera("test", board, _Grey, back_off_s=(0.01,))
    await camera.open()
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=0.0, timeout_s=0.2)
    await camera.close()


async def test_an_absent_camera_is_a_fault() -> None:
    with pytest.raises(DeviceFault, match=r"no camera at /dev/v4l/by-id/none"):
        await V4l2Camera("test", replace(BOARD, address="/dev/v4l/by-id/none")).open()


async def test_nothing_is_held(board: CameraBoard) -> None:
    async with V4l2Camera("test", board, _file).held(1.0) as is_held:
        assert not is_held
