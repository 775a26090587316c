"""Clips over real sockets: served like the page, by name, and nothing beside them."""

from collections.abc import AsyncGenerator
from pathlib import Path

import httpx
import pytest

from firmware.screen.web import WebScreen

CLIP = b"OggS: a clip"


@pytest.fixture
async def speaking(tmp_path: Path) -> AsyncGenerator[WebScreen]:
    """A screen with one clip, beside something that is none."""
    (tmp_path / "vi").mkdir()
    (tmp_path / "vi" / "hint.card_show.ogg").write_bytes(CLIP)
    (tmp_path / "provenance.json").write_text("{}", "utf-8")
    async with WebScreen.serving("127.0.0.1", 0, tmp_path) as screen:
        yield screen


async def test_a_clip_is_served_by_its_name_and_not_kept(speaking: WebScreen) -> None:
    async with httpx.AsyncClient() as client:
        answer = await client.get(f"{speaking.url}voice/vi/hint.card_show")

    assert (answer.status_code, answer.content) == (200, CLIP)
    assert answer.headers["content-type"] == "audio/ogg"
    assert answer.headers["cache-control"] == "no-store"
    assert "media-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "vi/hint.other",
        "en/hint.card_show",
        "vi/hint.card_show.ogg",
        "vi/..%2fprovenance",
        "%2e%2e/provenance",
    ],
)
async def test_nothing_else_is_served(speaking: WebScreen, path: str) -> None:
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{speaking.url}voice/{path}")).status_code == 404


async def test_a_clip_that_was_lost_since_the_start_is_not_found(speaking: WebScreen, tmp_path: Path) -> None:
    (tmp_path / "vi" / "hint.card_show.ogg").unlink()
    async with httpx.AsyncClient() as client:
        assert (await client.get(f"{speaking.url}voice/vi/hint.card_show")).status_code == 404


async def test_a_foreign_host_name_hears_nothing(speaking: WebScreen) -> None:
    async with httpx.AsyncClient() as client:
        url = f"{speaking.url}voice/vi/hint.card_show"
        assert (await client.get(url, headers={"Host": "rebound.example"})).status_code == 421
