"""Real processes and one real browser, with real time."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser

from tests.screen.browser import chromium


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """Processes and sockets need a real loop."""
    return "asyncio"


@pytest.fixture(scope="module")
async def browser(anyio_backend: str) -> AsyncGenerator[Browser]:
    async with chromium() as running:
        yield running
