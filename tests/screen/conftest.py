"""A real screen on a real loopback port, with real time."""

from collections.abc import AsyncGenerator

import pytest

from firmware.screen.web import WebScreen


@pytest.fixture
def anyio_backend() -> str:
    """The screen has real sockets, so its tests run on a real loop."""
    return "asyncio"


@pytest.fixture
async def screen() -> AsyncGenerator[WebScreen]:
    async with WebScreen.serving("127.0.0.1", 0) as serving:
        yield serving
