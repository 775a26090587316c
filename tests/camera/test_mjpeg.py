"""A camera of another program, over a real socket and a real FIFO."""

import asyncio
import os
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from hw.boards.camera import CameraBoard, CameraKind, CaptureBoard
from hw.camera.frames import CameraSilent
from hw.camera.mjpeg import MjpegCamera
from tests.camera.jpeg_files import jpeg

CAPTURE = CaptureBoard(
    rotation_deg=0,
    is_mono=False,
    still_width=64,
    still_height=48,
    frames_per_s=30.0,
    latency_s=0.02,
)


@pytest.fixture
def anyio_backend() -> str:
    """Real time: the pictures cross a real socket."""
    return "asyncio"


@pytest.fixture
def address(tmp_path: Path) -> Path:
    return tmp_path / "camera"


def _board(address: Path, capture: CaptureBoard = CAPTURE) -> CameraBoard:
    return CameraBoard(CameraKind.MJPEG, "webcam", str(address), 32, 24, 40.0, capture)


def _now_s() -> float:
    return asyncio.get_running_loop().time()


@asynccontextmanager
async def bridge(address: Path) -> AsyncGenerator[socket.socket]:
    """The other program: what is sent here reaches whoever connects."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as door:
        door.bind(str(address))
        door.listen()
        door.setblocking(False)
        yield door


async def _accepted(door: socket.socket) -> socket.socket:
    line, _ = await asyncio.get_running_loop().sock_accept(door)
    line.setblocking(False)
    return line


async def test_pictures_come_whole_scaled_to_a_frame_with_their_still(address: Path) -> None:
    camera = MjpegCamera("test", _board(address))
    async with bridge(address) as door:
        await camera.open()
        with await _accepted(door) as line:
            await asyncio.get_running_loop().sock_sendall(line, jpeg(90))
            frame = await camera.still(exposed_after_s=0.0, timeout_s=10.0)
            await camera.close()
    assert frame.pixels.shape == (24, 32, 3)
    assert frame.still is not None
    assert frame.still.shape == (48, 64, 3)
    assert not frame.pixels.flags.writeable
    assert abs(int(frame.still[40, 30, 0]) - 90) < 3


async def test_a_picture_that_may_have_been_on_its_way_does_not_count(address: Path) -> None:
    camera = MjpegCamera("test", _board(address))
    loop = asyncio.get_running_loop()
    async with bridge(address) as door:
        await camera.open()
        with await _accepted(door) as line:
            await loop.sock_sendall(line, jpeg(50))
            first = await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
            switched_s = loop.time()
            await loop.sock_sendall(line, jpeg(100))
            second = await camera.newest(exposed_after_s=first.exposed_s, timeout_s=10.0)
            with pytest.raises(CameraSilent):
                await camera.newest(exposed_after_s=switched_s, timeout_s=0.1)
            await loop.sock_sendall(line, jpeg(150))  # perhaps exposed just after the second had come
            await camera.newest(exposed_after_s=second.exposed_s, timeout_s=10.0)
            await loop.sock_sendall(line, jpeg(200))
            frame = await camera.newest(exposed_after_s=switched_s, timeout_s=10.0)
            await camera.close()
    assert abs(int(frame.pixels[20, 15, 0]) - 200) < 3


async def test_a_turned_mono_camera_delivers_upright_grey_frames(address: Path) -> None:
    capture = replace(CAPTURE, rotation_deg=180, is_mono=True)
    camera = MjpegCamera("test", _board(address, capture))
    async with bridge(address) as door:
        await camera.open()
        with await _accepted(door) as line:
            await asyncio.get_running_loop().sock_sendall(line, jpeg(20))
            frame = await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
            await camera.close()
    assert frame.pixels.shape == (24, 32)
    assert frame.pixels[-1].min() > 200 > frame.pixels[0].max()


async def test_damaged_pictures_and_those_of_another_size_are_never_delivered(address: Path) -> None:
    camera = MjpegCamera("test", _board(address))
    async with bridge(address) as door:
        await camera.open()
        with await _accepted(door) as line:
            await asyncio.get_running_loop().sock_sendall(line, jpeg(90, 40, 64) + bytes(300))
            with pytest.raises(CameraSilent):
                await camera.newest(exposed_after_s=0.0, timeout_s=0.2)
            await asyncio.get_running_loop().sock_sendall(line, jpeg(90))
            frame = await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
            await camera.close()
    assert frame.pixels.shape == (24, 32, 3)


async def test_a_program_that_comes_back_is_found_again(address: Path) -> None:
    camera = MjpegCamera("test", _board(address))
    async with bridge(address) as door:
        await camera.open()
        with await _accepted(door) as line:
            await asyncio.get_running_loop().sock_sendall(line, jpeg(90)[:200])
        with await _accepted(door) as line:
            await asyncio.get_running_loop().sock_sendall(line, jpeg(90))
            frame = await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
            await camera.close()
    assert frame.pixels.shape == (24, 32, 3)


async def test_a_fifo_serves_as_well_as_a_socket_and_outlives_its_writer(address: Path) -> None:
    os.mkfifo(address)
    camera = MjpegCamera("test", _board(address))
    await camera.open()
    for level in (50, 60):
        writer = os.open(address, os.O_WRONLY | os.O_NONBLOCK)
        before_s = _now_s()
        os.write(writer, jpeg(level))
        frame = await camera.newest(exposed_after_s=before_s - 1.0, timeout_s=10.0)
        os.close(writer)
        assert frame.pixels.shape == (24, 32, 3)
    await camera.close()


async def test_a_socket_that_speaks_http_is_asked_for_its_stream(address: Path) -> None:
    camera = MjpegCamera("test", _board(address, replace(CAPTURE, http_path="/stream")))
    loop = asyncio.get_running_loop()
    part = b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 9\r\n\r\n"
    async with bridge(address) as door:
        await camera.open()
        with await _accepted(door) as line:
            asked = await loop.sock_recv(line, 200)
            head = b"HTTP/1.0 200 OK\r\nContent-Type: multipart/x-mixed-replace;boundary=frame\r\n\r\n"
            await loop.sock_sendall(line, head + part + jpeg(90) + b"\r\n" + part)
            frame = await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
            await camera.close()
    assert asked == b"GET /stream HTTP/1.0\r\nHost: camera\r\n\r\n"
    assert frame.pixels.shape == (24, 32, 3)


async def test_nobody_at_the_address_is_a_silent_camera(address: Path) -> None:
    with pytest.raises(CameraSilent):
        await MjpegCamera("test", _board(address)).open()


async def test_nothing_can_be_held(address: Path) -> None:
    async with MjpegCamera("test", _board(address)).held(1.0) as is_held:
        assert not is_held


async def test_closing_twice_is_harmless_and_forgets_the_picture(address: Path) -> None:
    camera = MjpegCamera("test", _board(address))
    async with bridge(address) as door:
        await camera.open()
        with await _accepted(door) as line:
            await asyncio.get_running_loop().sock_sendall(line, jpeg(90))
            await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
        await camera.close()
        await camera.close()
    with pytest.raises(CameraSilent):
        await camera.newest(exposed_after_s=0.0, timeout_s=0.05)
