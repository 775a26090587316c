"""Every screen in a real browser: readable, reachable, complete, in both languages and three sizes."""

import re
from collections.abc import AsyncGenerator
from typing import Any

import pytest
from playwright.async_api import Browser, Page

from firmware.screen.messages import LANGUAGES
from firmware.screen.voice.library import voice_folder
from firmware.screen.web import WebScreen
from tests.screen.browser import SIZES, accessibility_faults, layout_faults, open_page, settle
from tests.screen.script import views

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]

VIETNAMESE = re.compile("[À-ỹ]")


@pytest.fixture
async def screen() -> AsyncGenerator[WebScreen]:
    """A screen that speaks, and so has the buttons of the voice."""
    async with WebScreen.serving("127.0.0.1", 0, voice_folder()) as serving:
        yield serving


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
async def test_nothing_is_clipped_covered_or_too_small_to_touch(
    browser: Browser, screen: WebScreen, size: str, language: str
) -> None:
    page = await open_page(browser, screen.url, SIZES[size])
    faults: dict[str, Any] = {}
    for exposed_s, (name, view) in enumerate(views(language)):
        await settle(page, screen, view, exposed_s)
        faults[name] = await layout_faults(page)
    await page.close()

    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.parametrize("language", LANGUAGES)
async def test_no_screen_violates_a_rule_of_accessibility(
    browser: Browser, screen: WebScreen, language: str
) -> None:
    page = await open_page(browser, screen.url)
    faults: dict[str, Any] = {}
    for exposed_s, (name, view) in enumerate(views(language)):
        await settle(page, screen, view, exposed_s)
        faults[name] = await accessibility_faults(page)
    await page.close()

    assert {name: found for name, found in faults.items() if found} == {}


async def test_an_english_screen_has_no_vietnamese_but_where_it_invites_and_offers_it(
    page: Page, screen: WebScreen
) -> None:
    for exposed_s, (name, view) in enumerate(views("en")):
        await settle(page, screen, view, exposed_s)
        seen = await page.inner_text("#terminal")
        if not name.startswith("attract"):
            assert not VIETNAMESE.search(seen.replace("Tiếng Việt", "")), name
