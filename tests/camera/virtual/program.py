"""Drive the adapter on the real picamera2 and libcamera, two cameras at once; print figures as JSON.

`python3 -m tests.camera.virtual.program` in the tree that `make test-camera` builds. Ends with an error at
the first thing that is not as the adapter promises.
"""

import asyncio
import gc
import json
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from hw.boards.board import BOARDS, load_board
from hw.boards.camera import CameraBoard
from hw.camera.frames import CameraSilent, Frame, FrameSource
from hw.camera.picamera2_calls import Library
from hw.camera.source import Picamera2Camera
from hw.faults import DeviceFault

PICTURES = Path("/opt/pictures")
PIPELINE = Path("/usr/share/libcamera/pipeline/virtual/virtual.yaml")
FRAMES = 60
MOST_FILES = 1024
CAMERA_YAML = """"{id}":
  supported_formats:
{formats}
  frames:
    path: "{path}"
  location: "{location}"
  model: "{model}"
"""
FORMAT_YAML = "  - width: {}\n    height: {}\n    frame_rates: [30, 60]"


def main() -> None:
    """Set the cameras up, then try everything."""
    board = load_board(BOARDS / "terminal_a.toml")
    _set_up("portrait", "CameraLocationFront", board.portrait_camera)
    _set_up("iris", "CameraLocationBack", board.iris_camera)
    from tests.camera.virtual.shims import library  # noqa: PLC0415 -- libcamera looks for cameras now

    figures = asyncio.run(_tried(board.portrait_camera, board.iris_camera, library))
    sys.stdout.write(json.dumps(figures))


def _set_up(identity: str, location: str, camera: CameraBoard) -> None:
    """A camera of libcamera's that sees one picture: white above, black to the right below."""
    capture = camera.capture
    if capture is None:
        raise SystemExit("no capture in the board file")
    sizes = {(capture.still_width, capture.still_height), (camera.width, camera.height)}
    lying = {size[::-1] if capture.rotation_deg in {90, 270} else size for size in sizes}
    picture = np.full((800, 1200, 3), 128, np.uint8)
    picture[:400], picture[400:, 600:] = 255, 0
    PICTURES.mkdir(exist_ok=True)
    path = PICTURES / f"{identity}.jpg"
    cv2.imwrite(str(path), picture)
    formats = "\n".join(FORMAT_YAML.format(*size) for size in sorted(lying))
    PIPELINE.parent.mkdir(parents=True, exist_ok=True)
    text = PIPELINE.read_text() if identity == "iris" else "%YAML 1.1\n---\n"
    PIPELINE.write_text(
        text
        + CAMERA_YAML.format(id=identity, formats=formats, path=path, location=location, model=camera.address)
    )


async def _tried(
    portrait_board: CameraBoard, iris_board: CameraBoard, library: Callable[[], Library]
) -> dict[str, float]:
    portrait = Picamera2Camera("portrait", portrait_board, library, stall_s=0.3, back_off_s=(0.05,))
    iris = Picamera2Camera("iris", iris_board, library, stall_s=0.3, back_off_s=(0.05,))
    await _absent(portrait_board, library)
    figures: dict[str, float] = {}
    files = 0
    for life in range(3):
        await asyncio.gather(portrait.open(), iris.open())
        rates = await asyncio.gather(_watched(portrait, 3), _watched(iris, 2))
        await _same_exposure(portrait, portrait_board)
        await _held(portrait)
        await _stalled(portrait)
        await asyncio.gather(portrait.close(), iris.close())
        await portrait.close()
        gc.collect()  # picamera2's cameras lie in cycles
        files = files or _open_files()
        _expect(_open_files() <= files, f"files stay open after life {life}")
        figures = dict(zip(("portrait_frames_per_s", "iris_frames_per_s"), rates, strict=True))
    threads = [thread for thread in threading.enumerate() if thread.name.startswith("camera-")]
    for thread in threads:
        thread.join(1.0)  # its last words may just have been heard
    _expect(not any(thread.is_alive() for thread in threads), f"threads are left: {threads}")
    return figures


