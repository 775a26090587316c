"""Where the screen is served, and how it ends."""

import asyncio

import httpx
import pytest

from firmware.screen.server import PortTaken
from firmware.screen.view import AnswerKind, ItemState, ReviewItem, View
from firmware.screen.web import WebScreen
from firmware.visit.phases import Phase
from tests.screen.tab import DEADLINE_S, Tab, until

ATTRACT = View(Phase.ATTRACT, "attract", asks=(AnswerKind.START,))


async def test_a_port_in_use_is_said_clearly(screen: WebScreen) -> None:
    port = httpx.URL(screen.url).port
    assert port is not None
    with pytest.raises(PortTaken, match=f"port {port} on 127.0.0.1 is taken"):
        async with WebScreen.serving("127.0.0.1", port):
            pass


async def test_the_screen_never_listens_to_the_network() -> None:
    with pytest.raises(ValueError, match="this machine alone"):
        async with WebScreen.serving("0.0.0.0", 0):  # noqa: S104
            pass


async def test_the_end_of_the_booth_ends_the_talk_and_frees_the_port_for_the_next() -> None:
    async with WebScreen.serving("127.0.0.1", 0) as ending:
        ending.show(ATTRACT)
        tab_is_open = Tab.on(ending)
        tab = await tab_is_open.__aenter__()
    assert await tab.code_of_end() == 1012
    await tab_is_open.__aexit__(None, None, None)

    port = httpx.URL(ending.url).port
    assert port is not None
    async with WebScreen.serving("127.0.0.1", port) as following:
        following.show(ATTRACT)
        async with Tab.on(following) as tab:
            assert (await tab.next_text())["view"]["phase"] == "attract"


async def test_the_booth_ends_in_time_beside_a_page_that_left_without_reading() -> None:
    picture = ReviewItem("portrait", ItemState.GOOD, 90, None, "", bytes(16_000_000))
    async with asyncio.timeout(DEADLINE_S):
        async with WebScreen.serving("127.0.0.1", 0) as screen:
            screen.show(View(Phase.REVIEW, "review", review=(picture,)))
            page = await deaf_page(screen)
            await until(lambda: screen.pages == 1)
            page.write(b"\x88\x82\0\0\0\0\x03\xe9")  # RFC 6455: close, two masked bytes, code 1001
            await page.drain()
            await until(lambda: screen.pages == 0)
    page.close()


async def deaf_page(screen: WebScreen) -> asyncio.StreamWriter:
    """A page that shakes hands and reads no more."""
    url = httpx.URL(screen.url)
    reader, writer = await asyncio.open_connection(url.host, url.port)
    here = url.netloc.decode()
    handshake = (
        "GET /screen HTTP/1.1",
        f"Host: {here}",
        f"Origin: http://{here}",
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    )
    writer.write("\r\n".join((*handshake, "", "")).encode())
    await reader.readuntil(b"\r\n\r\n")
    return writer
