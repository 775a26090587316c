"""Every call that the adapter makes binds to the signatures of the installed picamera2."""

import asyncio
import json
import subprocess
from pathlib import Path
from typing import cast

import pytest

from hw.boards.camera import CameraBoard
from hw.camera.picamera2_calls import Allocator, CompletedRequest, Picamera2, Picamera2Class
from hw.camera.source import Picamera2Camera
from tests.camera.binding import Bound, Methods, members_of
from tests.camera.boards import IRIS_BOARD, PORTRAIT_BOARD, falls_silent
from tests.camera.twin import World

ROOT = Path(__file__).parents[2]
CAMERA_PYTHON = ROOT / ".venvs/camera/bin/python"


@pytest.fixture
def anyio_backend() -> str:
    """Real time: the adapter has a thread."""
    return "asyncio"


@pytest.fixture(scope="session")
def real() -> dict[str, Methods]:
    """The installed classes, or a skip that says how to install them."""
    if not CAMERA_PYTHON.exists():
        pytest.skip("no picamera2 in .venvs/camera; `make test` installs it")
    words = [CAMERA_PYTHON, "-m", "tests.camera.signatures"]
    printed = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, timeout=50).stdout
    return cast("dict[str, Methods]", json.loads(printed)["classes"])


async def test_every_call_of_the_adapter_binds_and_none_is_left_untried(real: dict[str, Methods]) -> None:
    bound = Bound(real)
    for board in (PORTRAIT_BOARD, IRIS_BOARD):
        await _whole_life(bound, World(), board)
    wanted = {("Picamera2", name) for name in members_of(Picamera2) | members_of(Picamera2Class)}
    wanted |= {("CompletedRequest", name) for name in members_of(CompletedRequest)}
    wanted |= {("PersistentAllocator", name) for name in members_of(Allocator)}
    assert bound.used == wanted | {("Picamera2", "__init__"), ("PersistentAllocator", "__init__")}


async def _whole_life(bound: Bound, world: World, board: CameraBoard) -> None:
    """Open, see, take a still, hold, stall, open again, close."""
    camera = Picamera2Camera("test", board, lambda: bound.library(world), stall_s=0.05, back_off_s=(0.01,))
    await camera.open()
    frame = await camera.newest(exposed_after_s=0.0, timeout_s=10.0)
    frame = await camera.still(exposed_after_s=frame.exposed_s, timeout_s=10.0)
    async with camera.held(20.0) as is_held:
        assert is_held
    world.delivers.clear()
    await falls_silent(camera)
    world.delivers.set()
    await camera.newest(exposed_after_s=_now_s(), timeout_s=10.0)
    await camera.close()
    assert len(world.opened) > 1


def _now_s() -> float:
    return asyncio.get_running_loop().time()


def test_a_call_that_the_real_library_would_refuse_is_found(real: dict[str, Methods]) -> None:
    bound = Bound(real)
    with pytest.raises(TypeError, match="wait_s"):
        bound.bind("Picamera2", "capture_request", wait_s=1.0)
    with pytest.raises(AttributeError, match=r"no Picamera2\.capture_frame"):
        bound.member("Picamera2", object(), "capture_frame")