async def _absent(board: CameraBoard, library: Callable[[], Library]) -> None:
    try:
        await Picamera2Camera("test", replace(board, address="imx219"), library).open()
    except DeviceFault as fault:
        _expect("imx708 (" in str(fault) and "ov9281 (" in str(fault), str(fault))
    else:
        raise SystemExit("a camera that is not there was opened")


async def _watched(camera: FrameSource, dimensions: int) -> float:
    """Frames a second over FRAMES frames, each newer, whole and upright."""
    first = last = await camera.newest(exposed_after_s=0.0, timeout_s=5.0)
    for _ in range(FRAMES):
        frame = await camera.newest(exposed_after_s=last.exposed_s, timeout_s=2.0)
        _expect(frame.exposed_s > last.exposed_s, "an older frame")
        _expect(frame.exposed_s < _now_s(), "a frame of the future")
        _expect(frame.pixels.ndim == dimensions, "another number of channels")
        last = frame
    return FRAMES / (last.exposed_s - first.exposed_s)


async def _same_exposure(camera: FrameSource, board: CameraBoard) -> None:
    frame = await camera.still(exposed_after_s=_now_s(), timeout_s=2.0)
    capture = board.capture
    if frame.still is None or capture is None:
        raise SystemExit("no still came")
    _expect(frame.still.shape == (*capture.still_shape, 3), f"a still of {frame.still.shape}")
    _expect(frame.pixels.shape == (*board.shape, 3), f"a frame of {frame.pixels.shape}")
    small = cv2.resize(frame.still, frame.pixels.shape[1::-1], interpolation=cv2.INTER_AREA)
    difference = np.abs(small.astype(np.int16) - frame.pixels).mean()
    _expect(difference < 4.0, f"still and frame differ by {difference:.1f} levels")
    _expect(_corner_levels(frame) == "grey white black white", _corner_levels(frame))


def _corner_levels(frame: Frame) -> str:
    """Upper left, upper right, lower left, lower right: as the turned picture has them."""
    rows, columns = frame.pixels.shape[:2]
    levels = (
        float(frame.pixels[row, column].mean())
        for row in (rows // 5, rows - rows // 5)
        for column in (columns // 5, columns - columns // 5)
    )
    return " ".join("black" if level < 64 else "grey" if level < 192 else "white" for level in levels)


async def _held(camera: FrameSource) -> None:
    async with camera.held(2.0) as is_held:
        _expect(is_held, "nothing was held, though there is nothing that moves")


async def _stalled(camera: FrameSource) -> None:
    """The driver is stopped behind the adapter's back: silence, then it is opened again."""
    from tests.camera.virtual.shims import VirtualPicamera2  # noqa: PLC0415

    opened = len(VirtualPicamera2.made)
    stalled = next(one for one in VirtualPicamera2.made if one.is_open and "lores" in one.asked)
    await asyncio.to_thread(stalled.stop)
    try:
        await camera.newest(exposed_after_s=_now_s() + 0.1, timeout_s=0.2)
    except CameraSilent:
        pass
    else:
        raise SystemExit("frames of a stopped camera")
    await camera.newest(exposed_after_s=_now_s(), timeout_s=5.0)
    _expect(len(VirtualPicamera2.made) == opened + 1, "the camera was not opened again")
    _expect(not stalled.is_open, "the stalled camera was not let go")


def _open_files() -> int:
    """How many this process has open; the tree has no /proc."""

    def is_open(file: int) -> bool:
        try:
            os.fstat(file)
        except OSError:
            return False
        return True

    return sum(is_open(file) for file in range(MOST_FILES))


def _expect(holds: bool, problem: str) -> None:
    if not holds:
        raise SystemExit(problem)


def _now_s() -> float:
    return asyncio.get_running_loop().time()


if __name__ == "__main__":
    main()
