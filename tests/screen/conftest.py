"""A real screen on a real loopback port, with real time; and one browser for a module."""

from collections.abc import AsyncGenerator

import pytest
from playwright.async_api import Browser, Page

from firmware.screen.web import WebScreen
from tests.screen.browser import chromium, open_page


@pytest.fixture(scope="module")
def anyio_backend() -> str:
    """The screen has real sockets, so its tests run on a real loop."""
    return "asyncio"


@pytest.fixture
async def screen() -> AsyncGenerator[WebScreen]:
    async with WebScreen.serving("127.0.0.1", 0) as serving:
        yield serving


@pytest.fixture(scope="module")
async def browser(anyio_backend: str) -> AsyncGenerator[Browser]:
    async with chromium() as running:
        yield running


@pytest.fixture
async def page(browser: Browser, screen: WebScreen) -> AsyncGenerator[Page]:
    """The screen's page, in a window and profile of its own."""
    opened = await open_page(browser, screen.url)
    yield opened
    await opened.context.close()
