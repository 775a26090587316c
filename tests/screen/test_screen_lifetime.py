"""Reloads, second tabs and booths that come and go; and nothing of a person stays in the browser."""

from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, expect

from firmware.screen.view import Answer, AnswerKind, View
from firmware.screen.web import WebScreen
from tests.screen.browser import accessibility_faults, open_page, settle
from tests.screen.script import CODE, views
from tests.screen.tab import next_answer

pytestmark = pytest.mark.slow

VIEWS = dict(views("en"))
KEPT = """async () => [
  document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length,
]"""


async def show(page: Page, screen: WebScreen, name: str) -> View:
    view = VIEWS[name]
    await settle(page, screen, view, exposed_s=0.0)
    return view


async def test_a_reload_comes_back_to_the_same_question(page: Page, screen: WebScreen) -> None:
    view = await show(page, screen, "claim_confirm")
    await page.reload()
    await settle(page, screen, view, exposed_s=0.0)
    await page.get_by_role("button", name="Yes, they are right").click()

    assert await next_answer(screen) == Answer(AnswerKind.CONFIRM)


async def test_a_second_tab_shows_the_same_and_answers_for_both(
    page: Page, screen: WebScreen, browser: Browser
) -> None:
    view = await show(page, screen, "claim_confirm")
    second = await open_page(browser, screen.url)
    await settle(second, screen, view, exposed_s=0.0)
    await second.get_by_role("button", name="Yes, they are right").click()
    assert await next_answer(screen) == Answer(AnswerKind.CONFIRM)

    await show(page, screen, "receipt")
    await settle(second, screen, VIEWS["receipt"], exposed_s=0.0)
    await second.context.close()


@pytest.fixture
async def restless(browser: Browser) -> AsyncGenerator[Page]:
    """A page of its own, for booths that come and go."""
    context = await browser.new_context(reduced_motion="reduce")
    yield await context.new_page()
    await context.close()


async def test_the_next_booth_finds_the_page_and_nothing_of_the_person_before(restless: Page) -> None:
    async with WebScreen.serving("127.0.0.1", 0) as first:
        await restless.goto(first.url)
        for name in ("claim_confirm", "portrait_look", "review", "receipt"):
            await show(restless, first, name)
    await expect(restless.get_by_text("One moment, please")).to_be_visible()
    assert await accessibility_faults(restless) == []
    left = await restless.content()
    assert not [word for word in (CODE, "N. V. A.", "0790") if word in left]
    assert await restless.evaluate(KEPT) == ["", 0, 0, 0, 0, 0]

    async with WebScreen.serving("127.0.0.1", urlsplit(first.url).port or 0) as second:
        await show(restless, second, "attract")
        await restless.get_by_role("button", name="Start").click()
        assert await next_answer(second) == Answer(AnswerKind.START)


async def test_the_page_asks_nobody_but_the_booth_and_reports_no_error(
    restless: Page, screen: WebScreen
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    restless.on("request", lambda request: asked.append(request.url))
    restless.on("websocket", lambda socket: asked.append(socket.url.replace("ws", "http", 1)))
    restless.on("console", lambda message: complaints.append(message.text))
    restless.on("pageerror", lambda error: complaints.append(error.message))
    await restless.goto(screen.url)
    for exposed_s, view in enumerate(VIEWS.values()):
        await settle(restless, screen, view, exposed_s)

    assert complaints == []
    assert {url for url in asked if not url.startswith(screen.url)} == set()
    assert f"{screen.url}screen" in asked
