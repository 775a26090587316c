"""The cameras of terminal A with a sixty-fourth of their pixels, quick enough for tests."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from hw.boards.board import BOARDS, load_board
from hw.boards.camera import CameraBoard
from hw.camera.frames import CameraSilent, FrameSource
from hw.camera.source import Picamera2Camera
from hw.camera.thread import CLOSE_LIMIT_S
from tests.camera.twin import World


def small(board: CameraBoard) -> CameraBoard:
    """The board's camera with an eighth of each side, at 100 frames a second."""
    capture = board.capture
    assert capture is not None
    width, height = capture.still_width // 8, capture.still_height // 8
    quick = replace(capture, still_width=width, still_height=height, frames_per_s=100.0)
    return replace(board, width=board.width // 8, height=board.height // 8, capture=quick)


_BOARD = load_board(BOARDS / "terminal_a.toml")
PORTRAIT_BOARD = small(_BOARD.portrait_camera)
IRIS_BOARD = small(_BOARD.iris_camera)


def pi_camera(
    world: World, board: CameraBoard = PORTRAIT_BOARD, close_limit_s: float = CLOSE_LIMIT_S
) -> Picamera2Camera:
    """The adapter on a world's cameras, impatient."""
    return Picamera2Camera(
        "portrait", board, world.library, stall_s=0.05, back_off_s=(0.01,), close_limit_s=close_limit_s
    )


async def falls_silent(camera: FrameSource) -> None:
    """Returns once no frame comes any more; frames that are under way when a camera stalls still do."""
    async with asyncio.timeout(20.0):
        with suppress(CameraSilent):
            while True:
                await camera.newest(exposed_after_s=now_s(), timeout_s=0.15)


def now_s() -> float:
    """The running loop's time."""
    return asyncio.get_running_loop().time()
