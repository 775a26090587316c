"""Debian's Chromium without a window and without a network."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, cast

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright

from firmware.screen.view import Preview, View
from firmware.screen.web import WebScreen
from tests.screen import pictures

PATH = "/usr/bin/chromium"
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",  # as on the terminal
    "--mute-audio",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
SHOWS = """([phase, instruction, language, isAdvised, isHelped]) =>
  document.body.dataset.phase === phase &&
  document.body.dataset.instruction === instruction &&
  document.documentElement.lang === language &&
  (document.querySelector("#hint.advice") !== null) === isAdvised &&
  document.querySelector("#help").open === isHelped"""
ALL_DRAWN = "() => [...document.querySelectorAll('canvas')].every((one) => one.width > 0)"
LAYOUT_FAULTS = (Path(__file__).parent / "layout_faults.js").read_text("utf-8")
SIZES = {"landscape": (1280, 800), "portrait": (800, 1280), "large": (1920, 1080), "tall": (1080, 1920)}


@asynccontextmanager
async def chromium() -> AsyncGenerator[Browser]:
    """A browser with a fresh profile, gone at the end of the block."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=PATH, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


async def open_page(browser: Browser, url: str, size: tuple[int, int] = SIZES["landscape"]) -> Page:
    """The screen's page in a window of this size; nothing of it moves."""
    page = await browser.new_page(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page.set_default_timeout(10_000)
    await page.goto(url)
    return page


async def settle(page: Page, screen: WebScreen, view: View, exposed_s: float) -> None:
    """Show a view, and a picture where it has a preview, and wait until the page shows both."""
    screen.show(view)
    told = [view.phase, view.instruction, view.language, view.hint is not None, view.help_is_open]
    await page.wait_for_function(SHOWS, arg=told)
    if view.preview is not None:
        image = pictures.eye() if view.preview is Preview.IRIS else pictures.face()
        screen.preview(pictures.frame(image, exposed_s))
        await page.wait_for_function("() => document.querySelector('.live')?.width > 0")
    await page.wait_for_function(ALL_DRAWN)


async def accessibility_faults(page: Page) -> list[tuple[str, str]]:
    """Rule and first culprit of each violation that axe finds."""
    results = await Axe().run(page)  # pyright: ignore[reportUnknownMemberType]
    violations = cast("dict[str, Any]", results.response)["violations"]  # pyright: ignore[reportUnknownMemberType]
    return [(rule["id"], rule["nodes"][0]["html"]) for rule in violations]


async def layout_faults(page: Page) -> list[list[str]]:
    """What is clipped, covered or too small to touch, and where."""
    return await page.evaluate(LAYOUT_FAULTS)
