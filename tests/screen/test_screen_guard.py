"""Who may talk to the screen, and what the browser is told to keep."""

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from firmware.screen.web import WebScreen


@pytest.mark.parametrize("host", ["rebound.example", "127.0.0.1", "127.0.0.1:1", "localhost:80"])
async def test_a_foreign_host_name_is_refused(screen: WebScreen, host: str) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(screen.url, headers={"Host": host})

    assert answer.status_code == 421


async def test_every_name_of_this_machine_is_served(screen: WebScreen) -> None:
    port = httpx.URL(screen.url).port
    async with httpx.AsyncClient() as client:
        for name in ("127.0.0.1", "localhost"):
            assert (await client.get(screen.url, headers={"Host": f"{name}:{port}"})).status_code == 200


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://127.0.0.1:1", "null", "https://127.0.0.1", None]
)
async def test_another_site_cannot_open_the_talk(screen: WebScreen, origin: str | None) -> None:
    headers = {} if origin is None else {"Origin": origin}
    with pytest.raises(InvalidStatus) as refused:
        async with connect(screen.url.replace("http", "ws") + "screen", additional_headers=headers):
            pass

    assert refused.value.response.status_code == 403


async def test_the_browser_is_told_to_keep_nothing_and_load_nothing_else(screen: WebScreen) -> None:
    async with httpx.AsyncClient() as client:
        answers = [await client.get(screen.url), await client.get(screen.url + "nothing")]

    assert [answer.status_code for answer in answers] == [200, 404]
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"].startswith("default-src 'none';")


async def test_only_the_page_is_served(screen: WebScreen) -> None:
    async with httpx.AsyncClient() as client:
        for path in ("web.py", "../web.py", "%2e%2e/web.py", "messages/vi.toml"):
            assert (await client.get(screen.url + path)).status_code == 404
        assert (await client.post(screen.url)).status_code == 405
