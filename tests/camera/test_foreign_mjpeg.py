"""MJPEG as other people's program writes it: FFmpeg's, unmodified, through a FIFO."""

import asyncio
import os
import subprocess
from pathlib import Path

import pytest

from hw.boards.camera import CameraBoard, CameraKind, CaptureBoard
from hw.camera.mjpeg import MjpegCamera

pytestmark = pytest.mark.slow

WRITER = Path(__file__).with_name("ffmpeg_writer.py")
CAMERA_PYTHON = Path(__file__).parents[2] / ".venvs/camera/bin/python"
CAPTURE = CaptureBoard(
    rotation_deg=0, is_mono=False, still_width=640, still_height=480, frames_per_s=30.0, latency_s=0.02
)
FRAMES = 30


@pytest.fixture
def anyio_backend() -> str:
    """Real time: another process writes."""
    return "asyncio"


async def test_pictures_of_ffmpeg_come_whole_and_newer_each_time(tmp_path: Path) -> None:
    if not CAMERA_PYTHON.exists():
        pytest.skip("no FFmpeg in .venvs/camera; `make test` installs it")
    fifo = tmp_path / "camera"
    os.mkfifo(fifo)
    camera = MjpegCamera("test", CameraBoard(CameraKind.MJPEG, "ffmpeg", str(fifo), 320, 240, 400.0, CAPTURE))
    with subprocess.Popen([CAMERA_PYTHON, WRITER, fifo], stderr=subprocess.DEVNULL) as writer:
        await camera.open()
        last_s, levels = 0.0, list[int]()
        for _ in range(FRAMES):
            frame = await camera.still(exposed_after_s=last_s, timeout_s=20.0)
            last_s = frame.exposed_s
            assert frame.still is not None
            assert frame.still.shape == (480, 640, 3)
            levels.append(int(frame.pixels[100, 100, 0]))
        await camera.close()
        async with asyncio.timeout(20.0):
            await asyncio.to_thread(writer.wait)  # its next write finds nobody
    assert len(set(levels)) > FRAMES // 2
